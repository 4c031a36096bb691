import {
  always,
  and,
  not,
  standing,
  type Column,
  type Links,
  type MemberKey,
  type Person,
  type PersonException,
  type Predicate,
  type Row,
  type SystemHealth,
} from '../../contracts/index.ts';
import type { Clock, Emit } from '../../core/index.ts';
import { keysPredicate } from '../lower/lower.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import { createSlots } from '../write/slots.ts';
import { compileObject, type ChildPlan } from '../write/tree.ts';
import { memberText } from './book.ts';
import { linkPersons, type CertainLink } from './graph.ts';

export interface LinkerParts {
  /** The branches of Patient. */
  readonly patients: readonly CatalogueBranch[];
  readonly links: Links;
  readonly clock: Clock;
  readonly emit: Emit;
}

const BATCH = 1_000;

/**
 * Finds the persons of the installation from declared links and writes them to the store. Only linked rows are read: cost grows with the
 * number of links, not of patients.
 */
export async function linkAll(parts: LinkerParts, signal: AbortSignal): Promise<void> {
  const startMs = parts.clock.nowMs();
  // A department whose files were never loaded has no rows yet, which keeps nobody else from being linked.
  const patients = parts.patients.filter(({ system }) => isLoaded(system.health()));
  const declared = await readLinks(patients, signal);
  const certain = await existing(declared.certain, patients, signal);
  const { persons, conflicts } = linkPersons(certain);
  const candidates = await existing([...declared.candidates, ...conflicts], patients, signal);
  const complete = await withIdentifiers(withCandidates(persons, candidates), patients, signal);
  const exceptions = await findExceptions(patients, persons, signal);
  await parts.links.replace(complete, startMs, exceptions);
  const dangling = declared.certain.length - certain.length + conflicts.length;
  parts.emit({
    event: 'persons.linked',
    linked: persons.length,
    candidates: candidates.length,
    dangling,
    ms: parts.clock.nowMs() - startMs,
  });
}

function isLoaded({ files }: SystemHealth): boolean {
  return files === undefined || files.loaded !== undefined;
}

async function readLinks(
  patients: readonly CatalogueBranch[],
  signal: AbortSignal,
): Promise<{ readonly certain: readonly CertainLink[]; readonly candidates: readonly CertainLink[] }> {
  const certain: CertainLink[] = [];
  const candidates: CertainLink[] = [];
  for (const entry of patients) {
    const person = entry.branch.person;
    const merged = person?.mergedInto === undefined ? [] : [{ branch: entry.branch.prefix, key: person.mergedInto }];
    for (const link of [...merged, ...(person?.sameAs ?? [])]) certain.push(...(await readLink(entry, link, signal)));
    for (const link of person?.candidates ?? []) candidates.push(...(await readLink(entry, link, signal)));
  }
  return { certain, candidates };
}

async function readLink(
  entry: CatalogueBranch,
  link: { readonly branch: string; readonly key: readonly Column[]; readonly when?: Predicate },
  signal: AbortSignal,
): Promise<readonly CertainLink[]> {
  const { from, joins, key } = entry.branch;
  const slots = createSlots();
  const own = key.map((column) => slots.of(column));
  const other = link.key.map((column) => slots.of(column));
  const present = link.key.map((of): Predicate => not({ is: 'null', of }));
  const where = and(standing(entry.branch.where ?? always), link.when ?? always, ...present);
  const found: CertainLink[] = [];
  for await (const rows of entry.system.stream(
    { from, joins, where, columns: slots.columns, orderBy: key, descending: false },
    BATCH,
    signal,
  )) {
    for (const row of rows) {
      const pair = {
        from: { branch: entry.branch.prefix, key: texts(row, own) },
        to: { branch: link.branch, key: texts(row, other) },
      };
      if (memberText(pair.from) !== memberText(pair.to)) found.push(pair);
    }
  }
  return found;
}

function texts(row: Row, slots: readonly number[]): readonly string[] {
  return slots.map((slot) => row[slot] ?? '');
}

/** Links whose both ends are live rows: a cross-reference to a number that does not exist links nobody. */
async function existing(
  links: readonly CertainLink[],
  patients: readonly CatalogueBranch[],
  signal: AbortSignal,
): Promise<readonly CertainLink[]> {
  const alive = new Set<string>();
  const asked = new Map(links.flatMap((link) => [link.from, link.to]).map((member) => [memberText(member), member]));
  for (const entry of patients) {
    const keys = [...asked.values()]
      .filter((member) => member.branch === entry.branch.prefix)
      .map((member) => member.key);
    for (const key of await presentKeys(entry, keys, always, signal))
      alive.add(memberText({ branch: entry.branch.prefix, key }));
  }
  return links.filter((link) => alive.has(memberText(link.from)) && alive.has(memberText(link.to)));
}

