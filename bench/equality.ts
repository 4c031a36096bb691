import { isDeepStrictEqual } from 'node:util';
import type { Contender } from './measure/rounds.ts';

interface Answer {
  readonly resourceType?: string;
  readonly entry?: readonly {
    readonly resource: Readonly<Record<string, unknown>>;
    readonly search: { readonly mode: string };
  }[];
}

/** What the answers must agree in: the resource that was read, or the matches of the page, in order. */
export type Entries = readonly Readonly<Record<string, unknown>>[];

export async function entriesOf(
  contender: Contender,
  path: string,
): Promise<{ readonly entries: Entries; readonly clean: boolean }> {
  // A Binary is its bytes, unless it is asked for as a resource.
  const headers = { accept: 'application/fhir+json' };
  const response = await fetch(`http://127.0.0.1:${contender.port}${path}`, { headers });
  if (response.status !== 200) return { entries: [], clean: false };
  const answer = (await response.json()) as Answer;
  if (answer.resourceType !== 'Bundle') return { entries: [answer as Entries[number]], clean: true };
  const all = answer.entry ?? [];
  const matches = all.filter(({ search }) => search.mode === 'match');
  return { entries: matches.map(({ resource }) => resource), clean: matches.length === all.length };
}

export interface EqualityOptions {
  readonly ours: Contender;
  readonly others: readonly Contender[];
  readonly paths: readonly string[];
  /** So many paths are kept. */
  readonly count: number;
  /** Entries of this contender are compared without their version: its numbers may be written in another way, and versions hash the text. */
  readonly versionless: Contender;
}

/**
 * The first paths that all contenders answer with the same entries. Pages that name a damaged row are left out: the hand-written servers do not
 * know what damage is. Throws where entries differ, since what is not the same cannot be compared.
 */
export async function comparablePaths(
  options: EqualityOptions,
): Promise<{ readonly paths: readonly string[]; readonly entries: number }> {
  const kept: string[] = [];
  let written = 0;
  for (const path of options.paths) {
    if (kept.length === options.count) break;
    const { entries, clean } = await entriesOf(options.ours, path);
    if (!clean || entries.length === 0) continue;
    for (const other of options.others) {
      const theirs = (await entriesOf(other, path)).entries;
      const alike =
        other === options.versionless
          ? isDeepStrictEqual(entries.map(withoutVersion), theirs.map(withoutVersion))
          : isDeepStrictEqual(entries, theirs);
      if (!alike) throw new Error(`${other.name} answers ${path} with other entries:\n${differing(entries, theirs)}`);
    }
    kept.push(path);
    written += entries.length;
  }
  return { paths: kept, entries: written / kept.length };
}

function withoutVersion(entry: Entries[number]): unknown {
  const { versionId, ...meta } = entry['meta'] as Readonly<Record<string, unknown>>;
  return { ...entry, meta: { ...meta, versionId: typeof versionId } };
}

function differing(ours: Entries, theirs: Entries): string {
  const at = ours.findIndex(
    (entry, i) => !isDeepStrictEqual(withoutVersion(entry), withoutVersion(theirs[i] ?? { meta: {} })),
  );
  return `${JSON.stringify(ours[Math.max(at, 0)])}\n${JSON.stringify(theirs[Math.max(at, 0)])}`;
}
