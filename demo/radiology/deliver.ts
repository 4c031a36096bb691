import { mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { civilOf, dayOf, offsetOf } from '../model/calendar.ts';
import { radiologyRecords, type PopulationOptions } from '../model/population.ts';
import { extractOf, namesOf } from './files.ts';

export interface DeliverOptions extends Pick<PopulationOptions, 'seed' | 'patients' | 'anchorDate' | 'damage'> {
  /** Where the department puts its files. */
  readonly folder: string;
  /** `YYYY-MM-DD` in the hospital's zone: the day before which the night lies. */
  readonly today: string;
}

/** Older files are cleared away, as an operator would. */
const KEPT_NIGHTS = 3;

/** Puts the files of last night into radiology's folder, unless they are there. Out: whether this call put them there. */
export function deliverRadiology({ folder, today, ...options }: DeliverOptions): boolean {
  mkdirSync(folder, { recursive: true });
  const day = dayOf(today);
  const there = new Set(readdirSync(folder));
  // An extract goes through the whole population: it is not made for files that are there.
  const isThere = namesOf(day).every((name) => there.has(name));
  const extract = isThere ? [] : [...extractOf(radiologyRecords(options, today), day)];
  const delivered = new Date(`${today}T00:00:00${offsetOf(day, 0)}`);
  for (const [name, bytes] of extract.filter(([one]) => !there.has(one))) {
    const path = join(folder, name);
    writeFileSync(`${path}.part`, bytes);
    utimesSync(`${path}.part`, delivered, delivered);
    renameSync(`${path}.part`, path);
  }
  const oldest = civilOf(day - KEPT_NIGHTS).replaceAll('-', '');
  for (const name of there) {
    const date = /^RAD(?:PAT|APPT|STUDY|SER)_(\d{8})\./.exec(name)?.[1];
    if (date !== undefined && date < oldest) rmSync(join(folder, name), { force: true });
  }
  return !isThere;
}
