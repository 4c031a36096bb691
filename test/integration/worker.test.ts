import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Encounter, Patient } from '@medplum/fhirtypes';
import { createHash } from 'node:crypto';
import type { FeedMapping } from '../../src/contracts/index.ts';
import { systemClock, type NamedEvent } from '../../src/core/index.ts';
import { createWorker, thingId, type Worker } from '../../src/feeds/index.ts';
import { standard } from '../../src/mappings/hl7v2/index.ts';
import type { StoreConnection } from '../../src/store/database.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { errorsOf } from '../support/base-validity.ts';
import feed from '../support/feeds/interface-engine/index.ts';
import { query, storeServers } from '../support/store-servers.ts';

const MRN = 'https://meridian.example/mrn';
const VISIT = 'https://meridian.example/authority/VISIT';
const patientId = (value: string): string => thingId({ type: 'Patient', system: MRN, value });
const stayId = (value: string): string => thingId({ type: 'Encounter', system: VISIT, value });

/** An ADT message of a patient, recorded at a time, of a stay. */
function adtOf(trigger: string, at: string, mrn: string, visit = '', name = 'DOE'): string {
  const lines = [
    `MSH|^~\\&|ADT|MAIN|F|H|${at}||ADT^${trigger}|${trigger}-${at}-${mrn}|P|2.5.1`,
    `EVN|${trigger}|${at}`,
    `PID|1||${mrn}^^^MERIDIAN^MR||${name}^JOHN`,
    ...(visit === '' ? [] : [`PV1|1|I|||||||||||||||||${visit}^^^VISIT`]),
  ];
  return lines.join('\r');
}

