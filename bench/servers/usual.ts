import { createServer } from 'node:http';
import express, { type Response } from 'express';
import knexOf, { type Knex } from 'knex';
import { systemClock } from '../../src/core/index.ts';
import { createSealer } from '../../src/security/index.ts';
import { startEmbedded } from '../../src/store/index.ts';
import { settingsOf } from '../child.ts';
import { DATABASES } from '../data/dataset.ts';
import { observationObject, patientObject, type FhirObject, type ObjectRow } from '../hand-written/objects.ts';
import { personOf, type HandPerson } from '../hand-written/person.ts';
import {
  addressesOf,
  groupsOfPatient,
  linksOf,
  patientByKey,
  resultBySequence,
  resultsOfPatient,
} from '../hand-written/queries.ts';
import { parseHandRequest, patientId, type HandRequest } from '../hand-written/request.ts';
import { serveMeasured } from './measured.ts';

/** Comparison (b), the usual facade: Express, knex's query builder, objects, `res.json`; all with their defaults. */

export interface UsualSettings {
  readonly home: string;
  /** Where the databases listen for TCP. */
  readonly address: string;
  readonly version: string;
}

const { home, address, version } = settingsOf() as UsualSettings;
const database = await startEmbedded({ home, clock: systemClock, emit: () => undefined });
const connect = (name: string): Knex =>
  knexOf({ client: 'pg', connection: { ...database.connection(name), host: address }, pool: { min: 0, max: 10 } });
const hospital = connect(DATABASES.ehr);
const store = connect(DATABASES.store);
const secret = await store('fascia.setting').where({ name: 'installation-secret' }).first<{ value: string }>('value');
const sealer = createSealer(Buffer.from(secret.value, 'base64'));

async function person(facility: string, number: string): Promise<HandPerson> {
  type Link = Readonly<Record<'person' | 'branch' | 'key' | 'identifiers' | 'candidates', string>> & {
    is_primary: boolean;
  };
  const rows = (await linksOf(store, 'mp', `${facility}\u001f${number}`)) as readonly Link[];
  return personOf(
    rows.map((row) => [row.person, row.branch, row.key, row.is_primary, row.identifiers, row.candidates]),
    sealer,
  );
}

async function readPatient(facility: string, number: string): Promise<FhirObject | undefined> {
  const [row, addresses, links] = await Promise.all([
    patientByKey(hospital, facility, number) as Promise<ObjectRow | undefined>,
    addressesOf(hospital, facility, number) as Promise<ObjectRow[]>,
    person(facility, number),
  ]);
  const key = { id: patientId(facility, number, sealer), facility, number };
  return row === undefined ? undefined : patientObject(row, addresses, key, links, version);
}

async function readResult(sequence: string): Promise<FhirObject | undefined> {
  const row = (await resultBySequence(hospital, sequence)) as ObjectRow | undefined;
  if (row === undefined) return undefined;
  const [facility, number] = [row['patient_facility'] ?? '', row['patient_number'] ?? ''];
  await person(facility, number);
  return observationObject(row, patientId(facility, number, sealer), version);
}

async function searchLabs(asked: Extract<HandRequest, { is: 'labs' }>): Promise<readonly FhirObject[]> {
  await person(asked.facility, asked.number);
  const [results, groups] = await Promise.all([
    resultsOfPatient(hospital, asked) as Promise<ObjectRow[]>,
    groupsOfPatient(hospital, asked) as Promise<ObjectRow[]>,
  ]);
  const keyOf = (row: ObjectRow): string =>
    row['habit'] === '1'
      ? (row['time'] ?? '')
      : `${row['drawn_date'] ?? ''}${(row['drawn_time'] ?? '0').padStart(4, '0')}00`;
  const newest =
    groups.length === 0
      ? results
      : [...results, ...groups]
          .sort((left, right) => (keyOf(left) < keyOf(right) ? 1 : keyOf(left) > keyOf(right) ? -1 : 0))
          .slice(0, asked.count);
  const patient = patientId(asked.facility, asked.number, sealer);
  return newest.map((row) => observationObject(row, patient, version));
}

function sendResource(response: Response, resource: FhirObject | undefined): void {
  response.type('application/fhir+json');
  if (resource === undefined) response.sendStatus(404);
  else response.json(resource);
}

const app = express();
app.get('/fhir/Patient/:id', async (request, response) => {
  const asked = parseHandRequest(request.url, sealer);
  sendResource(response, asked?.is === 'patient' ? await readPatient(asked.facility, asked.number) : undefined);
});
app.get('/fhir/Observation/:id', async (request, response) => {
  const asked = parseHandRequest(request.url, sealer);
  sendResource(response, asked?.is === 'result' ? await readResult(asked.sequence) : undefined);
});
app.get('/fhir/Observation', async (request, response) => {
  const asked = parseHandRequest(request.url, sealer);
  const base = `http://${request.headers.host ?? ''}`;
  const found = asked?.is === 'labs' ? await searchLabs(asked) : [];
  const entry = found.map((resource) => ({
    fullUrl: `${base}/fhir/Observation/${String(resource['id'])}`,
    resource,
    search: { mode: 'match' },
  }));
  const link = [{ relation: 'self', url: `${base}${request.originalUrl}` }];
  sendResource(response, { resourceType: 'Bundle', type: 'searchset', link, entry });
});

await serveMeasured(createServer(app), async () => {
  await hospital.destroy();
  await store.destroy();
  await database.detach();
});
