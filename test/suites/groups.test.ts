import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Group } from '@medplum/fhirtypes';
import { openDemoRecord, type DemoRecord } from '../support/demo-record.ts';

describe('a resource that names many patients', () => {
  let demo: DemoRecord;
  beforeAll(async () => {
    demo = await openDemoRecord();
  });
  afterAll(async () => {
    await demo.close();
  });

  it('names them all to audit, as far as they are written', async () => {
    const { entries } = await demo.search('Group', 'actual=true&_count=500');
    expect(entries.length).toBeGreaterThan(5);
    for (const { text, patients } of entries) {
      const { member = [] } = JSON.parse(text) as Group;
      const named = member.map(({ entity }) => entity.reference?.slice('Patient/'.length) ?? '');
      expect([...patients].sort()).toEqual([...new Set(named)].sort());
    }
    expect(Math.max(...entries.map(({ patients }) => patients.length))).toBeGreaterThan(10);
    const names = await demo.search('Group', 'actual=true&_elements=name&_count=500');
    expect(names.entries.flatMap(({ patients }) => patients)).toEqual([]);
  });

  it('is asked for them by _has and by _include alike, whatever registration it names', async () => {
    const lists = await demo.search('Group', 'actual=true&_count=500');
    for (const { id, patients } of lists.entries) {
      const found = await demo.search('Patient', `_has:Group:member:_id=${id}&_count=500`);
      expect([id, found.entries.map((entry) => entry.id).sort()]).toEqual([id, [...patients].sort()]);
      const page = await demo.search('Group', `_id=${id}&_include=Group:member`);
      const included = page.entries.filter(({ mode }) => mode === 'include').map((entry) => entry.id);
      expect([id, included.sort()]).toEqual([id, [...patients].sort()]);
    }
    const patients = new Set(lists.entries.flatMap((list) => list.patients));
    const twice = await demo.search('Patient', '_has:Group:member:actual=true&_has:Group:member:code=S&_count=500');
    expect(twice.entries.length).toBeGreaterThan(0);
    for (const { id } of twice.entries) expect(patients).toContain(id);
  });
});
