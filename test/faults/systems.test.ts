import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Appointment, CapabilityStatement, Observation, OperationOutcome, Patient } from '@medplum/fhirtypes';
import { statSync, truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { showStatus } from '../../src/cli/status.ts';
import { fixedClock, type Clock, type NamedEvent } from '../../src/core/index.ts';
import { testClock } from '../support/demo-home.ts';
import { matchesOf } from '../support/patients.ts';
import { openScratch, type Scratch, type ScratchKind, type ScratchServer } from '../support/scratch.ts';

const statementTimeoutMs = 700;
/** How long after its timeout an answer may take: the grace of a silent system, and a machine that is busy. */
const allowanceMs = 5_000;
const RETRY_AFTER_MS = 5_000;

/** What no caller may learn: SQL, and the names of tables and columns. */
const inner =
  /PATMAST|PATADDR|LABRSLT|customer_|person_member|audit_record|fascia\.|EMAIL|SEX_CD|\bselect\b|\bfrom "|relation|column|syntax|127\.0\.0\.1|ECONN/i;

interface Failed {
  readonly status: number;
  readonly outcome: OperationOutcome;
  readonly ms: number;
  readonly retryAfter: string | null;
}

describe('a legacy system that fails', () => {
  let scratch: Scratch;
  let server: ScratchServer;
  const events: NamedEvent[] = [];
  let aheadMs = 0;
  const clock: Clock = { nowMs: () => testClock.nowMs() + aheadMs };

  beforeAll(async () => {
    scratch = await openScratch();
    server = await scratch.start({
      clock,
      emit: (event) => events.push(event),
      system: { statementTimeoutMs, connectTimeoutMs: 1_000, poolMax: 3 },
    });
  });
  afterAll(() => scratch.drop());
  beforeEach(() => {
    events.length = 0;
  });

  async function fail(path: string, asked = server): Promise<Failed> {
    const began = performance.now();
    const response = await asked.fetch(path);
    const text = await response.text();
    expect(text).not.toMatch(inner);
    const outcome = JSON.parse(text) as OperationOutcome;
    expect({ path, type: outcome.resourceType, severity: outcome.issue[0]?.severity }).toEqual({
      path,
      type: 'OperationOutcome',
      severity: 'error',
    });
    const ms = performance.now() - began;
    return { status: response.status, outcome, ms, retryAfter: response.headers.get('retry-after') };
  }

  const codeOf = ({ outcome }: Failed): string | undefined => outcome.issue[0]?.details?.coding?.[0]?.code;
  const circuits = (): string[] =>
    events.flatMap((one) => (one.event === 'system.circuit' ? [`${one.system} ${one.state}`] : []));
  const statusOf = async (path: string): Promise<number> => (await server.fetch(path)).status;
  /** What is whole must be served whatever fails. */
  const othersAnswer = async (): Promise<void> => {
    for (const path of ['MedicationDispense?_count=2', 'Appointment?_count=2', 'ImagingStudy?_count=2'])
      expect({ path, status: await statusOf(path) }).toEqual({ path, status: 200 });
  };
  /** What `/readyz` says of one system. */
  const readinessOf = async (system: string, asked = server): Promise<string | undefined> => {
    const answer = await fetch(`${asked.running.url}/readyz`);
    return ((await answer.json()) as { systems: Record<string, string> }).systems[system];
  };
  /** What `fascia status` prints of one system, and its exit code. */
  const printedOf = async (system: string, asked = server): Promise<{ code: number; lines: readonly string[] }> => {
    const { hostname, port } = new URL(asked.running.url);
    let text = '';
    const code = await showStatus({ host: hostname, port: Number(port), json: false, print: (all) => (text = all) });
    const lines = text.split('\n\n').find((part) => part.startsWith(`${system} `));
    return { code, lines: lines?.split('\n') ?? [] };
  };
  const look = (): Promise<void> => server.running.installation.expectations.look(new AbortController().signal);
  const documentationOf = async (type: string): Promise<string | undefined> => {
    const statement = (await (await server.fetch('metadata')).json()) as CapabilityStatement;
    return statement.rest?.[0]?.resource?.find((one) => one.type === type)?.documentation;
  };
  async function locked(
    table: string,
    work: (session: Client) => Promise<void>,
    kind: ScratchKind = 'ehr',
  ): Promise<void> {
    const session = await scratch.session(kind);
    try {
      await session.query(`begin; lock table ${table} in access exclusive mode`);
      await work(session);
    } finally {
      await session.end();
    }
  }

  it('slow: 504 within its timeout, the rest is served, and it answers as soon as it can', async () => {
    await locked('"PATMAST"', async () => {
      for (const path of ['Patient?_count=5', 'Observation?_count=5&patient.name=a']) {
        const failed = await fail(path);
        expect({ status: failed.status, code: codeOf(failed) }).toEqual({ status: 504, code: 'system.timeout' });
        expect(failed.ms).toBeLessThan(statementTimeoutMs + allowanceMs);
      }
      await othersAnswer();
      expect(await statusOf('Practitioner?_count=2')).toBe(200);
    });
    expect(await statusOf('Patient?_count=5')).toBe(200);
    expect(events).toContainEqual({
      event: 'system.failed',
      system: 'meridian-ehr',
      fault: 'system.timeout',
      reason: '57014',
      ms: expect.any(Number),
    });
  });

  it('silent: 504 although nothing comes back at all', async () => {
    scratch.proxies.ehr.silence();
    const failed = await fail('Practitioner?_count=2');
    expect({ status: failed.status, code: codeOf(failed) }).toEqual({ status: 504, code: 'system.timeout' });
    expect(failed.ms).toBeLessThan(statementTimeoutMs + allowanceMs);
    await othersAnswer();
    await scratch.proxies.ehr.mend();
    expect(await statusOf('Practitioner?_count=2')).toBe(200);
  });

  it('refuses connections: 503, a circuit that opens, says when to come back, and closes without a restart', async () => {
    await scratch.proxies.ehr.refuse();
    for (let failures = 0; failures < 5; failures++) {
      const failed = await fail('Observation?_count=2');
      expect({ status: failed.status, code: codeOf(failed) }).toEqual({ status: 503, code: 'system.unavailable' });
    }
    expect(circuits()).toEqual(['meridian-ehr open']);
    const spared = await fail('Observation?_count=2');
    expect({ status: spared.status, retryAfter: spared.retryAfter }).toEqual({ status: 503, retryAfter: '5' });
    await othersAnswer();
    const ready = await fetch(`${server.running.url}/readyz`);
    expect({ status: ready.status, body: await ready.json() }).toMatchObject({
      status: 200,
      body: {
        systems: {
          'meridian-ehr': 'circuit open',
          'meridian-pharmacy': 'circuit closed',
          'meridian-radiology': 'circuit closed, files of 2026-11-20',
        },
      },
    });
    aheadMs += RETRY_AFTER_MS;
    expect((await fail('Observation?_count=2')).status).toBe(503);
    expect(circuits()).toEqual(['meridian-ehr open', 'meridian-ehr half-open', 'meridian-ehr open']);
    await scratch.proxies.ehr.mend();
    expect((await fail('Observation?_count=2')).status).toBe(503);
    aheadMs += RETRY_AFTER_MS;
    expect(await statusOf('Observation?_count=2')).toBe(200);
    expect(circuits().slice(3)).toEqual(['meridian-ehr half-open', 'meridian-ehr closed']);
    expect(await statusOf('Patient?_count=2')).toBe(200);
  });

  it('dies in the middle of a statement: 503, and the next request is answered', async () => {
    await locked('"LABRSLT"', async (session) => {
      const asked = fail('Observation?_count=2');
      const waiting = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await session.query(waiting)).rowCount === 0);
      const failed = await asked;
      expect({ status: failed.status, code: codeOf(failed) }).toEqual({ status: 503, code: 'system.unavailable' });
    });
    expect(await statusOf('Observation?_count=2')).toBe(200);
  });

  it('breaks off the connection in the middle of a statement: 503, and the next request is answered', async () => {
    await locked('"LABRSLT"', async (session) => {
      const asked = fail('Observation?_count=2');
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await session.query(waiting)).rowCount === 0);
      await scratch.proxies.ehr.mend();
      expect((await asked).status).toBe(503);
    });
    expect(await statusOf('Observation?_count=2')).toBe(200);
  });

  it('lost a column: 502 for what needs it, and everything else is served', async () => {
    // Often enough that the statement is prepared by name.
    for (let often = 0; often < 8; often++) expect(await statusOf('Patient?_count=3')).toBe(200);
    await scratch.sql('ehr', 'alter table "PATMAST" rename "SEX_CD" to "SEX"');
    for (const path of ['Patient?_count=3', 'Patient?gender=male', 'Patient?_count=3&_elements=gender']) {
      const failed = await fail(path);
      expect({ path, status: failed.status, code: codeOf(failed) }).toEqual({
        path,
        status: 502,
        code: 'system.failed',
      });
    }
    expect(await statusOf('Patient?_count=3&_elements=birthDate')).toBe(200);
    expect(await statusOf('Observation?_count=3')).toBe(200);
    await othersAnswer();
    expect(circuits()).toEqual([]);
  });

  it('is seen to lack a column: 503 for its type, also through others, until the next look after it is back', async () => {
    const [lab] = await matchesOf<Observation>(server, 'Observation?date=ge2026-11-15&_count=500');
    await look();
    expect(events).toContainEqual({
      event: 'system.drifted',
      system: 'meridian-ehr',
      closed: ['Patient', 'Provenance'],
      without: [],
    });
    const patient = lab?.subject?.reference ?? '';
    for (const path of [
      'Patient?_count=3',
      'Patient?_summary=count',
      'Patient?_count=3&_elements=birthDate',
      'Patient?_has:MedicationDispense:patient:status=completed',
      'Observation?patient.name=a',
      'MedicationDispense?_include=MedicationDispense:patient',
      'Practitioner?_revinclude=Patient:general-practitioner',
      patient,
    ]) {
      const failed = await fail(path);
      expect({ path, status: failed.status, code: codeOf(failed), retryAfter: failed.retryAfter }).toEqual({
        path,
        status: 503,
        code: 'system.drifted',
        retryAfter: '300',
      });
    }
    // What is known of a patient by its key alone needs no column that is lost.
    expect(await statusOf(`Observation?patient=${patient}`)).toBe(200);
    expect(await statusOf('Practitioner?_count=3')).toBe(200);
    await othersAnswer();
    expect(await (await fetch(`${server.running.url}/readyz`)).json()).toMatchObject({
      systems: { 'meridian-ehr': 'circuit closed; closed: Patient, Provenance', 'meridian-pharmacy': 'circuit closed' },
    });
    expect(await documentationOf('Patient')).toMatch(/meridian-ehr lacks what this type needs/);
    const lack = 'Its tables lack what Patient, Provenance cannot do without: what needs them is refused with 503.';
    const printed = await printedOf('meridian-ehr');
    expect(printed).toEqual({ code: 2, lines: expect.arrayContaining([`  ! ${lack}`]) });
    await scratch.sql('ehr', 'alter table "PATMAST" rename "SEX" to "SEX_CD"');
    expect(await statusOf('Patient?_count=3')).toBe(503);
    await look();
    expect(events).toContainEqual({ event: 'system.restored', system: 'meridian-ehr' });
    expect(await statusOf('Patient?_count=3')).toBe(200);
    expect(await documentationOf('Patient')).not.toMatch(/At the moment/);
  });

  it('changed the kind of a column: as if it were lost', async () => {
    await scratch.sql(
      'ehr',
      'alter table "LABRSLT" rename "ABN_FLG" to "FLAG"; alter table "LABRSLT" add "ABN_FLG" integer',
    );
    await look();
    expect((await fail('Observation?_count=3')).status).toBe(503);
    expect(await statusOf('Patient?_count=3')).toBe(200);
    await scratch.sql('ehr', 'alter table "LABRSLT" drop "ABN_FLG"; alter table "LABRSLT" rename "FLAG" to "ABN_FLG"');
    await look();
    expect(await statusOf('Observation?_count=3')).toBe(200);
  });

  it('lost an optional column: its elements and searches are turned off, and come back with it', async () => {
    await scratch.sql('ehr', 'alter table "PATMAST" rename "EMAIL" to "E_MAIL"');
    await look();
    const lack = { closed: [], without: ['Patient.telecom'] };
    expect(events).toContainEqual({ event: 'system.drifted', system: 'meridian-ehr', ...lack });
    expect(server.running.installation.expectations.of('meridian-ehr')).toMatchObject(lack);
    const found = await matchesOf<Patient>(server, 'Patient?_count=500');
    const systems = new Set(found.flatMap(({ telecom = [] }) => telecom.map(({ system }) => system)));
    expect(systems).toEqual(new Set(['phone']));
    expect(codeOf(await fail('Patient?telecom=a'))).toBe('search.unsupported-parameter');
    expect(await statusOf('Patient?email=a')).toBe(400);
    expect(await statusOf('Patient?phone=1')).toBe(200);
    expect(await documentationOf('Patient')).toMatch(/At the moment Patient.telecom is left out/);
    expect(await readinessOf('meridian-ehr')).toBe('circuit closed; without: Patient.telecom');
    const told = 'Its tables lack optional columns: Patient.telecom and the searches by them are turned off.';
    const printed = await printedOf('meridian-ehr');
    expect(printed).toEqual({ code: 2, lines: expect.arrayContaining([`  ! ${told}`]) });
    await scratch.sql('ehr', 'alter table "PATMAST" rename "E_MAIL" to "EMAIL"');
    await look();
    expect(await readinessOf('meridian-ehr')).toBe('circuit closed');
    expect((await printedOf('meridian-ehr')).code).toBe(0);
    expect(await statusOf('Patient?email=a')).toBe(200);
    expect(await documentationOf('Patient')).not.toMatch(/At the moment/);
  });

  it('holds codes that its module does not list: told in how many columns and rows, and nothing is closed by them', async () => {
    const set = async (table: string, key: string, column: string, code: string): Promise<void> => {
      const newest = `select max("${key}") from "${table}" join "PATMAST" using ("FAC_CD", "PT_NO") where "DEL_FLG" = 'N'`;
      const { rowCount } = await scratch.sql(
        'ehr',
        `update "${table}" set "${column}" = '${code}' where "${key}" = (${newest}) and "${column}" <> '${code}'`,
      );
      expect(rowCount).toBe(1);
      await look();
    };
    const lineOf = async (): Promise<readonly string[]> => {
      const { code, lines } = await printedOf('meridian-ehr');
      expect(code).toBe(0);
      return lines.filter((line) => line.includes('no code of its module'));
    };
    // The demo's own damage.
    await scratch.sql('ehr', `update "STAY" set "CLS_CD" = 'O' where "CLS_CD" = '?'`);
    await look();
    expect(await lineOf()).toEqual([]);
    await set('STAY', 'STAY_NO', 'CLS_CD', 'Q');
    expect(await lineOf()).toEqual([
      '  1 × no code of its module, in 1 columns of its newest rows: fascia check meridian-ehr',
    ]);
    await set('CONSNT', 'CON_NO', 'DEC_CD', 'Q');
    expect(await lineOf()).toEqual([
      '  2 × no code of its module, in 2 columns of its newest rows: fascia check meridian-ehr',
    ]);
    expect(await readinessOf('meridian-ehr')).toBe('circuit closed');
    for (const path of ['Encounter?_count=500', 'Consent?_count=500']) expect(await statusOf(path)).toBe(200);
    await set('STAY', 'STAY_NO', 'CLS_CD', 'I');
    await set('CONSNT', 'CON_NO', 'DEC_CD', 'Y');
    expect(await lineOf()).toEqual([]);
    expect(events.filter(({ event }) => event === 'codes.undeclared')).toEqual(
      [0, 1, 2, 1, 0].map((n) => ({ event: 'codes.undeclared', system: 'meridian-ehr', places: n, values: n })),
    );
  });

  it('lost a table: 502 for what needs it, 503 once that is seen', async () => {
    await scratch.sql('ehr', 'alter table "PATADDR" rename to "PATADDR_OLD"');
    expect((await fail('Patient?_count=3')).status).toBe(502);
    await look();
    expect((await fail('Patient?_count=3')).status).toBe(503);
    expect(await statusOf('Observation?_count=3')).toBe(200);
    await scratch.sql('ehr', 'alter table "PATADDR_OLD" rename to "PATADDR"');
    await look();
    expect(await statusOf('Patient?_count=3')).toBe(200);
  });

  it('holds values that no mapping foresees: a warning of the page, never a failure', async () => {
    const changed = `update "LABRSLT" set "DRAW_DT" = 20269999, "STAT_CD" = chr(127), "RSLT_TXT" = e'\\u0001\\u2028'
      where "RSLT_SEQ" = (select max("RSLT_SEQ") from "LABRSLT" where "SUPR_FLG" is distinct from 'Y' and "STAT_CD" = 'F')
      returning "RSLT_SEQ"`;
    const { rows } = (await scratch.sql('ehr', changed)) as { rows: { RSLT_SEQ: string }[] };
    const id = `ml.${rows[0]?.RSLT_SEQ ?? ''}`;
    const read = await fail(`Observation/${id}`);
    expect({ status: read.status, code: codeOf(read) }).toEqual({ status: 502, code: 'read.damaged' });
    const page = await (await server.fetch(`Observation?_id=${id}&_total=accurate`)).json();
    expect(page).toMatchObject({
      total: 1,
      entry: [{ resource: { issue: [{ severity: 'warning' }] }, search: { mode: 'outcome' } }],
    });
  });

  it('is out of order at the start: the server starts, serves the rest, and recovers', async () => {
    await scratch.proxies.ehr.refuse();
    const second = await scratch.start({ clock, system: { statementTimeoutMs, connectTimeoutMs: 1_000 } });
    expect((await second.fetch('MedicationDispense?_count=2')).status).toBe(200);
    expect((await second.fetch('Observation?_count=2')).status).toBe(503);
    await scratch.proxies.ehr.mend();
    aheadMs += RETRY_AFTER_MS;
    expect((await second.fetch('Observation?_count=2')).status).toBe(200);
    await second.stop();
  });

  it('was never read for links: nobody is answered in part, and everybody once it is', async () => {
    await scratch.sql('store', 'update fascia.link_state set as_of_ms = null');
    await scratch.proxies.pharmacy.refuse();
    const first = await scratch.start({ clock, system: { statementTimeoutMs, connectTimeoutMs: 1_000 } });
    for (const path of ['Observation?_count=2', 'Patient?_count=2', 'MedicationDispense?_count=2']) {
      const failed = await fail(path, first);
      expect({ path, status: failed.status, code: codeOf(failed) }).toEqual({
        path,
        status: 503,
        code: 'persons.not-linked',
      });
      expect(failed.retryAfter).toBe('15');
    }
    expect((await first.fetch('metadata')).status).toBe(200);
    expect((await fetch(first.base.replace('/fhir', '/readyz'))).status).toBe(503);
    await scratch.proxies.pharmacy.mend();
    aheadMs += RETRY_AFTER_MS;
    // The next turn of the schedule is a quarter of a minute away; what it does is the same.
    await first.running.installation.record.linkPersons(new AbortController().signal);
    expect((await first.fetch('Observation?_count=2')).status).toBe(200);
    expect((await fetch(first.base.replace('/fhir', '/readyz'))).status).toBe(200);
    await first.stop();
  });

  it('may not be asked for more than its ceiling: 403, what is cheap is served, and persons are linked', async () => {
    const own: NamedEvent[] = [];
    const spared = await scratch.start({ clock, emit: (event) => own.push(event), system: { costCeiling: 100 } });
    expect(own.map(({ event }) => event)).toContain('persons.linked');
    const [someone] = await matchesOf<Patient>(server, 'Patient?_count=500');
    const id = someone?.id ?? '';
    for (const path of [`Patient/${id}`, `Patient?_id=${id}&_total=accurate`])
      expect({ path, status: (await spared.fetch(path)).status }).toEqual({ path, status: 200 });
    for (const path of ['Observation?_total=accurate', 'Observation?value-quantity=gt1&_count=500']) {
      const failed = await fail(path, spared);
      expect({ path, status: failed.status, code: codeOf(failed) }).toEqual({
        path,
        status: 403,
        code: 'search.too-costly',
      });
    }
    const { rows } = await scratch.sql(
      'store',
      `select count(*)::int as n from fascia.audit_record where fault = 'search.too-costly' and action = 'refused'`,
    );
    expect(rows).toEqual([{ n: 2 }]);
    expect(own.some(({ event }) => event === 'system.failed' || event === 'system.circuit')).toBe(false);
    await spared.stop();
  });

  describe('radiology, of which the store holds what it delivered', () => {
    const failure = async (path: string, asked = server): Promise<object> => {
      const failed = await fail(path, asked);
      return { status: failed.status, code: codeOf(failed), retryAfter: failed.retryAfter };
    };

    it('slow to be read: 504 for what needs its tables, and the rest of it and of the store is served', async () => {
      await locked(
        'files_meridian_radiology.appointment',
        async () => {
          expect(await failure('Appointment?_count=2')).toMatchObject({ status: 504, code: 'system.timeout' });
          for (const path of ['ImagingStudy?_count=2', 'Patient?_count=500', 'Observation?_count=2'])
            expect({ path, status: await statusOf(path) }).toEqual({ path, status: 200 });
        },
        'store',
      );
      expect(await statusOf('Appointment?_count=2')).toBe(200);
    });

    it('late, and then wrong: what was loaded is served as of its night, and operators are told until it is mended', async () => {
      const { radiology } = scratch;
      radiology.deliver('2026-11-24');
      const torn = join(radiology.folder, 'RADAPPT_20261124.CSV');
      const { size, mtime } = statSync(torn);
      truncateSync(torn, size - 100);
      utimesSync(torn, mtime, mtime);
      const own: NamedEvent[] = [];
      const late = await scratch.start({ clock: fixedClock('2026-11-24T17:00:00Z'), emit: (event) => own.push(event) });
      const nightOf = async (asked: ScratchServer): Promise<string | undefined> => {
        const [appointment] = await matchesOf<Appointment>(asked, 'Appointment?_count=500');
        return appointment?.meta?.extension?.[0]?.valueDateTime;
      };
      expect(await nightOf(late)).toBe('2026-11-20');
      expect(own).toContainEqual({ event: 'files.overdue', system: 'meridian-radiology', asOf: '2026-11-20' });
      expect(await readinessOf('meridian-radiology', late)).toBe('circuit closed, files of 2026-11-20, overdue');
      expect(await printedOf('meridian-radiology', late)).toEqual({
        code: 2,
        lines: expect.arrayContaining([
          '  ! Its files are of 2026-11-20, which is older than promised.',
          expect.stringMatching(/^ {2}! Its newest delivery was refused, file\.incomplete: RADAPPT_20261124\.CSV: /),
        ]),
      });
      await late.stop();
      radiology.deliver('2026-11-25');
      const mended = await scratch.start({ clock: fixedClock('2026-11-25T17:00:00Z') });
      expect(await nightOf(mended)).toBe('2026-11-25');
      expect(await readinessOf('meridian-radiology', mended)).toBe('circuit closed, files of 2026-11-25');
      expect((await printedOf('meridian-radiology', mended)).code).toBe(0);
      await mended.stop();
    });

    it('never delivered: 503 for what needs it, never nothing found; everybody else is linked and served', async () => {
      const { radiology } = scratch;
      radiology.clear();
      await scratch.sql(
        'store',
        `drop schema files_meridian_radiology cascade; delete from fascia.file_delivery; update fascia.link_state set as_of_ms = null`,
      );
      const first = await scratch.start({ clock });
      for (const path of [
        'Appointment?_count=2',
        'ImagingStudy?_summary=count',
        'Patient?_count=2',
        'Patient?_has:Appointment:patient:status=booked',
        'Appointment/ra.A1',
      ])
        expect({ path, ...(await failure(path, first)) }).toEqual({
          path,
          status: 503,
          code: 'system.not-loaded',
          retryAfter: '60',
        });
      for (const path of [
        'Observation?_count=2',
        'Observation?_include=Observation:patient&_count=2',
        'MedicationDispense?_count=2',
      ])
        expect({ path, status: (await first.fetch(path)).status }).toEqual({ path, status: 200 });
      expect(await readinessOf('meridian-radiology', first)).toBe('circuit closed, no files loaded yet');
      expect(await printedOf('meridian-radiology', first)).toEqual({
        code: 2,
        lines: expect.arrayContaining(['  ! None of its deliveries is loaded yet: what needs it is refused with 503.']),
      });
      radiology.deliver();
      await radiology.load();
      expect((await first.fetch('Appointment?_count=2')).status).toBe(200);
      // The next turn of the schedule is a quarter of a minute away; what it does is the same.
      await first.running.installation.record.linkPersons(new AbortController().signal);
      const booked = await matchesOf<Appointment>(first, 'Appointment?_count=500');
      const known = booked.filter(
        ({ participant }) => participant[0]?.actor?.reference?.startsWith('Patient/mp.') === true,
      );
      expect(known.length).toBeGreaterThan(booked.length / 2);
      await first.stop();
    });
  });

  describe('our own store', () => {
    it('down: 503 and nothing is disclosed, then it answers again', async () => {
      await scratch.proxies.store.refuse();
      for (const path of [
        'Practitioner?_count=2',
        'Patient?_count=2',
        'Observation?_count=2',
        'Appointment?_count=2',
        'Practitioner/mq.1',
        'Nothing?x=1',
        'Patient?birthdate=x',
      ]) {
        const failed = await fail(path);
        expect({ path, status: failed.status }).toEqual({ path, status: 503 });
        expect(['audit.unavailable', 'store.unavailable']).toContain(codeOf(failed));
        expect(failed.retryAfter).not.toBeNull();
      }
      expect((await fetch(`${server.running.url}/readyz`)).status).toBe(503);
      expect((await fetch(`${server.running.url}/livez`)).status).toBe(200);
      await scratch.proxies.store.mend();
      expect(await statusOf('Patient?_count=2')).toBe(200);
      await othersAnswer();
      expect((await fetch(`${server.running.url}/readyz`)).status).toBe(200);
    });

    it('silent: 503 within its timeout, and nothing is disclosed', async () => {
      scratch.proxies.store.silence();
      const failed = await fail('Practitioner?_count=2');
      expect(failed.status).toBe(503);
      expect(failed.ms).toBeLessThan(5_000 + allowanceMs);
      await scratch.proxies.store.mend();
      expect(await statusOf('Practitioner?_count=2')).toBe(200);
    });

    it('takes no audit record: 503 and nothing is disclosed', async () => {
      await scratch.sql('store', 'alter table fascia.audit_record rename to audit_record_gone');
      const failed = await fail('Practitioner?_count=2');
      expect({ status: failed.status, code: codeOf(failed) }).toEqual({ status: 503, code: 'audit.unavailable' });
      expect(events.some((one) => one.event === 'audit.failed')).toBe(true);
      await scratch.sql('store', 'alter table fascia.audit_record_gone rename to audit_record');
      expect(await statusOf('Practitioner?_count=2')).toBe(200);
    });
  });
});
