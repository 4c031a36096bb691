import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Provenance, Resource } from '@medplum/fhirtypes';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';
import { matchesOf, mostMerged } from '../support/patients.ts';
import { siteTypes } from '../support/site-setting.ts';
import type { Patient } from '@medplum/fhirtypes';

type Identified = Resource & { readonly id: string };

const targetTypes = siteTypes.filter((type) => type !== 'Provenance');

describe('the Provenance of what is served', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer();
  });
  afterAll(() => server.stop());

  async function pageOf(query: string): Promise<{ matches: Identified[]; included: Provenance[] }> {
    const { entry = [] } = (await server.search(query)) as Bundle;
    const of = (mode: string): Resource[] =>
      entry.filter(({ search }) => search?.mode === mode).map(({ resource }) => resource as Resource);
    return { matches: of('match') as Identified[], included: of('include') as Provenance[] };
  }

  it.each(targetTypes)('%s: each has its own, with its system and its time, and no other', async (type) => {
    const { matches, included } = await pageOf(`${type}?_id:not=x&_count=60&_revinclude=Provenance:target`);
    expect(matches.length).toBeGreaterThan(0);
    const told = included.map(({ target }) => target[0]?.reference);
    expect([...new Set(told)].sort()).toEqual(matches.map(({ id }) => `${type}/${id}`).sort());
    if (type !== 'Patient') expect(told).toHaveLength(matches.length);
    const byName = new Map(matches.map((resource) => [`${type}/${resource.id}`, resource]));
    for (const provenance of included) {
      const target = byName.get(provenance.target[0]?.reference ?? '');
      expect(provenance.target).toHaveLength(1);
      expect(provenance.agent[0]?.who).toMatchObject({ identifier: { value: provenance.meta?.source } });
      if (type === 'Patient') continue;
      expect(provenance.meta?.source).toBe(target?.meta?.source);
      expect(provenance.meta?.security).toEqual(target?.meta?.security);
      expect(provenance.recorded).toBe(target?.meta?.lastUpdated);
      expect('_recorded' in provenance).toBe(!('recorded' in provenance));
    }
    const [one] = included;
    expect(await server.read(`Provenance/${one?.id ?? ''}`)).toEqual(one);
    const found = await matchesOf<Provenance>(server, `Provenance?target=${one?.target[0]?.reference ?? ''}`);
    expect(found.map(({ id }) => id)).toContain(one?.id);
    expect(found.every(({ target }) => target[0]?.reference === one?.target[0]?.reference)).toBe(true);
  });

  it('of a person tells of each registration, its system and when it was changed', async () => {
    const own = mostMerged(await matchesOf<Patient>(server, 'Patient?_count=500'));
    const found = await matchesOf<Provenance>(server, `Provenance?patient=${own.id}`);
    expect(found.length).toBe((own.link ?? []).filter(({ type }) => type === 'replaces').length + 1);
    expect(found.every(({ target }) => target[0]?.reference === `Patient/${own.id}`)).toBe(true);
    const systems = new Set(found.map(({ meta }) => meta?.source));
    expect(systems.size).toBeGreaterThan(1);
    const [changed] = found.filter((provenance) => 'recorded' in provenance);
    const day = changed?.recorded.slice(0, 10) ?? '';
    const byTime = await matchesOf<Provenance>(server, `Provenance?patient=${own.id}&recorded=${day}`);
    expect(byTime.map(({ id }) => id)).toContain(changed?.id);
    expect(byTime.every(({ recorded }) => recorded.startsWith(day))).toBe(true);
  });

  it('leads to its target by include and chain', async () => {
    const [lab] = (await pageOf('Observation?category=laboratory&status=final&_count=1')).matches;
    const { matches, included } = await pageOf(
      `Provenance?target=Observation/${lab?.id ?? ''}&_include=Provenance:target`,
    );
    expect(matches).toHaveLength(1);
    expect(included).toEqual([lab]);
    const chained = await pageOf(`Provenance?target:Observation._id=${lab?.id ?? ''}`);
    expect(chained.matches).toEqual(matches);
  });

  it('is visible to an access exactly as its target is', async () => {
    const own = mostMerged(await matchesOf<Patient>(server, 'Patient?_count=500'));
    const narrowed = await startDemoServer({ access: { reach: { is: 'patient', patient: own.id }, agent: 'test' } });
    try {
      for (const type of targetTypes) {
        const open = await pageOf(`${type}?_id:not=x&_count=20&_revinclude=Provenance:target`);
        for (const { id, target } of open.included) {
          const [seen, there] = await Promise.all(
            [`Provenance/${id ?? ''}`, target[0]?.reference ?? ''].map((path) => narrowed.fetch(path)),
          );
          expect([id, seen?.status]).toEqual([id, there?.status]);
        }
        const all = (await narrowed.search(`${type}?_id:not=x&_total=accurate&_count=1`)) as Bundle;
        if (type === 'Patient' || all.total === undefined) continue;
        const told = (await narrowed.search(`Provenance?target:${type}._id:not=x&_total=accurate&_count=1`)) as Bundle;
        // A row that cannot be mapped has one as well.
        expect({ type, total: told.total }).toEqual({ type, total: all.total });
      }
    } finally {
      await narrowed.stop();
    }
  });
});
