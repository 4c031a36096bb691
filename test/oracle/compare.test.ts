import { describe, expect, it } from '@jest/globals';
import type { Bundle, CapabilityStatement, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { compareAll, describeMismatch } from './compare.ts';
import { coverageOf } from './coverage.ts';
import { generateQueries } from './generate.ts';
import { harvest } from './harvest.ts';
import { createOracle, type Expectation } from './oracle.ts';
import { readQuery } from './query.ts';
import { sampleByType, sampleResources, sampleStatement } from './sample-world.ts';

const oracle = createOracle({
  resources: sampleByType(),
  zone: 'America/New_York',
  nowMs: Date.parse('2024-11-13T01:30:00-05:00'),
  advertised: sampleStatement,
  baseUrl: 'http://localhost/fhir',
});

/** What a server does wrong: it may change what it knows, or each page that it sends. */
interface Flaw {
  readonly knows?: (expected: Expectation) => Expectation;
  readonly sends?: (page: Bundle) => Bundle;
}

/** A server that answers from the oracle itself, in pages. */
function serverWith({ knows = (e) => e, sends = (p) => p }: Flaw = {}) {
  return (path: string): Promise<Bundle | OperationOutcome> => {
    const [type = '', query = ''] = path.split('?');
    const [original = query, from = '0'] = query.startsWith('_page=')
      ? decodeURIComponent(query.slice(6)).split('@')
      : [];
    const expected = oracle.search(type, original);
    if (expected.refused !== undefined) return Promise.resolve(refusal('invalid', expected.refused));
    const { ids, order, total } = knows(expected);
    const { count = 20, isCountOnly, wantsTotal } = readQuery(original);
    const inOrder = order.flat().filter((id) => ids.includes(id));
    const shown = isCountOnly ? [] : inOrder.slice(Number(from), Number(from) + count);
    const next = Number(from) + count;
    const included = [...oracle.includesOf(type, original, shown)].filter(
      (name) => !shown.includes(name.slice(type.length + 1)),
    );
    const entries = [
      ...shown.map((id) => entryOf(`${type}/${id}`, 'match')),
      ...included.map((name) => entryOf(name, 'include')),
    ];
    return Promise.resolve(
      sends({
        resourceType: 'Bundle',
        type: 'searchset',
        link: [
          { relation: 'self', url: path },
          ...(next < inOrder.length && !isCountOnly
            ? [{ relation: 'next', url: `${type}?_page=${encodeURIComponent(`${original}@${next}`)}` }]
            : []),
        ],
        ...(wantsTotal ? { total } : {}),
        ...(entries.length > 0 ? { entry: entries } : {}),
      }),
    );
  };
}

function entryOf(name: string, mode: 'match' | 'include') {
  const [type = '', id = ''] = name.split('/');
  const resource = sampleResources.find((one) => one.resourceType === type && one.id === id) as Resource;
  return { fullUrl: `http://localhost/fhir/${name}`, resource, search: { mode } };
}

function refusal(code: 'invalid' | 'timeout' | 'too-costly', diagnostics: string): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] };
}

const queries = [
  { type: 'Patient', query: '_sort=birthdate&_count=2&_total=accurate' },
  { type: 'Patient', query: '_include=Patient:link&_count=1' },
  { type: 'Observation', query: 'subject=bob' },
];

async function problemsWith(flaw: Flaw): Promise<string> {
  const { mismatches } = await compareAll({ fetch: serverWith(flaw), oracle, queries, repeatEvery: 1 });
  return mismatches.map(describeMismatch).join('\n');
}

