import { open } from 'node:fs/promises';
import type { FileTable } from '../../../contracts/index.ts';
import { Fault } from '../../../core/index.ts';
import type { LoadedLine, ShadowTables } from '../../../store/index.ts';
import { readDataLines, type FileClaims } from '../read/data-lines.ts';
import { fieldReader } from '../read/fields.ts';
import type { RawLine } from '../read/raw-line.ts';
import { describeAgain, unreadable, type FoundDelivery, type FoundFile } from './find.ts';
import { createReport, type Report } from './report.ts';

/** What was loaded, and what was left out. */
export interface LoadResult {
  readonly lines: number;
  readonly reports: readonly Report[];
}

/** Lines that go to the database in one statement. */
const LINES_PER_INSERT = 2_000;

/**
 * Reads a whole delivery into shadow tables, in flat memory. Undefined: a file changed while it was read, so it is still being delivered. Throws the
 * `file.*` Faults, with the file's name and the line; the reports so far are in `reports`.
 */
export async function loadDelivery(
  found: FoundDelivery,
  shadow: ShadowTables,
  options: { readonly rejectedShareMax: number; readonly signal: AbortSignal; readonly reports: Report[] },
): Promise<LoadResult | undefined> {
  const { rejectedShareMax, signal, reports } = options;
  await shadow.create(found.files.map(({ table }) => table));
  let lines = 0;
  for (const file of found.files) {
    const report = createReport(file.name);
    reports.push(report);
    const claims: FileClaims = { lines: 0 };
    try {
      await fill(file, claims, report, shadow, signal);
      if (claims.date !== undefined && claims.date !== found.stamp.asOf.slice(0, 10).replaceAll('-', ''))
        throw new Fault('file.date', 'the trailer names another day than the name');
      await addDoubles(file.table, report, shadow);
      checkShare(report, claims.lines, rejectedShareMax);
    } catch (error) {
      throw error instanceof Fault ? new Fault(error.code, `${file.name}: ${error.message}`, { cause: error }) : error;
    }
    await shadow.finish(file.table, found.stamp.asOf);
    lines += claims.lines - report.count;
  }
  for (const file of found.files) {
    const { size, changedMs } = await describeAgain(file);
    if (size !== file.size || changedMs !== file.changedMs) return undefined;
  }
  return { lines, reports };
}

async function fill(
  file: FoundFile,
  claims: FileClaims,
  report: Report,
  shadow: ShadowTables,
  signal: AbortSignal,
): Promise<void> {
  const read = fieldReader(file.table);
  let waiting: LoadedLine[] = [];
  let tornAt: RawLine | undefined;
  for await (const batch of readDataLines(bytesOf(file), file.table, claims)) {
    signal.throwIfAborted();
    for (const raw of batch) {
      const outcome = read(raw);
      if ('values' in outcome) waiting.push(outcome);
      else {
        report.add({ line: raw.line, ...outcome });
        if (raw.isCut && /^(field-count|line-length)$/.test(outcome.reason)) tornAt = raw;
      }
    }
    while (waiting.length >= LINES_PER_INSERT) {
      await shadow.insert(file.table, waiting.slice(0, LINES_PER_INSERT));
      waiting = waiting.slice(LINES_PER_INSERT);
    }
  }
  if (tornAt !== undefined) throw new Fault('file.incomplete', `line ${tornAt.line}, the last, is torn`);
  if (waiting.length > 0) await shadow.insert(file.table, waiting);
}

async function* bytesOf({ path, name }: FoundFile): AsyncGenerator<Uint8Array> {
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(name, cause);
  });
  try {
    yield* file.createReadStream({ autoClose: false, highWaterMark: 262_144 }) as AsyncIterable<Uint8Array>;
  } finally {
    await file.close();
  }
}

async function addDoubles(table: FileTable, report: Report, shadow: ShadowTables): Promise<void> {
  const { count, lines } = await shadow.removeDoubles(table, report.listedMax);
  for (const line of lines) report.add({ line, reason: 'double' });
  report.addUnlisted('double', count - lines.length);
}

/** With nothing left, whatever share is allowed, there is nothing to serve. */
function checkShare(report: Report, lines: number, shareMax: number): void {
  if (report.count <= lines * shareMax && report.count < lines) return;
  const reasons = [...report.byReason].map(
    ([reason, { count, first }]) => `${reason} ${count}, first in line ${first}`,
  );
  throw new Fault(
    'file.rejected',
    `${report.count} of ${lines} lines were rejected (${reasons.join('; ')}), at most ${Math.floor(lines * shareMax)} may be`,
  );
}