async function presentKeys(
  entry: CatalogueBranch,
  keys: readonly (readonly string[])[],
  also: Predicate,
  signal: AbortSignal,
): Promise<readonly (readonly string[])[]> {
  const { from, joins, key } = entry.branch;
  const found: (readonly string[])[] = [];
  for (let start = 0; start < keys.length; start += BATCH) {
    const where = and(
      standing(entry.branch.where ?? always),
      also,
      keysPredicate(key, keys.slice(start, start + BATCH)),
    );
    if (where.is === 'never') continue;
    const result = await entry.system.run(
      {
        is: 'page',
        selects: [{ from, joins, where, columns: key, orderBy: key, descending: false }],
        background: true,
      },
      signal,
    );
    for (const row of result.rows[0] ?? []) found.push(row as readonly string[]);
  }
  return found;
}

interface Draft {
  readonly members: readonly MemberKey[];
  readonly candidates: readonly MemberKey[];
}

/** Uncertain links are shown between primaries, in both directions. */
function withCandidates(persons: readonly (readonly MemberKey[])[], links: readonly CertainLink[]): readonly Draft[] {
  const primaryOf = new Map(
    persons.flatMap((members) => members.map((member) => [memberText(member), members[0] ?? member] as const)),
  );
  const candidates = new Map<string, MemberKey[]>();
  const singles = new Map<string, MemberKey>();
  for (const link of links) {
    const ends = [link.from, link.to].map((member) => primaryOf.get(memberText(member)) ?? member);
    const [a, b] = ends;
    if (a === undefined || b === undefined || memberText(a) === memberText(b)) continue;
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      candidates.set(memberText(one), [...(candidates.get(memberText(one)) ?? []), other]);
      if (!primaryOf.has(memberText(one))) singles.set(memberText(one), one);
    }
  }
  const drafts = [...persons, ...[...singles.values()].map((member) => [member])];
  return drafts.map((members) => ({ members, candidates: candidates.get(memberText(members[0] as MemberKey)) ?? [] }));
}

/** The written identifiers of every member, by the branches' own declarations. */
async function withIdentifiers(
  drafts: readonly Draft[],
  patients: readonly CatalogueBranch[],
  signal: AbortSignal,
): Promise<readonly Person[]> {
  const identifiers = new Map<string, readonly string[]>();
  for (const entry of patients) {
    const keys = drafts.flatMap((draft) =>
      draft.members.filter((member) => member.branch === entry.branch.prefix).map((member) => member.key),
    );
    for (const [text, values] of await readIdentifiers(entry, keys, signal)) identifiers.set(text, values);
  }
  return drafts.map((draft) => ({
    members: draft.members.map((member, i) => ({
      ...member,
      primary: i === 0,
      identifiers: identifiers.get(memberText(member)) ?? [],
    })),
    candidates: draft.candidates,
  }));
}

async function readIdentifiers(
  entry: CatalogueBranch,
  keys: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { from, joins, key } = entry.branch;
  const declared = entry.branch.elements['identifier'];
  const found = new Map<string, readonly string[]>();
  if (declared === undefined) return found;
  const slots = createSlots();
  const own = key.map((column) => slots.of(column));
  const children: ChildPlan[] = [];
  const writer = compileObject({ identifier: declared }, slots, children, 'Patient', true);
  const page = { reference: () => '', unmapped: () => undefined, childRows: () => [] };
  for (let start = 0; start < keys.length; start += BATCH) {
    const where = keysPredicate(key, keys.slice(start, start + BATCH));
    const result = await entry.system.run(
      {
        is: 'page',
        selects: [{ from, joins, where, columns: slots.columns, orderBy: key, descending: false }],
        background: true,
      },
      signal,
    );
    for (const row of result.rows[0] ?? []) {
      const text = writer.write(row, page);
      const parsed =
        text === '' ? [] : (JSON.parse(`{${text}}`) as { readonly identifier: readonly unknown[] }).identifier;
      found.set(
        memberText({ branch: entry.branch.prefix, key: texts(row, own) }),
        parsed.map((identifier) => JSON.stringify(identifier)),
      );
    }
  }
  return found;
}

/** Where the branches' `secondary` predicates and the found persons differ. */
async function findExceptions(
  patients: readonly CatalogueBranch[],
  persons: readonly (readonly MemberKey[])[],
  signal: AbortSignal,
): Promise<readonly PersonException[]> {
  const secondaries = new Map(
    persons.flatMap((members) => members.slice(1).map((member) => [memberText(member), member] as const)),
  );
  const exceptions: PersonException[] = [];
  for (const entry of patients) {
    const declared = entry.branch.person?.secondary ?? { is: 'never' as const };
    const branch = entry.branch.prefix;
    const keys = [...secondaries.values()].filter((member) => member.branch === branch).map((member) => member.key);
    for (const key of await presentKeys(entry, keys, not(declared), signal))
      exceptions.push({ branch, key, is: 'secondary' });
    if (declared.is === 'never') continue;
    const { from, joins, key } = entry.branch;
    const where = and(standing(entry.branch.where ?? always), declared);
    for await (const rows of entry.system.stream(
      { from, joins, where, columns: key, orderBy: key, descending: false },
      BATCH,
      signal,
    )) {
      for (const row of rows) {
        if (!secondaries.has(memberText({ branch, key: row as readonly string[] })))
          exceptions.push({ branch, key: row as readonly string[], is: 'primary' });
      }
    }
  }
  return exceptions;
}
