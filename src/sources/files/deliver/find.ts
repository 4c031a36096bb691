import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FileDelivery, FileTable } from '../../../contracts/index.ts';
import { Fault } from '../../../core/index.ts';
import { nameReader, stampOfChange, stampOfDigits, type Stamp } from './stamp.ts';

export interface FoundFile {
  readonly table: FileTable;
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly changedMs: number;
}

/** A whole delivery in a folder: one file for each table. */
export interface FoundDelivery {
  readonly stamp: Stamp;
  readonly files: readonly FoundFile[];
  /** Names, sizes and times of change: what tells one delivery from another without reading it. */
  readonly fingerprint: string;
}

export interface Findings {
  /** The newest whole delivery. */
  readonly newest: FoundDelivery | undefined;
  /** What is wrong with files that would be newer. */
  readonly wrong: WrongFiles | undefined;
}

export interface WrongFiles {
  readonly names: readonly string[];
  /** `file.date`: their names hold no time that has come. `file.incomplete`: a file of the same time is still missing. */
  readonly fault: Fault;
}

/** A department's clock may be ahead of ours, and a day may be named by the morning to come. */
const AHEAD_MS_MAX = 86_400_000;

/** So long after the last of them, the other files of a delivery may still be on their way. */
const COMPANIONS_MS_MAX = 3_600_000;

/** What a folder holds now. In: a folder, or the path of the only file. Throws `file.unreadable`. */
export async function findDelivery(path: string, delivery: FileDelivery, nowMs: number): Promise<Findings> {
  const { folder, names } = await list(path);
  const misdated: string[] = [];
  const partial: (readonly FoundFile[])[] = [];
  for (const [digits, named] of filesByTime(names, delivery)) {
    const stamp = digits === '' ? undefined : stampOfDigits(digits, delivery.zone);
    if (digits !== '' && (stamp === undefined || stamp.atMs > nowMs + AHEAD_MS_MAX)) {
      misdated.push(...named.values());
      continue;
    }
    const files = await Promise.all([...named].map(([table, name]) => describe(table, folder, name)));
    if (files.length < delivery.tables.length) {
      partial.push(files);
      continue;
    }
    const [oldestMs = 0] = files.map(({ changedMs }) => changedMs).sort((a, b) => a - b);
    const newest = { stamp: stamp ?? stampOfChange(oldestMs, delivery.zone), files, fingerprint: fingerprintOf(files) };
    return { newest, wrong: wrongOf(misdated, partial, delivery, nowMs) };
  }
  return { newest: undefined, wrong: wrongOf(misdated, partial, delivery, nowMs) };
}

function wrongOf(
  misdated: readonly string[],
  partial: readonly (readonly FoundFile[])[],
  { tables }: FileDelivery,
  nowMs: number,
): WrongFiles | undefined {
  if (misdated.length > 0) {
    const reason = `${misdated.join(', ')}: the name holds no time that has come`;
    return { names: misdated, fault: new Fault('file.date', reason) };
  }
  const late = partial.find((files) => files.every(({ changedMs }) => nowMs - changedMs >= COMPANIONS_MS_MAX));
  if (late === undefined) return undefined;
  const names = late.map(({ name }) => name);
  const missing = tables.filter((table) => !late.some((file) => file.table === table)).map(({ name }) => name);
  return {
    names,
    fault: new Fault('file.incomplete', `${names.join(', ')}: ${missing.join(', ')} of the same time is missing`),
  };
}

/** The files of each time, the latest first; whole where there is one for each table. */
function filesByTime(
  names: readonly string[],
  { tables }: FileDelivery,
): readonly (readonly [digits: string, files: ReadonlyMap<FileTable, string>])[] {
  const byDigits = new Map<string, Map<FileTable, string>>();
  for (const table of tables) {
    const digitsOf = nameReader(table.name);
    for (const name of names) {
      const digits = digitsOf(name);
      if (digits !== undefined) byDigits.set(digits, new Map([...(byDigits.get(digits) ?? []), [table, name]]));
    }
  }
  return [...byDigits].sort(([a], [b]) => (a < b ? 1 : -1));
}

export function fingerprintOf(files: readonly FoundFile[]): string {
  return files
    .map(({ name, size, changedMs }) => `${name} ${size} ${changedMs}`)
    .sort()
    .join('\n');
}

/** Looks at the same file again. */
export function describeAgain({ table, path, name }: FoundFile): Promise<FoundFile> {
  return describe(table, dirname(path), name);
}

async function list(path: string): Promise<{ readonly folder: string; readonly names: readonly string[] }> {
  try {
    return (await stat(path)).isDirectory()
      ? { folder: path, names: await readdir(path) }
      : { folder: dirname(path), names: [basename(path)] };
  } catch (cause) {
    throw unreadable('the folder of the files', cause);
  }
}

async function describe(table: FileTable, folder: string, name: string): Promise<FoundFile> {
  const path = join(folder, name);
  try {
    const { size, mtimeMs } = await stat(path);
    return { table, name, path, size, changedMs: Math.floor(mtimeMs) };
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

/** In: what cannot be read, and the operating system's error, of which only the code is told. */
export function unreadable(what: string, cause: unknown): Fault {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown';
  return new Fault('file.unreadable', `${what} cannot be read (${code})`, { cause });
}
