import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CapabilityStatement, Resource } from '@medplum/fhirtypes';
import type { Criterion, ResourceType, ServedParam } from '../../src/contracts/index.ts';
import { capabilityStatement, matcherOf, parseSearch, type LocalCriterion } from '../../src/fhir/index.ts';
import { createOracle, generateQueries } from '../oracle/index.ts';
import { fold } from '../oracle/folding.ts';
import { openDemoRecord, type DemoRecord } from '../support/demo-record.ts';
import { testClock, testZone } from '../support/demo-home.ts';
import { isFull } from '../support/scale.ts';
import { codeSystemOf, foldingOf } from '../support/site-setting.ts';

const sampleMax = isFull ? 120 : 40;
const timeoutMs = isFull ? 3_600_000 : 300_000;

interface Served {
  readonly resource: Resource & { readonly id: string };
  readonly text: string;
}

describe('a resource in memory matches a criterion exactly where a search finds it', () => {
  let demo: DemoRecord;
  const served = new Map<string, readonly Served[]>();

  beforeAll(async () => {
    demo = await openDemoRecord();
    for (const [type, row] of demo.record.served) served.set(type, await sample(type, [...row.params.values()]));
  });
  afterAll(() => demo.close());

  /** Resources from both ends of every order, and some that have each parameter, so that each branch and each odd value has its chance. */
  async function sample(type: string, params: readonly ServedParam[]): Promise<readonly Served[]> {
    const orders = [
      '',
      ...params.flatMap(({ sortable, code }) => (sortable ? [`&_sort=${code}`, `&_sort=-${code}`] : [])),
      ...params.flatMap(({ modifiers, code }) => (modifiers.includes('missing') ? [`&${code}:missing=false`] : [])),
    ];
    const found = new Map<string, Served>();
    const perOrder = Math.ceil(sampleMax / orders.length);
    for (const order of orders) {
      const { entries } = await demo.search(type, `_count=500${order}`);
      const step = Math.max(1, Math.floor(entries.length / perOrder));
      for (const { text, id } of entries.filter((_, i) => i % step === 0).slice(0, perOrder))
        found.set(id, { text, resource: JSON.parse(text) as Served['resource'] });
    }
    return [...found.values()];
  }

  const isLocal = (criterion: Criterion): criterion is LocalCriterion =>
    criterion.is === 'parameter' || criterion.is === 'missing';

  function criteriaOf(type: string, query: string): readonly Criterion[] | undefined {
    try {
      const pairs = [...new URLSearchParams(query)] as [string, string][];
      const bounds = { countDefault: 1, countMax: 500, handling: 'strict' } as const;
      return parseSearch({ ...bounds, served: demo.record.served, type: type as ResourceType, pairs }).plan.where;
    } catch {
      return undefined;
    }
  }

  /** The ids that the criteria choose, each by its own matcher. */
  function chosen(type: string, criteria: readonly LocalCriterion[]): readonly string[] {
    const tests = new Map<string, (text: string) => boolean>();
    const holds = (criterion: LocalCriterion, { resource, text }: Served): boolean => {
      const prefix = resource.id.split('.')[0] ?? '';
      const name = `${prefix} ${JSON.stringify(criterion)}`;
      const folding = foldingOf(type, criterion.code, resource);
      const codeSystem = codeSystemOf(type, criterion.code);
      const test =
        tests.get(name) ??
        matcherOf(type as ResourceType, criterion, {
          ...{ zone: testZone, nowMs: testClock.nowMs(), fold: (value: string) => fold(value, folding) },
          ...(codeSystem === undefined ? {} : { codeSystem }),
        });
      tests.set(name, test);
      return test(text);
    };
    return (served.get(type) ?? [])
      .filter((one) => criteria.every((criterion) => holds(criterion, one)))
      .map(({ resource }) => resource.id);
  }

  it(
    'for generated searches of every type and parameter',
    async () => {
      const oracle = createOracle({
        resources: new Map([...served].map(([type, list]) => [type, list.map(({ resource }) => resource)])),
        advertised: JSON.parse(
          capabilityStatement(demo.record.served, { base: 'http://test', version: 't', date: '2026' }),
        ) as CapabilityStatement,
        zone: testZone,
        nowMs: testClock.nowMs(),
        folding: foldingOf,
        codeSystem: codeSystemOf,
      });
      const queries = generateQueries({
        oracle,
        seed: 11,
        isLocal: true,
        ...(isFull ? {} : { queriesMax: 4_000 }),
        perParameter: isFull ? 40 : 2,
        combinations: isFull ? 1_000 : 30,
      });
      const asked = new Set<string>();
      const differences: string[] = [];
      let hits = 0;
      for (const { type, query } of queries) {
        const criteria = criteriaOf(type, query);
        if (criteria === undefined || criteria.length === 0 || !criteria.every(isLocal)) continue;
        const ids = (served.get(type) ?? []).map(({ resource }) => resource.id);
        const kept = query
          .split('&')
          .filter((part) => !/^_(?:count|sort|total|summary|elements|include|revinclude)\b/.test(part));
        const { entries } = await demo.search(type, [...kept, `_id=${ids.join()}`, '_count=500'].join('&'));
        const found = entries.map((entry) => entry.id).sort();
        const matched = [...chosen(type, criteria)].sort();
        hits += matched.length;
        for (const { code } of criteria) asked.add(`${type}.${code}`);
        if (found.join() !== matched.join())
          differences.push(`${type}?${kept.join('&')}: search ${some(found, matched)}, memory ${some(matched, found)}`);
      }
      expect(differences.slice(0, 10)).toEqual([]);
      expect(hits).toBeGreaterThan(queries.length);
      const all = [...demo.record.served].flatMap(([type, row]) =>
        [...row.params.keys()].map((code) => `${type}.${code}`),
      );
      expect(all.filter((name) => !asked.has(name))).toEqual([]);
    },
    timeoutMs,
  );
});

function some(ids: readonly string[], others: readonly string[]): string {
  return `finds alone ${
    ids
      .filter((id) => !others.includes(id))
      .slice(0, 3)
      .join(' ') || 'nothing'
  } of ${ids.length}`;
}
