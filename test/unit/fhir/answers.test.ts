import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../../../src/contracts/index.ts';
import { Fault } from '../../../src/core/index.ts';
import {
  capabilityStatement,
  contentTypeOf,
  etagOf,
  isNotModified,
  lastModifiedOf,
  openApi,
  openPage,
  operationOutcome,
  outcomeOf,
  pageUrl,
  parseSearch,
  resumeSearch,
  searchParameters,
  searchsetWriter,
  type SearchsetHead,
  type SearchsetPart,
  searchUrl,
  sealPage,
  type PageOwner,
} from '../../../src/fhir/index.ts';
import { legibleSealer } from '../../support/sealer.ts';
import { served } from './served.ts';

const base = 'https://example.org/fhir';

describe('OperationOutcome (https://hl7.org/fhir/R4/operationoutcome.html)', () => {
  it('names parameters and headers in location, elements in expression', () => {
    const outcome = (expression: string): unknown =>
      JSON.parse(outcomeOf(new Fault('search.invalid-value', 'No.', { expression })));
    const issue = {
      severity: 'error',
      code: 'value',
      details: { coding: [{ system: 'urn:fascia:fault', code: 'search.invalid-value' }] },
      diagnostics: 'No.',
    };
    const resourceType = 'OperationOutcome';
    expect(outcome('birthdate')).toEqual({ resourceType, issue: [{ ...issue, location: ['http.birthdate'] }] });
    expect(outcome('Content-Type')).toEqual({ resourceType, issue: [{ ...issue, location: ['http.Content-Type'] }] });
    expect(outcome('Patient.name')).toEqual({ resourceType, issue: [{ ...issue, expression: ['Patient.name'] }] });
    expect(JSON.parse(outcomeOf(new Fault('server.defect', 'No.')))).toMatchObject({ issue: [{ code: 'exception' }] });
  });

  it('is never without an issue', () => {
    expect(JSON.parse(operationOutcome([]))).toMatchObject({ issue: [{ severity: 'information' }] });
  });
});

describe('versions (https://hl7.org/fhir/R4/http.html#cread)', () => {
  it.each([
    ['W/"a"', true],
    ['"a"', true],
    ['"b", W/"a"', true],
    ['*', true],
    ['"b"', false],
    ['a', false],
    ['', false],
  ])('If-None-Match %s: %s', (ifNoneMatch, expected) => {
    expect(isNotModified({ ifNoneMatch }, 'a')).toBe(expected);
  });

  it('writes headers', () => {
    expect(etagOf('a')).toBe('W/"a"');
    expect(lastModifiedOf('2020-01-01T12:00:00.5+02:00')).toBe('Wed, 01 Jan 2020 10:00:00 GMT');
    expect(contentTypeOf('application/fhir+json')).toBe('application/fhir+json; charset=utf-8');
  });
});

describe('searchset (https://hl7.org/fhir/R4/bundle.html#searchset)', () => {
  const text = '{"resourceType":"Observation","id":"lab.1","valueQuantity":{"value":7.40}}';
  const entry: Entry = { type: 'Observation', id: 'lab.1', mode: 'match', text, patients: [] };
  const searchsetBundle = (page: SearchsetHead & Omit<SearchsetPart, 'last'>): string =>
    searchsetWriter(page)({ ...page, last: true });
  const empty = { base, self: `${base}/Observation`, entries: [], issues: [], ignored: [] };

  it('embeds resources verbatim', () => {
    const included: Entry = {
      ...entry,
      type: 'Patient',
      id: 'ehr.1',
      mode: 'include',
      text: '{"resourceType":"Patient"}',
    };
    const written = searchsetBundle({
      ...empty,
      next: `${base}/Observation?_page=a`,
      entries: [entry, included],
      total: 7,
    });
    expect(written).toContain(text);
    expect(JSON.parse(written)).toMatchObject({
      type: 'searchset',
      total: 7,
      link: [{ relation: 'self', url: `${base}/Observation` }, { relation: 'next' }],
      entry: [
        { fullUrl: `${base}/Observation/lab.1`, search: { mode: 'match' } },
        { fullUrl: `${base}/Patient/ehr.1`, search: { mode: 'include' } },
      ],
    });
  });

  it('has no empty arrays (https://hl7.org/fhir/R4/json.html)', () => {
    expect(searchsetBundle({ ...empty, total: 0 })).toBe(
      `{"resourceType":"Bundle","type":"searchset","total":0,"link":[{"relation":"self","url":"${base}/Observation"}]}`,
    );
  });

  it('is the same text however its entries are divided into parts', () => {
    const issues = [0, 1].map((n) => ({ code: 'exception', diagnostics: `Left out ${String(n)}.` }));
    const entries = [0, 1, 2, 3].map((n) => ({ ...entry, id: `lab.${String(n)}` }));
    const whole = {
      ...empty,
      ignored: [{ name: 'x', reason: 'unknown' }],
      entries,
      issues,
      total: 9,
      next: `${base}/x`,
    };
    for (let cuts = 0; cuts < 2 ** 5; cuts += 1) {
      const write = searchsetWriter(whole);
      let text = '';
      let part: { entries: Entry[]; issues: typeof issues; total?: number } = { entries: [], issues: [], total: 9 };
      for (let n = 0; n < 5; n += 1) {
        part.entries.push(...entries.slice(n, n + 1));
        part.issues.push(...issues.slice(n, n + 1));
        if (n === 4) text += write({ ...part, next: whole.next, last: true });
        else if ((cuts & (1 << n)) !== 0) {
          text += write({ ...part, last: false });
          part = { entries: [], issues: [] };
        }
      }
      expect(text).toBe(searchsetBundle(whole));
    }
  });

  it('says what is to be said in one outcome entry', () => {
    const issues = [{ code: 'exception', diagnostics: 'Left out.', expression: 'Observation.status' }];
    const page = { ...empty, entries: [entry], issues, ignored: [{ name: 'nosuch', reason: 'no such parameter' }] };
    const bundle = JSON.parse(searchsetBundle(page)) as { readonly entry: readonly unknown[] };
    expect(bundle.entry).toHaveLength(2);
    expect(bundle.entry[1]).toMatchObject({
      fullUrl: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
      search: { mode: 'outcome' },
      resource: {
        issue: [
          { severity: 'warning', code: 'not-supported', location: ['http.nosuch'] },
          { severity: 'warning', code: 'exception', expression: ['Observation.status'] },
        ],
      },
    });
    expect(searchsetBundle(page)).toBe(searchsetBundle(page));
  });

  it('links to itself and on', () => {
    expect(searchUrl(base, 'Patient', [])).toBe(`${base}/Patient`);
    expect(searchUrl(base, 'Patient', [['name', 'a b']])).toBe(`${base}/Patient?name=a%20b`);
    expect(pageUrl(base, 'Patient', 'a+b')).toBe(`${base}/Patient?_page=a%2Bb`);
  });
});

