import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import pg from 'pg';
import type { AuditRecord } from '../../src/contracts/index.ts';
import { systemClock } from '../../src/core/index.ts';
import { createSealer } from '../../src/security/index.ts';
import { startEmbedded } from '../../src/store/index.ts';
import { settingsOf } from '../child.ts';
import { DATABASES } from '../data/dataset.ts';
import { personOf, type LinkRow } from '../hand-written/person.ts';
import { parseHandRequest, patientId, type HandRequest } from '../hand-written/request.ts';
import { ADDRESSES, LABS, LINKS, PATIENT, RESULT, type HandStatement } from '../hand-written/statements.ts';
import { observationText, patientText, type HandResource, type TextRow } from '../hand-written/text.ts';
import { createBareAudit } from './bare-audit.ts';
import { serveMeasured, type AuditSwitch } from './measured.ts';

/** Comparison (a), the limit: what can be had at most with `node:http` and `pg`, written by hand for three operations. */

export interface LimitSettings {
  readonly home: string;
  /** Where the databases listen for TCP. */
  readonly address: string;
  /** The version of the mapping, which enters every versionId. */
  readonly version: string;
}

const { home, address, version } = settingsOf() as LimitSettings;
const identity = (text: string): string => text;
const untyped = { getTypeParser: () => identity } as unknown as pg.CustomTypesConfig;

const database = await startEmbedded({ home, clock: systemClock, emit: () => undefined });
const hospital = new pg.Pool({ ...database.connection(DATABASES.ehr), host: address, max: 10 });
const store = new pg.Pool({ ...database.connection(DATABASES.store), host: address, max: 10 });
const [secret] = (
  await store.query<{ value: string }>(`select value from fascia.setting where name = 'installation-secret'`)
).rows;
const sealer = createSealer(Buffer.from(secret?.value ?? '', 'base64'));
const auditing: AuditSwitch = { on: false };
const write = createBareAudit(store);
const audit = (record: () => AuditRecord): Promise<void> | undefined => (auditing.on ? write(record()) : undefined);

async function rows<R>(
  pool: pg.Pool,
  statement: HandStatement,
  values: unknown[],
  typed = false,
): Promise<readonly R[]> {
  const query: pg.QueryArrayConfig = { ...statement, values, rowMode: 'array', ...(typed ? {} : { types: untyped }) };
  return (await pool.query(query)).rows as unknown as readonly R[];
}

function links(facility: string, number: string): Promise<readonly LinkRow[]> {
  return rows<LinkRow>(store, LINKS, [['mp'], [`${facility}\u001f${number}`]], true);
}

async function readPatient({
  facility,
  number,
}: {
  facility: string;
  number: string;
}): Promise<HandResource | undefined> {
  const [found, addresses, persons] = await Promise.all([
    rows<TextRow>(hospital, PATIENT, [facility, number]),
    rows<TextRow>(hospital, ADDRESSES, [facility, number]),
    links(facility, number),
  ]);
  const [row] = found;
  const key = { id: patientId(facility, number, sealer), facility, number };
  return row === undefined ? undefined : patientText(row, addresses, key, personOf(persons, sealer), version);
}

async function readResult(sequence: string): Promise<{ resource: HandResource; patient: string } | undefined> {
  const [row] = await rows<TextRow>(hospital, RESULT, [sequence]);
  if (row === undefined) return undefined;
  const [facility, number] = [row[5] ?? '', row[6] ?? ''];
  personOf(await links(facility, number), sealer);
  const patient = patientId(facility, number, sealer);
  return { resource: observationText(row, patient, version), patient };
}

async function searchLabs(
  request: Extract<HandRequest, { is: 'labs' }>,
): Promise<{ found: HandResource[]; patient: string }> {
  const { facility, number, codes, from, fromTime, count } = request;
  personOf(await links(facility, number), sealer);
  const all = await rows<TextRow>(hospital, LABS, [facility, number, codes, from, fromTime, count]);
  const patient = patientId(facility, number, sealer);
  return { found: newest(all, count).map((row) => observationText(row, patient, version)), patient };
}

/** Both habits come newest first; they are merged by their time on the wall. */
function newest(all: readonly TextRow[], count: number): readonly TextRow[] {
  const second = all.findIndex((row) => row[0] === '1');
  if (second === -1) return all;
  if (second === 0) return all;
  const keyOf = (row: TextRow): string =>
    row[0] === '1' ? (row[7] ?? '') : `${row[7] ?? ''}${(row[8] ?? '0').padStart(4, '0')}00`;
  return all
    .toSorted((left, right) => (keyOf(left) < keyOf(right) ? 1 : keyOf(left) > keyOf(right) ? -1 : 0))
    .slice(0, count);
}

function send(response: ServerResponse, body: string, version?: string): void {
  response.setHeader('Content-Type', 'application/fhir+json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  if (version !== undefined) response.setHeader('ETag', `W/"${version}"`);
  response.end(body);
}

function recordOf(
  url: string,
  interaction: string,
  type: string,
  patients: readonly string[],
  found: readonly HandResource[],
): AuditRecord {
  const instances = found.map(({ id, versionId }) => `${type}/${id}/_history/${versionId}`);
  return {
    ...{ requestId: randomUUID(), atMs: Date.now(), agent: 'open-loopback', action: 'disclosed', interaction, type },
    ...{ query: url, patients, instances, systems: ['meridian-ehr'], status: 200, last: true },
  };
}

async function answer(url: string, host: string, response: ServerResponse): Promise<void> {
  const request = parseHandRequest(url, sealer);
  if (request?.is === 'labs') {
    const { found, patient } = await searchLabs(request);
    await audit(() => recordOf(url, 'search', 'Observation', [patient], found));
    const entries = found.map(
      ({ id, text }) =>
        `{"fullUrl":"http://${host}/fhir/Observation/${id}","resource":${text},"search":{"mode":"match"}}`,
    );
    const self = `{"relation":"self","url":${JSON.stringify(`http://${host}${url}`)}}`;
    send(response, `{"resourceType":"Bundle","type":"searchset","link":[${self}],"entry":[${entries.join(',')}]}`);
    return;
  }
  if (request?.is === 'patient') {
    const resource = await readPatient(request);
    if (resource === undefined) {
      notFound(response);
      return;
    }
    await audit(() => recordOf(url, 'read', 'Patient', [resource.id], [resource]));
    send(response, resource.text, resource.versionId);
    return;
  }
  const read = request === undefined ? undefined : await readResult(request.sequence);
  if (read === undefined) {
    notFound(response);
    return;
  }
  await audit(() => recordOf(url, 'read', 'Observation', [read.patient], [read.resource]));
  send(response, read.resource.text, read.resource.versionId);
}

function notFound(response: ServerResponse): void {
  response.statusCode = 404;
  response.end();
}

const server = createServer((request, response) => {
  answer(request.url ?? '', request.headers.host ?? '', response).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    response.statusCode = 500;
    response.end();
  });
});

const close = async (): Promise<void> => {
  await hospital.end();
  await store.end();
  await database.detach();
};
await serveMeasured(server, close, auditing);
