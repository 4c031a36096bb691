import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImagingStudy, MedicationDispense, Observation, Patient } from '@medplum/fhirtypes';
import type { Access } from '../../src/contracts/index.ts';
import { matchesOf, mostMerged } from '../support/patients.ts';
import { openScratch, type Scratch, type ScratchServer, type ScratchStatements } from '../support/scratch.ts';

/** `store`: link reads, and one insert of audit records. Most of what is asked is no concern of radiology's. */
type Cost = Omit<ScratchStatements, 'radiology'> & Partial<ScratchStatements>;

const AUDIT = 1;
const LINKS = 1;

describe('the budget of statements', () => {
  let scratch: Scratch;
  let open: ScratchServer;
  let narrowed: ScratchServer;
  let own: Patient & { readonly id: string };
  let others: Patient[];

  beforeAll(async () => {
    scratch = await openScratch();
    // However much the hospital holds, an answer is one chunk, with one audit record. What more of them cost has a test of its own.
    open = await scratch.start({ settings: { page: { chunkCharactersMax: 100_000_000 } } });
    const patients = await matchesOf<Patient>(open, 'Patient?_count=500');
    own = mostMerged(patients);
    others = patients.filter((patient) => patient.id !== own.id);
    const access: Access = { reach: { is: 'patient', patient: own.id }, agent: 'test' };
    narrowed = await scratch.start({ access });
  });
  afterAll(() => scratch.drop());

  async function costOf(
    server: ScratchServer,
    path: string,
  ): Promise<{ cost: ScratchStatements; status: number; body: string; headers: Headers }> {
    scratch.takeStatements();
    const response = await server.fetch(path);
    const body = await response.text();
    const cost = scratch.takeStatements();
    return { cost, status: response.status, body, headers: response.headers };
  }

  async function expectCost(server: ScratchServer, path: string, cost: Cost): Promise<void> {
    const found = await costOf(server, path);
    expect({ path, status: found.status, ...found.cost }).toEqual({ path, status: 200, radiology: 0, ...cost });
  }

  /**
   * In this order: audit, links, then systems × (1 + child tables), as the design adds them up. Patients of the hospital have one child table, and so
   * have studies.
   */
  const searches: Readonly<Record<string, Cost>> = {
    'Practitioner?': { store: AUDIT, ehr: 1, pharmacy: 1 },
    'Organization?': { store: AUDIT, ehr: 1, pharmacy: 1 },
    'Observation?': { store: AUDIT + LINKS, ehr: 1, pharmacy: 0 },
    'MedicationDispense?': { store: AUDIT + LINKS, ehr: 0, pharmacy: 1 },
    'Appointment?': { store: AUDIT + LINKS, ehr: 0, pharmacy: 0, radiology: 1 },
    'ImagingStudy?': { store: AUDIT + LINKS, ehr: 0, pharmacy: 0, radiology: 1 + 1 },
    'ImagingStudy?_elements=started&': { store: AUDIT + LINKS, ehr: 0, pharmacy: 0, radiology: 1 },
    'Appointment?_sort=-date&_total=accurate&': { store: AUDIT + LINKS, ehr: 0, pharmacy: 0, radiology: 1 + 1 },
    'Patient?': { store: AUDIT + LINKS, ehr: 1 + 1, pharmacy: 1, radiology: 1 },
    'Patient?_elements=name&': { store: AUDIT + LINKS, ehr: 1, pharmacy: 1, radiology: 1 },
    'Patient?address-city=a&': { store: AUDIT + LINKS, ehr: 1 + 1, pharmacy: 0 },
    'Patient?_total=accurate&': { store: AUDIT + LINKS, ehr: 1 + 1 + 1, pharmacy: 1 + 1, radiology: 1 + 1 },
    'Patient?_sort=birthdate&': { store: AUDIT + LINKS, ehr: 1 + 1, pharmacy: 1, radiology: 1 },
    'Patient?_sort=-birthdate&_total=accurate&': {
      store: AUDIT + LINKS,
      ehr: 1 + 1 + 1,
      pharmacy: 1 + 1,
      radiology: 1 + 1,
    },
    'Observation?code=2345-7&_sort=-date&': { store: AUDIT + LINKS, ehr: 1, pharmacy: 0 },
    'Observation?_include=Observation:subject&': { store: AUDIT + LINKS, ehr: 1 + (1 + 1), pharmacy: 0 },
    'Observation?_include=Observation:subject&_include=Observation:patient&': {
      store: AUDIT + LINKS,
      ehr: 1 + (1 + 1),
      pharmacy: 0,
    },
    'Practitioner?name=a&_revinclude=Observation:performer&': { store: AUDIT + LINKS, ehr: 1 + 1, pharmacy: 1 },
    'Patient?_revinclude=Observation:subject&_revinclude=MedicationDispense:subject&_total=accurate&': {
      store: AUDIT + LINKS,
      ehr: 1 + 1 + 1 + 1,
      pharmacy: 1 + 1 + 1,
      radiology: 1 + 1,
    },
  };

  it.each(Object.entries(searches))('%s costs the same whatever the page holds', async (path, cost) => {
    for (const count of path.includes('_revinclude') ? [4, 8] : [2, 20, 100])
      await expectCost(open, `${path}_count=${count}`, cost);
  });

  it('costs for each type no more than its systems and tables of children, whatever the page holds', async () => {
    for (const [type] of open.running.installation.record.served) {
      const few = await costOf(open, `${type}?_count=10`);
      const many = await costOf(open, `${type}?_count=100`);
      expect({ type, status: many.status }).toEqual({ type, status: 200 });
      const branches = open.running.installation.record.catalogue.byType.get(type) ?? [];
      const tables = branches.reduce((sum, { branch }) => sum + childrenIn(branch.elements), 0);
      const systems = new Set(branches.map(({ system }) => system.id));
      expect({ type, cost: many.cost }).toEqual({ type, cost: few.cost });
      for (const { cost } of [few, many]) {
        expect({ type, links: cost.store <= AUDIT + LINKS }).toEqual({ type, links: true });
        const asked = cost.ehr + cost.pharmacy + cost.radiology;
        expect({ type, asked, isWithin: asked <= systems.size + tables }).toEqual({ type, asked, isWithin: true });
      }
    }
  });

  it('pays for each further block of a large page what a page pays, but the count; for each chunk one record', async () => {
    const blocks = await scratch.start({ settings: { page: { blockRows: 20 } } });
    const cost = { store: AUDIT + 5 * LINKS, ehr: 5 * (1 + 1) + 1, pharmacy: 5 * 1 + 1, radiology: 5 * 1 + 1 };
    await expectCost(blocks, 'Patient?_count=100&_total=accurate', cost);
    // The first observations are about one patient, who is looked up once.
    await expectCost(blocks, 'Observation?_count=60&_include=Observation:subject', {
      store: AUDIT + LINKS,
      ehr: 3 * (1 + (1 + 1)),
      pharmacy: 0,
    });
    await blocks.stop();
    const chunks = await scratch.start({ settings: { page: { chunkCharactersMax: 1 } } });
    await expectCost(chunks, 'Practitioner?_count=20', { store: 20 * AUDIT, ehr: 1, pharmacy: 1 });
    await chunks.stop();
  });

  it('counts alone, reads and pages within their budget', async () => {
    await expectCost(open, 'Patient?_summary=count', { store: AUDIT, ehr: 1, pharmacy: 1, radiology: 1 });
    await expectCost(open, 'metadata', { store: 0, ehr: 0, pharmacy: 0 });
    await expectCost(open, `Patient/${own.id}`, { store: AUDIT + LINKS, ehr: 1 + 1, pharmacy: 0 });
    const [observation] = await matchesOf<Observation>(open, `Observation?patient=${own.id}`);
    await expectCost(open, `Observation/${observation?.id ?? ''}`, { store: AUDIT + LINKS, ehr: 1, pharmacy: 0 });
    await expectCost(open, `Observation?patient=${own.id}`, { store: AUDIT + LINKS, ehr: 1, pharmacy: 0 });
    await expectCost(open, `MedicationDispense?patient=${own.id}`, { store: AUDIT + LINKS, ehr: 0, pharmacy: 1 });
  });

  it('asks for rows without a sort key in one more statement per system, once values are at their end', async () => {
    await expectCost(open, 'Patient?_sort=birthdate&_count=500', {
      store: AUDIT + LINKS,
      ehr: 1 + 1 + 1,
      pharmacy: 1 + 1,
      radiology: 1 + 1,
    });
    const pages: ScratchStatements[] = [];
    for (let next: string | undefined = 'Patient?_sort=birthdate&_count=60'; next !== undefined;) {
      const { cost, body } = await costOf(open, next);
      pages.push(cost);
      next = (JSON.parse(body) as { link: { relation: string; url: string }[] }).link.find(
        (link) => link.relation === 'next',
      )?.url;
    }
    expect(Math.max(...pages.map(({ ehr }) => ehr))).toBeLessThanOrEqual(3);
    expect(Math.max(...pages.map(({ pharmacy }) => pharmacy))).toBeLessThanOrEqual(2);
    expect(Math.max(...pages.map(({ radiology }) => radiology))).toBeLessThanOrEqual(2);
    expect(pages.every(({ store }) => store <= AUDIT + LINKS)).toBe(true);
  });

  it('takes key steps for what crosses persons, within the budget of each step', async () => {
    const chain = await costOf(open, 'Observation?patient.name=a&_count=5');
    const wide = await costOf(open, 'Observation?patient.name=a&_count=100');
    expect(wide.cost).toEqual(chain.cost);
    expect(chain.cost).toEqual({ store: AUDIT + LINKS + 1, ehr: 1 + 1, pharmacy: 0, radiology: 0 });
    const has = await costOf(open, 'Patient?_has:Observation:patient:code=2345-7&_count=5');
    expect((await costOf(open, 'Patient?_has:Observation:patient:code=2345-7&_count=100')).cost).toEqual(has.cost);
    // One step for each branch that can hold the code: results, groups of attributes, answers.
    expect(has.cost.ehr).toBeLessThanOrEqual(1 + 1 + 3);
  });

  it('costs under one patient what it costs under the open access', async () => {
    await expectCost(narrowed, 'Observation?_count=3', { store: AUDIT + LINKS, ehr: 1, pharmacy: 0 });
    await expectCost(narrowed, 'Observation?_count=100', { store: AUDIT + LINKS, ehr: 1, pharmacy: 0 });
    // Whom radiology does not know, it is not asked about.
    await expectCost(narrowed, 'Patient?_total=accurate', { store: AUDIT + LINKS, ehr: 1 + 1 + 1, pharmacy: 1 + 1 });
    await expectCost(narrowed, 'ImagingStudy?_count=100', { store: AUDIT + LINKS, ehr: 0, pharmacy: 0 });
    await expectCost(narrowed, `Patient/${own.id}`, { store: AUDIT + LINKS, ehr: 1 + 1, pharmacy: 0 });
    await expectCost(narrowed, 'Observation?_include=Observation:subject&_count=100', {
      store: AUDIT + LINKS,
      ehr: 1 + (1 + 1),
      pharmacy: 0,
    });
    await expectCost(narrowed, 'Practitioner?_count=100', { store: AUDIT + LINKS, ehr: 1, pharmacy: 1 });
    const [study] = await matchesOf<ImagingStudy>(open, 'ImagingStudy?_count=500');
    const patient = study?.subject.reference?.replace('Patient/', '') ?? '';
    const photographed = await scratch.start({ access: { reach: { is: 'patient', patient }, agent: 'test' } });
    for (const count of [1, 100])
      await expectCost(photographed, `ImagingStudy?_count=${count}`, {
        store: AUDIT + LINKS,
        ehr: 0,
        pharmacy: 0,
        radiology: 1 + 1,
      });
    await photographed.stop();
  });

  it('tells an id that is out of reach and one that does not exist apart neither in its answer nor in its cost', async () => {
    const forbidden = others.map((patient) => patient.id ?? '').find((id) => id.startsWith('mp.')) ?? '';
    const [observation] = await matchesOf<Observation>(open, `Observation?patient=${forbidden}`);
    const [dispense] = (await matchesOf<MedicationDispense>(open, 'MedicationDispense?_count=500')).filter(
      (one) => one.subject?.reference !== `Patient/${own.id}`,
    );
    const pairs = [
      [`Patient/${forbidden}`, `Patient/${await idOfVanished()}`],
      [`Observation/${observation?.id ?? ''}`, 'Observation/ml.123'],
      [`MedicationDispense/${dispense?.id ?? ''}`, 'MedicationDispense/pd.123456789'],
    ] as const;
    for (const [outOfReach, unknown] of pairs) {
      const [one, other] = [await costOf(narrowed, outOfReach), await costOf(narrowed, unknown)];
      expect(one.status).toBe(404);
      expect({ status: one.status, body: one.body, cost: one.cost, headers: comparable(one.headers) }).toEqual({
        status: other.status,
        body: other.body,
        cost: other.cost,
        headers: comparable(other.headers),
      });
    }
  });

  /** The id of a patient who was there once: only such an id is well-formed and unknown. */
  async function idOfVanished(): Promise<string> {
    await scratch.sql(
      'ehr',
      `insert into "PATMAST" ("FAC_CD", "PT_NO", "PT_NM", "PT_NM_SRCH", "SEX_CD", "DOB", "DEL_FLG", "LAST_UPD") values ('MG', '9999999998', 'VANISHING', 'VANISHING', '1', 19700101, 'N', '2026-01-01 00:00:00')`,
    );
    const [vanished] = await matchesOf<Patient>(open, 'Patient?family=vanishing');
    await scratch.sql('ehr', `delete from "PATMAST" where "PT_NO" = '9999999998'`);
    return vanished?.id ?? '';
  }

  function comparable(headers: Headers): object {
    return Object.fromEntries([...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id'));
  }

  it('ends the statement in the database when the caller goes away', async () => {
    const blocker = await scratch.session('ehr');
    const active = async (): Promise<number> => {
      const { rows } = await scratch.sql(
        'ehr',
        `select 1 from pg_stat_activity where datname = current_database() and application_name = 'fascia' and state = 'active'`,
      );
      return rows.length;
    };
    try {
      await blocker.query('begin; lock table "PATMAST" in access exclusive mode');
      const leaving = new AbortController();
      const asked = open.fetch('Patient?_count=5', { signal: leaving.signal }).catch(() => 'gone');
      while ((await active()) === 0);
      leaving.abort();
      expect(await asked).toBe('gone');
      while ((await active()) > 0);
    } finally {
      await blocker.end();
    }
    expect((await open.fetch('Patient?_count=5')).status).toBe(200);
  });
});

/** The tables of children that a branch declares: lists of elements that other rows hold. */
function childrenIn(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 0;
  const inside = Object.values(node).reduce<number>((sum, child) => sum + childrenIn(child), 0);
  return (node as { readonly is?: unknown }).is === 'many' ? 1 : 'is' in node ? 0 : inside;
}
