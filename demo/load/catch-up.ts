import type { Client } from 'pg';
import { Fault } from '../../src/core/index.ts';
import { projectPatient } from '../ehr/project.ts';
import { EHR_TABLES } from '../ehr/tables.ts';
import { civilOf, dayOf } from '../model/calendar.ts';
import { GENERATOR_VERSION, missedDays, type MissedDay } from '../model/population.ts';
import type { Person } from '../model/types.ts';
import { projectCustomer } from '../pharmacy/project.ts';
import { PHARMACY_TABLES } from '../pharmacy/tables.ts';
import { openDatabase } from './database.ts';
import type { DemoDatabases, OnProgress } from './load.ts';
import { moveMeta, readMeta, type DemoMeta } from './meta.ts';
import { rowWriter } from './row-writer.ts';
import type { RowTexts, TableDefinition } from './table.ts';

export interface CatchUpOptions extends DemoDatabases {
  /** `YYYY-MM-DD` in the hospital's zone. Days up to the one before are added: nothing lies in the future. */
  readonly today: string;
  readonly onProgress?: OnProgress;
}

export interface CaughtUp {
  /** Days that this call added to at least one of the databases. */
  readonly days: number;
  readonly throughDate: string;
}

interface Side {
  readonly client: Client;
  readonly tables: readonly TableDefinition[];
  readonly person: (person: Person, put: (table: string, row: RowTexts) => void) => void;
}

/** So many days are made at a time, to bound what is held in memory. */
const DAYS_PER_TURN = 60;

async function metaOf(client: Client): Promise<DemoMeta> {
  const meta = await readMeta(client);
  if (meta === undefined) throw new Fault('config.invalid', 'the demo databases are not loaded yet');
  if (meta.version !== GENERATOR_VERSION)
    throw new Fault(
      'config.invalid',
      'the demo databases were made by another version of the generator: load them again',
    );
  return meta;
}

/** One day in one transaction, which also moves the database's last day; a day that another process added is left alone. */
async function addDay(side: Side, day: MissedDay): Promise<boolean> {
  const { client, tables, person: project } = side;
  await client.query('begin');
  try {
    const meta = await readMeta(client, true);
    const isNext = meta !== undefined && dayOf(meta.throughDate) === day.day - 1;
    if (isNext) {
      const writer = rowWriter(client, tables);
      for (const person of day.people) project(person, writer.put);
      await writer.flush(true);
      await moveMeta(client, civilOf(day.day));
    }
    await client.query('commit');
    return isNext;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function addDays(
  sides: readonly Side[],
  meta: DemoMeta,
  firstMissed: number,
  last: number,
  onProgress?: OnProgress,
): Promise<number> {
  const of = last - firstMissed + 1;
  let added = 0;
  for (let first = firstMissed; first <= last; first += DAYS_PER_TURN) {
    const throughDate = civilOf(Math.min(last, first + DAYS_PER_TURN - 1));
    const days = await missedDays({ ...meta, throughDate }, civilOf(first - 1));
    for (const day of days) {
      let isNew = false;
      for (const side of sides) if (await addDay(side, day)) isNew = true;
      if (isNew) added += 1;
      onProgress?.('days', day.day - firstMissed + 1, of);
    }
  }
  return added;
}

/**
 * Appends what happened on the days that were missed since the databases were last filled. Rows that are there are never
 * touched. It can be interrupted at any moment and called again, also by several processes at once. Throws a Fault `config.invalid` when
 * nothing was loaded, and what the database answers.
 */
export async function catchUp(options: CatchUpOptions): Promise<CaughtUp> {
  const opened: Client[] = [];
  try {
    const ehr = await openDatabase(options.ehr);
    opened.push(ehr);
    const pharmacy = await openDatabase(options.pharmacy);
    opened.push(pharmacy);
    const sides: readonly Side[] = [
      { client: ehr, tables: EHR_TABLES, person: projectPatient },
      { client: pharmacy, tables: PHARMACY_TABLES, person: projectCustomer },
    ];
    const metas = [await metaOf(ehr), await metaOf(pharmacy)] as const;
    const firstMissed = Math.min(...metas.map(({ throughDate }) => dayOf(throughDate))) + 1;
    const last = dayOf(options.today) - 1;
    const days = await addDays(sides, metas[0], firstMissed, last, options.onProgress);
    return { days, throughDate: civilOf(Math.max(last, firstMissed - 1)) };
  } finally {
    await Promise.all(opened.map((client) => client.end().catch(() => undefined)));
  }
}