for (const server of storeServers('worker')) {
  (server.isThere ? describe : describe.skip)(`the worker of feeds on ${server.title}`, () => {
    let connection: StoreConnection;
    let store: Store;
    let events: NamedEvent[];

    beforeAll(async () => {
      await server.open();
      connection = await server.create('main');
      store = await openStore({ connection, poolMax: 6, clock: systemClock, emit: () => undefined });
    });
    afterAll(async () => {
      await store.close();
      await server.close();
    });
    beforeEach(async () => {
      events = [];
      await query(connection, 'truncate fascia.resource_version, fascia.thing, fascia.inbox restart identity');
    });

    const workerOf = (mappings: readonly FeedMapping[] = [standard], batchMax?: number): Worker =>
      createWorker({
        ...{ ingest: (work) => store.inbox.ingest(work), feeds: [feed], mappings },
        emit: (event) => void events.push(event),
        ...(batchMax === undefined ? {} : { batchMax }),
      });

    async function queue(...texts: readonly string[]): Promise<void> {
      await store.inbox.keep(
        texts.map((text) => ({
          ...{ feed: feed.id, sender: 'ADT|MAIN', controlId: text.slice(0, 60), event: 'ADT', address: '::1' },
          ...{ identity: undefined, encoding: 'utf-8', flaws: [], body: Buffer.from(text) },
          ...{
            digest: createHash('sha256').update(text).digest(),
            receivedAtMs: Date.parse('2026-04-01'),
            state: 'queued' as const,
          },
          ...{ reason: undefined, answer: undefined, conflictAnswer: undefined },
        })),
      );
    }

    async function drained(worker = workerOf()): Promise<void> {
      while ((await worker.work()) > 0);
    }

    /** The newest text of each resource, by its id. */
    async function newest(): Promise<ReadonlyMap<string, Patient | Encounter>> {
      const rows = (await query(
        connection,
        'select distinct on (id) id, body from fascia.resource_version order by id, version desc',
      )) as [string, string][];
      return new Map(rows.map(([id, body]) => [id, JSON.parse(body) as Patient | Encounter]));
    }

    it('makes versions of resources, and says which message made them', async () => {
      await queue(adtOf('A01', '20260301', 'M7', 'V1'));
      await drained();
      await queue(adtOf('A03', '20260302', 'M7', 'V1'));
      await drained();
      const made = await newest();
      expect(made.get(stayId('V1'))).toMatchObject({
        ...{ resourceType: 'Encounter', status: 'finished', period: { start: '2026-03-01', end: '2026-03-02' } },
        subject: { reference: `Patient/${patientId('M7')}` },
      });
      for (const resource of made.values()) expect(await errorsOf(resource)).toEqual([]);
      const versions = await query(
        connection,
        'select type, version, message from fascia.resource_version order by 1, 2',
      );
      // The second message says nothing new of the patient.
      expect(versions).toEqual([
        ['Encounter', 1, '1'],
        ['Encounter', 2, '2'],
        ['Patient', 1, '1'],
      ]);
      expect((await store.inbox.madeBy('2')).map(({ type, version }) => [type, version])).toEqual([['Encounter', 2]]);
      expect((await store.inbox.list({}, 5)).map(({ state }) => state)).toEqual(['mapped', 'mapped']);
    });

    it('makes of late and repeated messages what it makes of those in order', async () => {
      const told = [
        adtOf('A01', '20260301', 'M7', 'V1'),
        adtOf('A08', '20260302', 'M7', 'V1', 'ROE'),
        adtOf('A03', '20260303', 'M7', 'V1', 'POE'),
        adtOf('A13', '20260304', 'M7', 'V1', 'POE'),
      ];
      await queue(...told);
      await drained();
      const inOrder = await newest();
      await query(connection, 'truncate fascia.resource_version, fascia.thing, fascia.inbox');
      for (const text of [...told.toReversed(), ...told]) {
        await queue(text);
        await drained();
      }
      expect(await newest()).toEqual(inOrder);
      expect(inOrder.get(stayId('V1'))).toMatchObject({ status: 'in-progress' });
      expect(inOrder.get(patientId('M7'))).toMatchObject({ name: [{ family: 'POE' }] });
    });

    it('is any number of workers, none of which loses what another wrote', async () => {
      const days = Array.from({ length: 27 }, (_, at) => String(at + 1).padStart(2, '0'));
      // All of one patient, so that every two workers want the same row.
      await queue(
        ...days.flatMap((day) => [
          adtOf('A08', `202603${day}`, 'M7', '', `N${day}`),
          adtOf('A01', `202603${day}`, 'M7', `V${day}`),
        ]),
      );
      const workers = Array.from({ length: 5 }, () => workerOf([standard], 3));
      await Promise.all(workers.map(drained));
      const made = await newest();
      expect([...made.values()].filter(({ resourceType }) => resourceType === 'Encounter')).toHaveLength(27);
      expect(made.get(patientId('M7'))).toMatchObject({ name: [{ family: 'N27' }] });
      expect(await query(connection, `select count(*) from fascia.inbox where state = 'mapped'`)).toEqual([['54']]);
      const gaps = await query(
        connection,
        'select id from fascia.resource_version group by id having max(version) <> count(*)',
      );
      expect(gaps).toEqual([]);
    });

    it('sets aside what it cannot use, and maps the others', async () => {
      await queue(
        adtOf('A01', '20260301', 'M7', 'V1').replace('PID', 'ZZZ'),
        adtOf('A01', '20260301', 'M8', 'V8').replace('ADT^A01', 'QBP^Q11'),
        adtOf('A01', '20260301', 'M9', 'V9'),
      );
      await drained();
      expect((await store.inbox.list({}, 5)).map(({ state, reason }) => [state, reason])).toEqual([
        ['mapped', undefined],
        ['filtered', 'event-not-mapped'],
        ['quarantined', 'patient-missing'],
      ]);
      expect(events).toContainEqual({ event: 'message.set-aside', feed: feed.id, reason: 'patient-missing' });
    });

    it('quarantines a message on which a mapping fails, tells where, and holds no other back', async () => {
      const failing: FeedMapping = {
        ...standard,
        read: (message, reading) => {
          if (JSON.stringify(message.segments[2]?.field(3)).includes('M8')) throw new TypeError('of M8');
          return standard.read(message, reading);
        },
      };
      await queue(adtOf('A01', '20260301', 'M8', 'V8'), adtOf('A01', '20260301', 'M7', 'V7'));
      await drained(workerOf([failing]));
      expect((await store.inbox.list({}, 5)).map(({ reason }) => reason)).toEqual([undefined, 'mapping-failed']);
      const defect = events.find(({ event }) => event === 'message.defect');
      expect(JSON.stringify(defect)).toMatch(/worker\.test\.ts/);
      expect(JSON.stringify(defect)).not.toMatch(/M8/);
      const [id = ''] = (await store.inbox.list({ reason: 'mapping-failed' }, 1)).map((one) => one.id);
      await store.inbox.retry([id], []);
      await drained();
      expect((await newest()).has(stayId('V8'))).toBe(true);
    });

    it('does nothing by halves: a transaction that fails leaves its messages to the next', async () => {
      await queue(adtOf('A01', '20260301', 'M7', 'V1'));
      const failing = createWorker({
        ingest: (work) =>
          store.inbox.ingest(async (ingest) => {
            await work(ingest);
            throw new Error('killed before the commit');
          }),
        ...{ feeds: [feed], mappings: [standard], emit: () => undefined },
      });
      await expect(failing.work()).rejects.toMatchObject({ code: 'store.unavailable' });
      expect((await newest()).size).toBe(0);
      await drained();
      expect((await newest()).size).toBe(2);
    });

    it('maps the others where one of them fails in the store, and sets that one aside', async () => {
      const failing: FeedMapping = {
        ...standard,
        render: (thing, ...more) => {
          if (thing.key.value === 'M8') throw new RangeError('too long');
          return standard.render(thing, ...more);
        },
      };
      await queue(...['M6', 'M7', 'M8', 'M9'].map((mrn) => adtOf('A08', '20260301', mrn)));
      await drained(workerOf([failing]));
      expect((await store.inbox.list({}, 5)).map(({ state, reason }) => reason ?? state)).toEqual([
        ...['mapped', 'mapping-failed', 'mapped', 'mapped'],
      ]);
      expect(events).toContainEqual({ event: 'message.defect', feed: feed.id, place: 'RangeError' });
    });

    it('waits for a store that fails for a reason of its own, and sets nothing aside', async () => {
      await queue(adtOf('A08', '20260301', 'M7'));
      const full = createWorker({
        ingest: (work) =>
          store.inbox.ingest(async (ingest) => {
            await work(ingest);
            throw Object.assign(new Error('disk full'), { code: '53100' });
          }),
        ...{ feeds: [feed], mappings: [standard], emit: () => undefined },
      });
      for (let at = 0; at < 3; at += 1) await expect(full.work()).rejects.toBeDefined();
      expect((await store.inbox.list({}, 5)).map(({ state }) => state)).toEqual(['queued']);
    });

    it('leaves messages of feeds that it does not have to those that do', async () => {
      await queue(adtOf('A08', '20260301', 'M7'));
      const other = createWorker({
        ...{ ingest: (work) => store.inbox.ingest(work), feeds: [{ ...feed, id: 'another' }], mappings: [standard] },
        emit: () => undefined,
      });
      expect(await other.work()).toBe(0);
    });

    it('sets aside what a sender says that the future said', async () => {
      await queue(adtOf('A08', '20990101', 'M7'), adtOf('A08', '20260401', 'M8'));
      await drained();
      expect((await store.inbox.list({}, 5)).map(({ reason }) => reason)).toEqual([undefined, 'time-ahead']);
    });

    it('takes no more bytes at once than it should, and one message in any case', async () => {
      await queue(
        ...['M7', 'M8', 'M9'].map((mrn) => `${adtOf('A08', '20260301', mrn)}\rNTE|1||${'x'.repeat(4_500_000)}`),
      );
      expect(await workerOf().work()).toBe(1);
      await drained();
      expect((await newest()).size).toBe(3);
    });

    it('maps a message of thousands of results', async () => {
      const results = Array.from({ length: 5_000 }, (_, at) => `OBX|${at}|NM|C${at}^Code||${at}||||||F`);
      await queue(
        [adtOf('A08', '20260301', 'M7').replace('ADT^A08', 'ORU^R01'), 'OBR|1||F1^LAB|P', ...results].join('\r'),
      );
      await drained();
      expect((await newest()).size).toBe(5_002);
    });

    it('takes numbers that no index could hold', async () => {
      await queue(adtOf('A01', '20260301', 'M'.repeat(20_000), 'V1'));
      await drained();
      expect((await newest()).size).toBe(2);
    });
  });
}