describe('compareAll', () => {
  it('finds nothing wrong with a right server', async () => {
    expect(await problemsWith({})).toBe('');
  });

  it.each<[string, Flaw]>([
    ['missing cem', { knows: (e) => ({ ...e, ids: e.ids.filter((id) => id !== 'cem') }) }],
    ['extra old', { knows: (e) => ({ ...e, ids: [...e.ids, 'old'], order: [...e.order, ['old']] }) }],
    ['more than once bob', { knows: (e) => ({ ...e, order: [['bob'], ...e.order] }) }],
    ['order: ', { knows: (e) => ({ ...e, order: [...e.order].reverse() }) }],
    ['total 5 instead of 4', { knows: (e) => ({ ...e, total: e.total + 1 }) }],
    ['no total', { sends: (page) => withoutTotal(page) }],
    ['includes missing Patient/cem', { sends: (page) => withoutIncludes(page) }],
    ['includes extra Organization/ward', { sends: (page) => withEntry(page, entryOf('Organization/ward', 'include')) }],
    ['more than _page', { sends: (page) => withLinks(page, (url) => `${url}&name=x`) }],
    ['differs from what is known', { sends: (page) => withChanged(page) }],
    [
      'paging does not end',
      { sends: (page) => ({ ...page, link: [...(page.link ?? []), { relation: 'next', url: 'Patient?_page=%400' }] }) },
    ],
    ['no self link', { sends: (page) => ({ ...page, link: (page.link ?? []).filter((l) => l.relation !== 'self') }) }],
    ['1 matches instead of 2', { sends: (page) => ({ ...page, entry: (page.entry ?? []).slice(0, 1) }) }],
    ['Bundle.type batch', { sends: (page) => ({ ...page, type: 'batch' }) }],
  ])('says "%s"', async (said, flaw) => {
    expect(await problemsWith(flaw)).toContain(said);
  });

  it('sees an order that changes', async () => {
    let calls = 0;
    const flaw: Flaw = {
      knows: (e) => ({ ...e, order: (calls += 1) % 2 === 1 ? e.order : [[...e.order.flat()].reverse()] }),
    };
    const { mismatches } = await compareAll({
      fetch: serverWith(flaw),
      oracle,
      queries: queries.slice(2),
      repeatEvery: 1,
    });
    expect(mismatches[0]?.problems).toEqual(['the order changes when asked again']);
  });

  it.each([
    ['too-costly', [[], 1]],
    ['timeout', [['failed: page 2 is refused: timeout late'], 0]],
  ] as const)('takes a later page that is refused as %s for what it is', async (code, told) => {
    const answers = serverWith();
    const { mismatches, tooCostly } = await compareAll({
      fetch: (path) => (path.includes('_page=') ? Promise.resolve(refusal(code, 'late')) : answers(path)),
      oracle,
      queries: [{ type: 'Patient', query: '_count=2&_include=Patient:organization', about: [] }],
    });
    expect([mismatches.flatMap(({ problems }) => problems), tooCostly.length]).toEqual(told);
  });

  it('lets damaged rows count in the total and leave gaps in pages', async () => {
    const sends = (page: Bundle): Bundle => ({
      ...page,
      ...(page.total === undefined ? {} : { total: page.total + 2 }),
    });
    const { mismatches } = await compareAll({ fetch: serverWith({ sends }), oracle, queries, damaged: () => 2 });
    expect(mismatches).toEqual([]);
  });

  it('excuses what a damaged row behind a hop explains, and nothing else', async () => {
    const damaged = (type: string) => (type === 'Observation' ? 1 : 0);
    const knows = (e: Expectation): Expectation => ({ ...e, ids: [...e.ids, 'dan'], order: [...e.order, ['dan']] });
    const judged = (query: string, reach?: { readonly patient: string }) =>
      compareAll({
        fetch: serverWith({ knows }),
        oracle,
        queries: [{ type: 'Patient', query }],
        damaged,
        ...(reach ? { reach } : {}),
      });
    expect((await judged('_has:Observation:patient:code=GLU')).mismatches).toEqual([]);
    expect((await judged('_has:Observation:patient:code=GLU&gender=female')).mismatches).toHaveLength(1);
    expect((await judged('_has:Observation:patient:code=GLU', { patient: 'ann' })).mismatches).toHaveLength(1);
    expect((await judged('gender=female')).mismatches).toHaveLength(1);
    expect((await judged('general-practitioner.name=gom')).mismatches).toHaveLength(1);
  });

  it('expects refusals, and accepts a costly one only where searches hop', async () => {
    const { mismatches, tooCostly } = await compareAll({
      fetch: () => Promise.resolve(refusal('too-costly', 'too many')),
      oracle,
      queries: [
        { type: 'Patient', query: 'birthdate=yesterday' },
        { type: 'Patient', query: 'gender=male' },
        { type: 'Observation', query: 'patient.gender=male' },
      ],
    });
    expect(mismatches.map(({ query }) => query.query)).toEqual(['gender=male']);
    expect(tooCostly.map(({ query }) => query)).toEqual(['patient.gender=male']);
  });
});

function withoutTotal(page: Bundle): Bundle {
  const copy = { ...page };
  delete copy.total;
  return copy;
}

