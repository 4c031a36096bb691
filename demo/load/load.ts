import type { Client } from 'pg';
import { Fault } from '../../src/core/index.ts';
import { projectHospital, projectPatient } from '../ehr/project.ts';
import { EHR_TABLES } from '../ehr/tables.ts';
import { GENERATOR_VERSION, generatePopulation, type Population, type PopulationOptions } from '../model/population.ts';
import type { Person } from '../model/types.ts';
import { projectCustomer, projectPharmacy } from '../pharmacy/project.ts';
import { PHARMACY_TABLES } from '../pharmacy/tables.ts';
import { openDatabase, sortsByBytes, type DemoConnection } from './database.ts';
import { createMeta, readMeta, type DemoMeta } from './meta.ts';
import { rowWriter, type RowWriter } from './row-writer.ts';
import { createIndexes, createTable, quoted, type RowTexts, type TableDefinition } from './table.ts';

/** `done` of `of` people, or steps. */
export type OnProgress = (step: 'rows' | 'indexes' | 'days', done: number, of: number) => void;

export interface DemoDatabases {
  readonly ehr: DemoConnection;
  readonly pharmacy: DemoConnection;
}

export interface LoadOptions extends DemoDatabases, PopulationOptions {
  /** What becomes of demo data that were made from other choices: by default they are an error. */
  readonly others?: 'refuse' | 'keep' | 'replace';
  readonly onProgress?: OnProgress;
}

export interface Loaded {
  /** False: the data were there already. */
  readonly loaded: boolean;
  /** What the databases were made from; dates are those of the first generation and of the last day. */
  readonly ehr: DemoMeta;
  readonly pharmacy: DemoMeta;
}

type Put = (table: string, row: RowTexts) => void;

/** One of the two databases, and how people and shared rows become its rows. */
interface Side {
  readonly client: Client;
  readonly tables: readonly TableDefinition[];
  readonly shared: (population: Population, put: Put) => void;
  readonly person: (person: Person, put: Put) => void;
}

/** Only one process at a time loads a database. The number is arbitrary, but must not change. */
const LOAD_LOCK = 7_304_221;
const PEOPLE_PER_TURN = 50;

function describe({ patients, seed, damage }: Pick<DemoMeta, 'patients' | 'seed' | 'damage'>): string {
  return `${String(patients)} patients of seed ${String(seed)} ${damage ? 'with' : 'without'} damaged rows`;
}

function isWanted(meta: DemoMeta | undefined, options: LoadOptions): meta is DemoMeta {
  if (meta === undefined || meta.version !== GENERATOR_VERSION) return false;
  const wanted = { patients: options.patients, seed: options.seed, damage: options.damage ?? true };
  if (options.others === 'keep' || describe(meta) === describe(wanted)) return true;
  if (options.others === 'replace') return false;
  throw new Fault(
    'config.invalid',
    `the demo databases hold ${describe(meta)}; ${describe(wanted)} were asked for: ask for the same, or replace the data`,
  );
}

async function locked(side: Side): Promise<DemoMeta | undefined> {
  await side.client.query('begin');
  await side.client.query('select pg_advisory_xact_lock($1)', [LOAD_LOCK]);
  return readMeta(side.client);
}

async function prepareTables({ client, tables }: Side): Promise<void> {
  await client.query('set local synchronous_commit = off');
  await client.query("set local maintenance_work_mem = '256MB'");
  for (const name of [...tables.map((table) => table.name), 'demo_meta'])
    await client.query(`drop table if exists ${quoted(name)}`);
  for (const table of tables) await client.query(createTable(table));
}

async function fill(sides: readonly Side[], population: Population, onProgress: OnProgress | undefined): Promise<void> {
  const writers: (readonly [Side, RowWriter])[] = sides.map((side) => [side, rowWriter(side.client, side.tables)]);
  const { patients } = population.options;
  for (const [side, writer] of writers) side.shared(population, writer.put);
  for (const person of population.people()) {
    for (const [side, writer] of writers) side.person(person, writer.put);
    if (person.number % PEOPLE_PER_TURN !== 0) continue;
    await Promise.all(writers.map(([, writer]) => writer.flush(false)));
    onProgress?.('rows', person.number, patients);
  }
  await Promise.all(writers.map(([, writer]) => writer.flush(true)));
  onProgress?.('rows', patients, patients);
}

async function finish(sides: readonly Side[], onProgress: OnProgress | undefined): Promise<void> {
  const of = sides.reduce((sum, { tables }) => sum + tables.length, 0);
  let done = 0;
  for (const { client, tables } of sides) {
    const isBytewise = await sortsByBytes(client);
    for (const table of tables) {
      await client.query(`${createIndexes(table, isBytewise)}\nanalyze ${quoted(table.name)}`);
      done += 1;
      onProgress?.('indexes', done, of);
    }
  }
}

async function load(ehr: Side, pharmacy: Side, options: LoadOptions): Promise<Loaded> {
  const found = [await locked(ehr), await locked(pharmacy)] as const;
  const [ehrMeta, pharmacyMeta] = found;
  const keepsEhr = isWanted(ehrMeta, options);
  const keepsPharmacy = isWanted(pharmacyMeta, options);
  // The dates of data that were there before stay: rows never shift.
  const anchorDate = ehrMeta?.anchorDate ?? pharmacyMeta?.anchorDate ?? options.anchorDate;
  const population = generatePopulation({ ...options, anchorDate });
  const { seed, patients, damage, throughDate } = population.options;
  const meta: DemoMeta = { version: GENERATOR_VERSION, seed, patients, damage, anchorDate, throughDate };
  const sides = [...(keepsEhr ? [] : [ehr]), ...(keepsPharmacy ? [] : [pharmacy])];
  for (const side of sides) await prepareTables(side);
  if (sides.length > 0) await fill(sides, population, options.onProgress);
  await finish(sides, options.onProgress);
  for (const side of sides) await createMeta(side.client, meta);
  for (const side of [ehr, pharmacy]) await side.client.query('commit');
  for (const side of sides) await side.client.query('vacuum');
  return { loaded: sides.length > 0, ehr: keepsEhr ? ehrMeta : meta, pharmacy: keepsPharmacy ? pharmacyMeta : meta };
}

/**
 * Creates and fills the two demo databases. Each is filled by one transaction, so that one that was killed leaves nothing, and the next call
 * starts over; data that are there already are recognised by their `demo_meta` row and kept with their dates, whatever dates are asked for.
 * Throws a Fault `config.invalid` when they were made from other choices, and what the database answers.
 */
export async function loadDemo(options: LoadOptions): Promise<Loaded> {
  const opened: Client[] = [];
  try {
    const ehrClient = await openDatabase(options.ehr);
    opened.push(ehrClient);
    const pharmacyClient = await openDatabase(options.pharmacy);
    opened.push(pharmacyClient);
    const ehrMeta = await readMeta(ehrClient);
    const pharmacyMeta = await readMeta(pharmacyClient);
    if (isWanted(ehrMeta, options) && isWanted(pharmacyMeta, options))
      return { loaded: false, ehr: ehrMeta, pharmacy: pharmacyMeta };
    const ehr: Side = { client: ehrClient, tables: EHR_TABLES, shared: projectHospital, person: projectPatient };
    const pharmacy: Side = {
      client: pharmacyClient,
      tables: PHARMACY_TABLES,
      shared: projectPharmacy,
      person: projectCustomer,
    };
    return await load(ehr, pharmacy, options);
  } finally {
    await Promise.all(opened.map((client) => client.end().catch(() => undefined)));
  }
}
