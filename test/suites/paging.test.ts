import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CapabilityStatement, OperationOutcome, Patient } from '@medplum/fhirtypes';
import type { Access } from '../../src/contracts/index.ts';
import type { Clock } from '../../src/core/index.ts';
import { additions, additionsOf } from '../support/additions.ts';
import { testClock } from '../support/demo-home.ts';
import { matchesOf, mostMerged } from '../support/patients.ts';
import { isFull } from '../support/scale.ts';
import { databaseTypes, fileTypes } from '../support/site-setting.ts';
import { openScratch, type Scratch, type ScratchServer } from '../support/scratch.ts';

const minuteMs = 60_000;
const lastSourceSync = 'http://hl7.org/fhir/StructureDefinition/lastSourceSync';

describe('paging', () => {
  let scratch: Scratch;
  let open: ScratchServer;
  let statement: CapabilityStatement;
  let own: Patient & { readonly id: string };
  let narrowed: ScratchServer;
  let aheadMs = 0;
  /** Counts the additions of all tests: those of one turn have keys of their own. */
  let turns = 0;
  const clock: Clock = { nowMs: () => testClock.nowMs() + aheadMs };

  beforeAll(async () => {
    scratch = await openScratch();
    open = await scratch.start({ clock });
    statement = (await (await open.fetch('metadata')).json()) as CapabilityStatement;
    own = mostMerged(await matchesOf<Patient>(open, 'Patient?_count=500'));
    narrowed = await scratch.start({ clock, access: accessTo(own.id, 'app one') });
  });
  afterAll(() => scratch.drop());

  function accessTo(patient: string, agent: string): Access {
    return { reach: { is: 'patient', patient }, agent };
  }

  interface Run {
    readonly ids: readonly string[];
    /** Each match with its version. */
    readonly versions: readonly string[];
    /** The times of the extracts that the matches are copies of, page by page, each once. */
    readonly asOf: readonly (readonly string[])[];
    readonly issues: number;
    readonly pages: number;
  }

  /** The days of the deliveries that were loaded, the last one in use. */
  const nights = ['2026-11-20'];

  /** A delivery of a week later takes the place of the one in use. */
  async function nextNight(): Promise<void> {
    const night = new Date(Date.parse(nights.at(-1) ?? '') + 7 * 24 * 60 * minuteMs).toISOString().slice(0, 10);
    scratch.radiology.deliver(night);
    await scratch.radiology.load(night);
    nights.push(night);
  }

  /** All pages of a search; `between` runs before each further page. */
  async function run(server: ScratchServer, query: string, between?: (page: number) => Promise<void>): Promise<Run> {
    const ids: string[] = [];
    const versions: string[] = [];
    const asOf: string[][] = [];
    let issues = 0;
    let pages = 0;
    for (let next: string | undefined = query; next !== undefined;) {
      if (pages > 0) await between?.(pages);
      const response = await server.fetch(next);
      const bundle = (await response.json()) as Bundle;
      if (response.status !== 200) throw new Error(`${query}: ${JSON.stringify(bundle)}`);
      const times = new Set<string>();
      for (const { search, resource } of bundle.entry ?? []) {
        if (search?.mode !== 'match') {
          issues += (resource as unknown as OperationOutcome).issue.length;
          continue;
        }
        ids.push(resource?.id ?? '');
        versions.push(`${resource?.id ?? ''} ${resource?.meta?.versionId ?? ''}`);
        const synced = resource?.meta?.extension?.find(({ url }) => url === lastSourceSync);
        if (synced?.valueDateTime !== undefined) times.add(synced.valueDateTime);
      }
      asOf.push([...times]);
      pages += 1;
      next = bundle.link?.find((link) => link.relation === 'next')?.url;
    }
    return { ids, versions, asOf, issues, pages };
  }

  /** The sort keys that a type takes: told by what it accepts, since no CapabilityStatement says it. */
  async function sortsOf(type: string): Promise<string[]> {
    const params = statement.rest?.[0]?.resource?.find((row) => row.type === type)?.searchParam ?? [];
    const answers = await Promise.all(
      params.map(async ({ name }) =>
        (await open.fetch(`${type}?_sort=${name}&_count=1`)).status === 200 ? [name] : [],
      ),
    );
    return answers.flat();
  }

  /** What narrows a large type, so that small pages come to an end. */
  const criteria: Readonly<Record<string, string>> = {
    Observation: 'code=2345-7&',
    MedicationDispense: 'status=completed&',
    ...(isFull ? {} : { DiagnosticReport: 'date=ge2026-06&', Specimen: 'type=UR&', Provenance: 'recorded=ge2000&' }),
  };

  /** How a type is asked, by its sort keys; in the long proofs, and where rows are added, in both directions of each. */
  async function ordersOf(type: string, isWhole = isFull || type in additions): Promise<readonly string[]> {
    const sorts = await sortsOf(type);
    return [
      '',
      ...sorts.flatMap((code, at) => {
        const both = [`_sort=${code}&`, `_sort=-${code}&`];
        return isWhole ? both : both.slice(at % 2, (at % 2) + 1);
      }),
    ];
  }

  /**
   * Asks in each order for one page of all and for small pages: what the one has, the small ones have once. Gives how much was visited
   * that was only added between them.
   */
  async function expectEachOnce(type: string, criterion: string, add?: () => Promise<void>): Promise<number> {
    let added = 0;
    for (const [at, order] of (await ordersOf(type)).entries()) {
      const query = `${type}?${criterion}${order}`;
      const before = await run(open, `${query}_count=500`);
      expect(new Set(before.ids).size).toBe(before.ids.length);
      const count = Math.max(2, Math.ceil((before.ids.length + before.issues) / (8 + (at % 5))));
      const paged = await run(open, `${query}_count=${count}`, async (page) => {
        if (page <= 4) await add?.();
      });
      expect(paged.pages).toBeGreaterThan(3);
      const seen = new Set(paged.ids);
      expect({ query, twice: paged.ids.length - seen.size }).toEqual({ query, twice: 0 });
      expect({ query, missed: before.ids.filter((id) => !seen.has(id)) }).toEqual({ query, missed: [] });
      expect({ query, damaged: paged.issues }).toEqual({ query, damaged: before.issues });
      added += seen.size - before.ids.length;
    }
    const total = (await (await open.fetch(`${type}?_summary=count`)).json()) as Bundle;
    const whole = await run(open, `${type}?_count=500`);
    expect(whole.ids.length + whole.issues).toBe(total.total);
    return added;
  }

  const [growing, others] = [true, false].map((grows) => databaseTypes.filter((type) => type in additions === grows));
  const searches = [
    ...growing!.map((type) => [type, criteria[type] ?? ''] as const),
    // Each row of these is several resources.
    ['Observation', isFull ? 'code=8867-4,9279-1&' : 'category=vital-signs&'],
    // What is asked for stands in one of several rows.
    ['MedicationRequest', 'status=active&'],
    ['Medication', 'status=active&'],
  ] as const;

  it.each(searches.map(([type, criterion]) => [`${type}?${criterion}`.slice(0, -1), type, criterion] as const))(
    'visits every %s exactly once, in each order, while rows are added',
    async (_, type, criterion) => {
      // A Medication has nothing to be sorted by.
      if (type !== 'Medication') expect((await ordersOf(type)).length).toBeGreaterThan(1);
      const added = await expectEachOnce(type, criterion, async () => {
        turns += 1;
        for (const [kind, sql] of additions[type]!(turns))
          expect((await scratch.sql(kind, sql)).rowCount).toBeGreaterThan(0);
      });
      expect(added).toBeGreaterThan(0);
    },
    300_000,
  );

  it.each(others!)(
    'visits every %s exactly once, sorted by each of its keys, while nothing changes',
    async (type) => {
      expect(await expectEachOnce(type, criteria[type] ?? '')).toBe(0);
    },
    300_000,
  );

  // There is a Provenance of everything: a walk past all of them has its turn in the long proofs.
  it.each(fileTypes.filter((type) => isFull || type !== 'Provenance'))(
    'visits every %s that two deliveries hold alike exactly once, in each order, when the second takes the place of the first',
    async (type) => {
      const isOfDatabasesToo = databaseTypes.includes(type);
      const orders = await ordersOf(type, isFull);
      if (!isOfDatabasesToo) expect(orders.length).toBeGreaterThan(1);
      let changed = 0;
      for (const order of orders) {
        const query = `${type}?${order}`;
        const before = await run(open, `${query}_count=500`);
        const size = before.ids.length + before.issues;
        const first = nights.at(-1) ?? '';
        const paged = await run(open, `${query}_count=${Math.ceil(size / 8)}`, async (turn) => {
          if (turn === 4) await nextNight();
        });
        const after = await run(open, `${query}_count=500`);
        const [earlier, later] = [new Set(before.versions), new Set(after.versions)];
        const seen = paged.versions.filter((one) => earlier.has(one) && later.has(one));
        expect({ query, twice: seen.length - new Set(seen).size }).toEqual({ query, twice: 0 });
        const missed = before.versions.filter((one) => later.has(one) && !seen.includes(one));
        expect({ query, missed }).toEqual({ query, missed: [] });
        // What differs is seen as one of them tells it: at its new place, at its old one, at both or at neither.
        const invented = paged.versions.filter((one) => !earlier.has(one) && !later.has(one));
        expect({ query, invented }).toEqual({ query, invented: [] });
        // Keys stay where they are.
        if (order === '') expect(new Set(paged.ids).size).toBe(paged.ids.length);
        // Each page says of which night it is.
        const told = paged.asOf.map((times, page) =>
          times.filter((time) => time !== (page < 4 ? first : nights.at(-1))),
        );
        expect({ query, told: told.flat(), isPaged: paged.pages > 5 }).toEqual({ query, told: [], isPaged: true });
        if (!isOfDatabasesToo) expect(new Set(paged.asOf.flat()).size).toBe(2);
        changed += new Set([...before.versions, ...after.versions]).size - seen.length;
      }
      // Radiology's patients are the same people for weeks.
      if (!isOfDatabasesToo) expect(changed).toBeGreaterThan(0);
    },
    300_000,
  );

  it('visits the same in the smallest pages as in one page, from values over to rows without a value', async () => {
    for (const [query, count] of [
      ['Organization?_sort=name&', 1],
      ['Organization?_sort=-name&', 1],
      [`Observation?patient=${own.id}&_sort=date&`, isFull ? 1 : 4],
    ] as const) {
      const whole = await run(open, `${query}_count=500`);
      expect((await run(open, `${query}_count=${count}`)).ids).toEqual(whole.ids);
      const size = whole.ids.length + whole.issues;
      expect({ query, size, pages: (await run(open, `${query}_count=${size}`)).pages }).toEqual({
        query,
        size,
        pages: Math.ceil(size / 500),
      });
    }
  });

  it('visits one patient exactly once, in each order and under the access of the patient alone', async () => {
    const expected = new Set((await matchesOf(open, `Observation?patient=${own.id}&_count=500`)).map(({ id }) => id));
    for (const order of ['', '_sort=date&', '_sort=-date&', '_sort=-_id&', '_sort=code&']) {
      if ((await narrowed.fetch(`Observation?${order}_count=1`)).status !== 200) continue;
      const { ids } = await run(narrowed, `Observation?${order}_count=${isFull ? 3 : 11}`);
      expect({ order, ids: ids.toSorted() }).toEqual({ order, ids: [...expected].toSorted() });
    }
  });

  it.each(['Observation', 'MedicationDispense'])(
    'visits every %s of one patient exactly once, and nothing else, while rows of that patient and of others are added',
    async (type) => {
      const customer = (await matchesOf<Patient>(open, 'Patient?_count=500')).find(
        ({ identifier }) =>
          new Set(identifier?.map(({ system }) => system)).size > 1 &&
          identifier?.some(({ system }) => system?.endsWith('/sid/customer')) === true,
      ) as Patient & { readonly id: string };
      const server = await scratch.start({ clock, access: accessTo(customer.id, 'app two') });
      const ofPatient = additionsOf(customer);
      const patientOnly = `${type}?patient=${customer.id}&_count=500`;
      const orders = (await sortsOf(type)).flatMap((code) => [`_sort=${code}&`, `_sort=-${code}&`]);
      expect(orders.length).toBeGreaterThan(1);
      for (const order of ['', ...orders]) {
        const before = await run(server, `${type}?${order}_count=500`);
        expect(before.ids.length).toBeGreaterThan(4);
        const size = before.ids.length + before.issues;
        const paged = await run(server, `${type}?${order}_count=${Math.ceil(size / 6)}`, async (page) => {
          if (page > 4) return;
          // Of one turn, both would have the same keys, and those of others would be left out.
          turns += 2;
          for (const [kind, sql] of [...ofPatient(turns - 1), ...additions[type]!(turns)]) await scratch.sql(kind, sql);
        });
        const seen = new Set(paged.ids);
        const own = new Set((await matchesOf(open, patientOnly)).map(({ id }) => id ?? ''));
        expect({ order, isMore: own.size > before.ids.length, isPaged: paged.pages > 4 }).toEqual({
          order,
          isMore: true,
          isPaged: true,
        });
        expect({ order, twice: paged.ids.length - seen.size }).toEqual({ order, twice: 0 });
        expect({ order, missed: before.ids.filter((id) => !seen.has(id)) }).toEqual({ order, missed: [] });
        expect({ order, others: paged.ids.filter((id) => !own.has(id)) }).toEqual({ order, others: [] });
      }
    },
    300_000,
  );

  describe('tokens', () => {
    let next: string;
    beforeAll(async () => {
      const bundle = (await (await open.fetch('Observation?code=2345-7&_count=3')).json()) as Bundle;
      next = bundle.link?.find((link) => link.relation === 'next')?.url ?? '';
    });

    async function refused(server: ScratchServer, url: string, status = 400): Promise<void> {
      const response = await server.fetch(url);
      const outcome = (await response.json()) as OperationOutcome;
      const code = status === 410 ? 'expired' : 'value';
      expect({ url, status: response.status, outcome }).toMatchObject({
        url,
        status,
        outcome: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, location: ['http._page'] }] },
      });
    }
    const withToken = (token: string): string => `${open.base}/Observation?_page=${token}`;
    const tokenOf = (url: string): string => new URL(url).searchParams.get('_page') ?? '';

    it('tell nothing of the search, and answer the same as often as they are asked', async () => {
      expect(next).not.toMatch(/2345|code|_count|_sort/);
      expect(Buffer.from(tokenOf(next), 'base64url').toString('latin1')).not.toMatch(/2345|code/);
      const answers = await Promise.all(
        [1, 2].map(async () =>
          ((await (await open.fetch(next)).json()) as Bundle).entry?.map(({ fullUrl }) => fullUrl),
        ),
      );
      expect(answers[0]).toHaveLength(3);
      expect(answers[1]).toEqual(answers[0]);
    });

    it('are refused when they were changed, cut, lengthened or invented', async () => {
      const token = tokenOf(next);
      for (let at = 0; at < token.length; at += 7) {
        await refused(open, withToken(`${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`));
      }
      for (const wrong of [
        '',
        'A',
        'undefined',
        token.slice(1),
        token.slice(0, -1),
        token.slice(0, 40),
        `${token}A`,
        `${token}=`,
        `${token}.`,
        token.toUpperCase(),
        token + token,
        'A'.repeat(3000),
      ])
        await refused(open, withToken(wrong));
    });

    it('are refused with anything added, with another type, and for another caller', async () => {
      for (const more of ['&code=2345-7', '&_count=500', '&_page=x', '&patient=a', '&_sort=date'])
        await refused(open, `${next}${more}`);
      await refused(open, next.replace('/Observation?', '/Patient?'));
      await refused(open, next.replace('/Observation?', '/MedicationDispense?'));
      await refused(narrowed, next.replace(open.base, narrowed.base));
      expect((await open.fetch(`${next}&_format=json&_pretty=true`)).status).toBe(200);
    });

    it('open nothing for the same client under another access', async () => {
      const page = (await (await narrowed.fetch('Observation?_count=3')).json()) as Bundle;
      const token = tokenOf(page.link?.find((link) => link.relation === 'next')?.url ?? '');
      const other =
        (await matchesOf<Patient>(open, 'Patient?_count=500')).find(
          ({ id }) => id !== own.id && id?.startsWith('mp.') === true,
        )?.id ?? '';
      const sameClient = await scratch.start({ clock, access: accessTo(other, 'app one') });
      const response = await sameClient.fetch(`Observation?_page=${token}`);
      const bundle = (await response.json()) as Bundle;
      const subjects = (bundle.entry ?? []).map(({ resource }) =>
        resource?.resourceType === 'Observation' ? resource.subject?.reference : '',
      );
      expect(subjects.filter((subject) => subject !== `Patient/${other}`)).toEqual([]);
    });

    it('expire', async () => {
      aheadMs += 60 * minuteMs;
      expect((await open.fetch(next)).status).toBe(200);
      aheadMs += 1;
      await refused(open, next, 410);
    });
  });
});