function withoutIncludes(page: Bundle): Bundle {
  return { ...page, entry: (page.entry ?? []).filter((entry) => entry.search?.mode !== 'include') };
}

function withEntry(page: Bundle, entry: ReturnType<typeof entryOf>): Bundle {
  return { ...page, entry: [...(page.entry ?? []), entry] };
}

function withLinks(page: Bundle, change: (url: string) => string): Bundle {
  return { ...page, link: (page.link ?? []).map((link) => ({ ...link, url: change(link.url) })) };
}

function withChanged(page: Bundle): Bundle {
  const entry = (page.entry ?? []).map((one) => ({
    ...one,
    resource: { ...one.resource, language: 'xx' } as Resource,
  }));
  return { ...page, entry };
}

describe('generateQueries', () => {
  const generated = generateQueries({ oracle, seed: 7, perParameter: 10, combinations: 40, countMax: 50 });

  it('is repeatable, and another seed asks other things', () => {
    const [rest] = sampleStatement.rest ?? [];
    const resource = (rest?.resource ?? []).filter(({ type }) => type === 'RiskAssessment');
    const advertised: CapabilityStatement = { ...sampleStatement, rest: [{ mode: 'server', ...rest, resource }] };
    const one = createOracle({ resources: sampleByType(), zone: 'UTC', nowMs: 0, advertised });
    const first = generateQueries({ oracle: one, seed: 7, perParameter: 5, combinations: 10 });
    expect(generateQueries({ oracle: one, seed: 7, perParameter: 5, combinations: 10 })).toEqual(first);
    expect(generateQueries({ oracle: one, seed: 8, perParameter: 5, combinations: 10 })).not.toEqual(first);
  });

  it('finds nothing wrong with a right server', async () => {
    const { mismatches } = await compareAll({ fetch: serverWith(), oracle, queries: generated });
    expect(mismatches.map(describeMismatch)).toEqual([]);
  });

  it('reaches every advertised parameter that has a value, and names the others', () => {
    const { untestedParameters, emptyAnswers } = coverageOf(oracle, generated);
    const valueless = [
      'Patient._lastUpdated',
      'Practitioner._lastUpdated',
      'Organization._lastUpdated',
      'Observation._lastUpdated',
      'RiskAssessment._lastUpdated',
    ];
    expect(untestedParameters.filter((p) => !valueless.includes(p))).toEqual([
      'Observation.category',
      'Observation.code-value-string',
    ]);
    expect(emptyAnswers).toBeLessThan(generated.length * 0.6);
  });

  it('asks every modifier, prefix, chain, `_has`, include and order', () => {
    const text = generated.map(({ type, query }) => `${type}?${decodeURIComponent(query)}`).join('\n');
    const wanted = [
      ...['ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'].map((prefix) => `date=${prefix}2024`),
      ...['ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'].map((prefix) => `value-quantity=${prefix}`),
      ...['family:exact=', 'family:contains=', 'code:not=', 'active:missing=', 'code=|', 'urn:local|'],
      ...['patient.family', 'subject:Patient.', '_has:Observation:patient:code', '_revinclude=Observation:subject'],
      ...['_include=Observation:performer', '_sort=-date', '_sort=birthdate', '_total=accurate', '_count=1', '\\,'],
    ];
    expect(wanted.filter((part) => !text.includes(part))).toEqual([]);
  });
});

describe('harvest', () => {
  it('reads every type to its last page, replaced patients, damage and sort keys', async () => {
    const serve = serverWith({ knows: (e) => ({ ...e, total: e.total + 1 }) });
    const replaced = sampleResources.find(({ id }) => id === 'old');
    const read = (path: string): Promise<unknown> => {
      if (path === 'metadata') return Promise.resolve(sampleStatement);
      return path === 'Patient/old' ? Promise.resolve(replaced) : serve(path);
    };
    const { resources, damaged, sortable } = await harvest({ baseUrl: 'http://localhost/fhir', read }, 2);
    const ids = (list: readonly Resource[] = []) => list.map(({ id }) => id).join(' ');
    expect(ids(resources.get('Patient'))).toBe('ann bob cem dan old');
    expect(ids(resources.get('Observation'))).toBe('glu low high hundred text panel');
    expect(damaged.get('Patient')).toBe(1);
    expect(sortable.has('Patient.birthdate')).toBe(true);
  });
});
