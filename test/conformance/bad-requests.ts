import { createRandom } from '../oracle/random.ts';

/** A request as bytes would name it, and what its answer may be. */
export interface BadRequest {
  readonly path: string;
  readonly init: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  /** `wrong`: something is wrong with it whatever the data, so 200 would be a defect. `maybe`: it may turn out to be right. */
  readonly is: 'wrong' | 'maybe';
  /** What the answer's OperationOutcome must name, where one thing is wrong. */
  readonly names?: string;
}

export interface ServedForBad {
  readonly type: string;
  readonly params: readonly { readonly name: string; readonly type: string }[];
  /** Ids that exist. */
  readonly ids: readonly string[];
}

/** Texts that break what is not careful: SQL, markup, templates, paths, encodings, numbers, dates, control characters, scripts. */
const nasty: readonly string[] = [
  ...[
    `'`,
    `"`,
    '`',
    `' or '1'='1`,
    `'; drop table "PATMAST"; --`,
    `%' --`,
    `1) union select null, null --`,
    `$1`,
    `:name`,
    '??',
    `\\`,
    `\\'`,
  ],
  ...[
    `"PATMAST"."PT_NM"`,
    `pg_sleep(10)`,
    `x'00'`,
    `e'\\000'`,
    `1;select pg_sleep(9)`,
    '{{7*7}}',
    '${7*7}',
    '#{7}',
    '<script>alert(1)</script>',
    '<!--',
    ']]>',
  ],
  ...[
    '../../etc/passwd',
    '..\\..\\windows',
    'file:///etc/passwd',
    'http://127.0.0.1:5432/',
    'javascript:alert(1)',
    '%',
    '%00',
    '%zz',
    '%u0041',
    '%c0%af',
    '%ff%fe',
  ],
  ...[
    'NaN',
    'Infinity',
    '-Infinity',
    '1e309',
    '1e-400',
    '-0',
    '00',
    '1'.repeat(40),
    `0.${'0'.repeat(50)}1`,
    '9'.repeat(400),
    '9223372036854775808',
    '2147483648',
    '-2147483649',
    '1_000',
    '1,000.5',
    '٣',
    '0x10',
    '1e+',
    '+1',
    '.5',
    '5.',
  ],
  ...[
    '0000',
    '0000-01-01',
    '10000-01-01',
    '2026-13-01',
    '2026-02-30',
    '2026-1-1',
    '20260101',
    '2026-01-01T25:00Z',
    '2026-01-01T10:00:60Z',
    '2026-01-01T10',
    '2026-01-01T10:00+99:00',
    '2026-01-01T10:00:00.1234567890Z',
    '9999-12-31T23:59:59.999-14:00',
    '0001-01-01',
    'gt',
    'gtgt2026',
    'xx2026',
    'now',
    'today',
    '-1',
    'ap',
  ],
  ...[
    '\u0000',
    'a\u0000b',
    '\u0001',
    '\u0007',
    '\u001b[31m',
    '\r\nSet-Cookie: a=b',
    '\t',
    '\u007f',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ufffe',
    '\u{10ffff}',
    '\ud800',
    '\udfff\ud800',
    '💥'.repeat(50),
    'é'.normalize('NFD'),
    'İ',
    'ß',
    'ﬀ',
    '\u202e',
    'ا'.repeat(100),
    '\u0300'.repeat(200),
  ],
  ...[
    '',
    ' ',
    '  ',
    ',',
    ',,',
    '|',
    '||',
    '|||',
    'a|b|c',
    '$',
    'a$b$c',
    '\\,',
    '\\|',
    '\\\\',
    '/',
    '//',
    'Patient/',
    '/1',
    'Patient/1/2',
    'Patient/1/_history',
    'Patient/1/_history/',
    'Nothing/1',
    '#x',
    '?',
    '&',
    '=',
    ';',
    'urn:uuid:',
    'urn:oid:1.2',
    'x'.repeat(2_000),
    ','.repeat(1_500),
    'a,'.repeat(900),
    '|'.repeat(500),
  ],
  ...[
    'null',
    'undefined',
    'true',
    'false',
    'TRUE',
    '[]',
    '{}',
    '[object Object]',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '$where',
    '*',
    '_',
    '.',
    '..',
    ':',
    '::',
  ],
];