describe('paging', () => {
  const owner: PageOwner = { type: 'Patient', agent: 'a' };
  const state = {
    pairs: [
      ['name', 'a'],
      ['_count', '5'],
    ] as const,
    cursor: { branches: { ehr: { phase: 'values', at: ['1'] } } },
  } as const;
  const token = sealPage(legibleSealer, owner, state, 1000);

  it('goes on where the page ended', () => {
    expect(openPage(legibleSealer, owner, token, 2000, 1000)).toEqual(state);
    const resumed = resumeSearch(state, 'Patient', { served, base, countDefault: 20, countMax: 100 });
    expect(resumed).toMatchObject({ plan: { cursor: state.cursor, count: 5 }, applied: state.pairs });
    const fresh = parseSearch({
      served,
      type: 'Patient',
      pairs: state.pairs,
      handling: 'default',
      countDefault: 20,
      countMax: 100,
    });
    expect({ ...resumed.plan, cursor: undefined }).toEqual({ ...fresh.plan, cursor: undefined });
  });

  it.each([
    ['another type', { type: 'Observation', agent: 'a' }, token, 'search.page-token'],
    ['another caller', { type: 'Patient', agent: 'b' }, token, 'search.page-token'],
    ['a changed token', owner, `${token}x`, 'search.page-token'],
    ['an empty token', owner, '', 'search.page-token'],
    ['an old token', owner, token, 'search.page-expired'],
  ] as const)('refuses %s', (_, whose, what, code) => {
    const nowMs = code === 'search.page-expired' ? 2001 : 2000;
    expect(() => openPage(legibleSealer, whose, what, nowMs, 1000)).toThrow(expect.objectContaining({ code }));
  });
});

describe('CapabilityStatement (https://hl7.org/fhir/R4/capabilitystatement.html)', () => {
  const statement = JSON.parse(capabilityStatement(served, { base, version: '1.2.3', date: '2025-01-01' })) as {
    readonly rest: readonly [
      {
        readonly resource: readonly {
          readonly type: string;
          readonly searchParam: readonly {
            readonly name: string;
            readonly definition: string;
            readonly type: string;
          }[];
          readonly searchInclude?: readonly string[];
          readonly searchRevInclude?: readonly string[];
        }[];
        readonly searchParam: readonly { readonly name: string }[];
      },
    ];
  };
  const [rest] = statement.rest;

  it('says what the parser does: each declared parameter parses, each include too', () => {
    expect(statement).toMatchObject({
      ...{ kind: 'instance', fhirVersion: '4.0.1', date: '2025-01-01', software: { version: '1.2.3' } },
      ...{ format: ['application/fhir+json', 'json'], implementation: { url: base } },
    });
    expect(rest.resource.map((row) => row.type)).toEqual([...served.keys()].sort());
    const values: Readonly<Record<string, string>> = { date: '2020', number: '1', quantity: '1', composite: 'a$1' };
    for (const { type, searchParam, searchInclude = [], searchRevInclude = [] } of rest.resource) {
      const attempt = (name: string, value: string): void => {
        const row = served.get(type);
        if (row === undefined) throw new Error(type);
        parseSearch({
          served,
          type: row.type,
          pairs: [[name, value]],
          handling: 'strict',
          countDefault: 1,
          countMax: 1,
        });
      };
      for (const param of searchParam) {
        expect(searchParameters(type).find((one) => one.code === param.name)?.url).toBe(param.definition);
        attempt(
          param.name,
          param.name === 'code-value-date'
            ? 'a$2020'
            : /^(active|deceased)$/.test(param.name)
              ? 'true'
              : (values[param.type] ?? 'a'),
        );
      }
      for (const include of searchInclude) attempt('_include', include);
      for (const include of searchRevInclude) attempt('_revinclude', include);
    }
    expect(rest.searchParam.map((param) => param.name)).toContain('_id');
    expect(JSON.stringify(statement)).not.toMatch(/\[\]|""/);
  });

  it('describes the same as OpenAPI 3.1', () => {
    const document = JSON.parse(openApi(served, 'https://example.org')) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
    };
    for (const { type } of rest.resource) {
      for (const path of ['', '/_search', '/{id}', '/{id}/_history/{vid}', '/$validate', '/{id}/$validate'])
        expect(Object.keys(document.paths)).toContain(`/fhir/${type}${path}`);
    }
    const ids = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map((operation) => operation.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    const text = JSON.stringify(document);
    for (const [, place] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = place?.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
      expect([place, target === undefined]).toEqual([place, false]);
    }
  });
});