const modifiers = [
  'missing',
  'exact',
  'contains',
  'not',
  'text',
  'in',
  'not-in',
  'above',
  'below',
  'of-type',
  'identifier',
  'Patient',
  'Nothing',
  '',
  'not:missing',
  '__proto__',
  'constructor',
  `'`,
];
const resultParameters = [
  '_count',
  '_sort',
  '_total',
  '_summary',
  '_elements',
  '_include',
  '_revinclude',
  '_format',
  '_pretty',
  '_page',
  '_id',
  '_lastUpdated',
  '_has',
  '_filter',
  '_query',
  '_list',
  '_type',
  '_contained',
  '_text',
  '_content',
  '_score',
  '_at',
  '_since',
  '_offset',
];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'SEARCH', 'get', 'LINK'];
const operations = [
  '$validate',
  '$everything',
  '$export',
  '$',
  '$$',
  '_search',
  '_history',
  '_',
  '$validate/x',
  '_history/1',
  '_history/1/2',
  'a/b/c/d',
  '_search/x',
];
const headers: readonly (readonly [string, string])[] = [
  ...([
    ['Accept', 'application/fhir+xml'],
    ['Accept', 'text/turtle'],
    ['Accept', 'application/fhir+json; fhirVersion=5.0'],
    ['Accept', ';;;'],
    ['Accept', 'q=0'],
    ['Accept', '*/*;q=0'],
    ['Accept', ','.repeat(500)],
  ] as const),
  ...([
    ['Prefer', 'handling=strict'],
    ['Prefer', 'handling=lenient'],
    ['Prefer', 'handling=, return;;='],
    ['Prefer', '"'],
    ['Prefer', 'respond-async'],
  ] as const),
  ...([
    ['If-None-Match', '*'],
    ['If-None-Match', 'W/"'],
    ['If-None-Match', '""'],
    ['If-None-Match', 'x'.repeat(3_000)],
    ['If-Modified-Since', 'yesterday'],
    ['If-Modified-Since', 'Sat, 31 Feb 9999 99:99:99 GMT'],
  ] as const),
  ...([
    ['Content-Type', 'text/plain'],
    ['Content-Type', ';'],
    ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-16'],
    ['Content-Encoding', 'gzip'],
    ['Content-Encoding', 'x'],
  ] as const),
  ...([
    ['Range', 'bytes=0-1'],
    ['X-Request-Id', "'; --"],
    ['X-Request-Id', 'x'.repeat(500)],
    ['Authorization', 'Bearer x'],
    ['Authorization', 'Basic ???'],
    ['Origin', 'null'],
    ['Origin', 'https://evil.example'],
    ['X-Forwarded-Host', 'evil.example'],
    ['X-Forwarded-For', "1' or 1=1"],
    ['X-HTTP-Method-Override', 'DELETE'],
    ['Cookie', 'a=b'],
    ['Expect', 'nothing'],
    ['Upgrade', 'h2c'],
  ] as const),
];
const bodies: readonly string[] = [
  '',
  '{',
  '[]',
  'null',
  '1',
  '"x"',
  '{}',
  '{"resourceType":5}',
  '{"resourceType":"Nothing"}',
  '{"resourceType":"Patient","name":5}',
  `{"resourceType":"Patient","x":${'['.repeat(3_000)}${']'.repeat(3_000)}}`,
  '<Patient/>',
  'a=b',
  '_count=x',
  'name=%',
  'name=%00',
  '&&&===',
  '\ufeff{}',
  '{"__proto__":{"a":1},"resourceType":"Patient"}',
  '{"resourceType":"Parameters","parameter":[{"name":"resource"}]}',
  'x'.repeat(20_000),
];

/** `count` requests that are wrong in some way, or might be, made one by one; repeatable from the seed. */
export function* generateBadRequests(
  served: readonly ServedForBad[],
  count: number,
  seed: number,
): Generator<BadRequest, void> {
  const random = createRandom(seed);
  const pick = <T>(from: readonly T[]): T => random.pick(from) as T;
  const encoded = (text: string): string =>
    random.chance(0.15) ? text.replace(/[^\x21-\x7e]|[#?&]/g, '') : encodeSafely(text);
  const mangled = (text: string): string => {
    const at = Math.floor(random.next() * (text.length + 1));
    return text.slice(0, at) + pick(nasty) + text.slice(at + (random.chance(0.5) ? 1 : 0));
  };
  const pair = (type: ServedForBad): string => {
    const code = random.chance(0.75)
      ? pick(type.params).name
      : random.chance(0.7)
        ? pick(resultParameters)
        : pick(nasty);
    const modifier = random.chance(0.25) ? `:${pick(modifiers)}` : '';
    const chain = random.chance(0.15) ? `.${pick(pick(served).params).name}` : '';
    const has = random.chance(0.08) ? `_has:${pick(served).type}:${pick(pick(served).params).name}:` : '';
    return `${encoded(`${has}${code}${modifier}${chain}`)}=${encoded(random.chance(0.5) ? pick(nasty) : mangled(pick(['2026-01-01', '5.4', 'male', 'http://loinc.org|2345-7', 'Patient/mp.1', "O'Hara", 'true'])))}`;
  };
  const query = (type: ServedForBad): string =>
    Array.from({ length: 1 + Math.floor(random.next() * 3) }, () => pair(type)).join('&');
  const header = (): Record<string, string> => (random.chance(0.3) ? Object.fromEntries([pick(headers)]) : {});
  const typeOf = (): ServedForBad => pick(served);
  const kinds: readonly (() => BadRequest)[] = [
    () => maybe(`${typeOf().type}?${query(typeOf())}`, { headers: header() }),
    () => {
      const type = typeOf();
      return maybe(`${type.type}?${query(type)}`, { headers: header() });
    },
    () => wrongValue(typeOf()),
    () =>
      maybe(`${typeOf().type}/${encoded(random.chance(0.5) ? pick(nasty) : mangled(pick(typeOf().ids)))}`, {
        headers: header(),
      }),
    () =>
      maybe(
        `${random.chance(0.5) ? mangled(typeOf().type).replace(/[^\x21-\x7e]|[#?]/g, '') : encoded(pick(nasty))}/${pick(typeOf().ids)}`,
        { headers: header() },
      ),
    () => maybe(`${typeOf().type}?_page=${encoded(random.chance(0.5) ? pick(nasty) : mangled('A'.repeat(80)))}`, {}),
    () => {
      const type = typeOf();
      const method = pick(methods);
      const body = ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'].includes(method) ? { body: pick(bodies) } : {};
      return maybe(`${type.type}/${random.chance(0.5) ? pick(operations) : `${pick(type.ids)}/${pick(operations)}`}`, {
        method,
        ...body,
        headers: header(),
      });
    },
    () => {
      const type = typeOf();
      return maybe(`${type.type}/_search`, {
        method: 'POST',
        body: random.chance(0.6) ? query(type) : pick(bodies),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...header() },
      });
    },
    () =>
      maybe(`${typeOf().type}/$validate`, {
        method: 'POST',
        body: pick(bodies),
        headers: { 'Content-Type': 'application/fhir+json', ...header() },
      }),
  ];
  const wrongValue = (type: ServedForBad): BadRequest => {
    const param = pick(type.params);
    const values = certainlyWrong[param.type];
    if (values === undefined) return maybe(`${type.type}?${pair(type)}`, {});
    return {
      path: `${type.type}?${param.name}=${encodeSafely(pick(values))}`,
      init: { headers: header() },
      is: 'wrong',
      names: param.name,
    };
  };
  for (let made = 0; made < count; made += 1) yield pick(kinds)();
}

const certainlyWrong: Readonly<Record<string, readonly string[]>> = {
  date: ['yesterday', '2026-13-01', '2026-02-30', '2026-1-1', '20260101', '2026-01-01T25:00Z', '', 'gt', '99999'],
  quantity: ['abc', 'NaN', '1e999', '', 'gt', '1|2', '5.4|a|b|c', `1${'0'.repeat(60)}`],
  number: ['abc', 'NaN', '', 'gt'],
  token: ['', 'a|b|c', '|'],
  string: [''],
  reference: ['', 'Nothing/1', 'Patient/', 'a b', 'Patient/1/2', "x'y"],
  composite: ['', 'a', 'a$b$c', '$'],
};

function maybe(path: string, init: BadRequest['init']): BadRequest {
  return { path, init, is: 'maybe' };
}

/** Lone surrogates have no UTF-8: they travel as what a careless client makes of them. */
function encodeSafely(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
