import {
  and,
  type Column,
  type Criterion,
  type MemberKey,
  type Person,
  type Predicate,
  type ResourceType,
} from '../../contracts/index.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import type { Hit } from '../model/walk.ts';
import { memberText } from '../persons/book.ts';
import { holderOf, type Holder } from './holder.ts';
import type { Keys, MutableHops } from './hops.ts';
import { keysPredicate, lower, referencesTo, type Lowering } from './lower.ts';
import { tooCostly, type Resolver } from './resolve.ts';

type Chain = Extract<Criterion, { is: 'chain' }>;
type Has = Extract<Criterion, { is: 'has' }>;

/**
 * The far part of a chain: keys that the reference columns may hold, but that the referring system cannot tell by itself. For patients these are
 * keys of secondary members whose primary matches; for other types, keys in another system.
 */
export async function runChainSteps(
  type: ResourceType,
  criterion: Chain,
  lowering: Lowering,
  with_: Resolver,
  hops: MutableHops,
  signal: AbortSignal,
): Promise<void> {
  const entries = with_.catalogue.byType.get(type) ?? [];
  for (const target of criterion.targets) {
    const hits = entries
      .flatMap((entry) => (entry.params.get(criterion.code)?.hits ?? []).map((hit) => ({ entry, hit })))
      .filter(({ hit }) => hit.codec.reference?.target.type === target.type);
    const branches = new Map(hits.map(({ entry, hit }) => [hit.codec.reference?.target.branch ?? '', entry]));
    for (const [prefix, entry] of branches) {
      const other = with_.catalogue.byPrefix.get(prefix) as CatalogueBranch;
      if (target.type === 'Patient')
        hops.set(criterion, prefix, await secondariesOfMatching(prefix, target.where, lowering, with_, signal));
      else if (other.system !== entry.system)
        hops.set(
          criterion,
          prefix,
          await keysOf(ownRows(other, lower(other, target.where, lowering)), other.branch.key, with_, signal),
        );
    }
  }
}

/** The far part of `_has`: patients whose secondary members are referred to, and targets in another system. */
export async function runHasSteps(
  type: ResourceType,
  criterion: Has,
  lowering: Lowering,
  with_: Resolver,
  hops: MutableHops,
  signal: AbortSignal,
): Promise<void> {
  for (const source of with_.catalogue.byType.get(criterion.source.type) ?? []) {
    for (const target of with_.catalogue.byType.get(type) ?? []) {
      for (const hit of referencesTo(source, criterion.code, target)) {
        const where = lower(source, criterion.source.where, lowering);
        if (type === 'Patient')
          await setPrimariesReferredTo(source, hit, target, where, criterion, with_, hops, signal);
        else if (source.system !== target.system)
          hops.set(
            criterion,
            target.branch.prefix,
            await keysOf(rowsThat(source, hit, where), referenceKey(hit), with_, signal),
          );
      }
    }
  }
}

async function secondariesOfMatching(
  prefix: string,
  where: readonly Criterion[],
  lowering: Lowering,
  with_: Resolver,
  signal: AbortSignal,
): Promise<Keys> {
  const persons = await with_.links.withSecondariesIn([prefix], with_.hopKeysMax);
  const found: (readonly string[])[] = [];
  for (const entry of with_.catalogue.byType.get('Patient') ?? []) {
    const here = persons?.filter((person) => person.members[0]?.branch === entry.branch.prefix);
    if (here?.length === 0) continue;
    const matching = lower(entry, where, lowering);
    const asked =
      here === undefined
        ? matching
        : and(
            matching,
            keysPredicate(
              entry.branch.key,
              here.map((person) => person.members[0]?.key ?? []),
            ),
          );
    const keys = await keysOf(ownRows(entry, asked), entry.branch.key, with_, signal);
    const matched = await personsOf(
      keys.map((key) => ({ branch: entry.branch.prefix, key })),
      here,
      with_,
    );
    for (const person of matched) found.push(...secondaryKeys(person, prefix));
  }
  return found;
}

async function setPrimariesReferredTo(
  source: CatalogueBranch,
  hit: Hit,
  target: CatalogueBranch,
  where: Predicate,
  criterion: Has,
  with_: Resolver,
  hops: MutableHops,
  signal: AbortSignal,
): Promise<void> {
  const prefix = target.branch.prefix;
  const persons = await with_.links.withSecondariesIn([prefix], with_.hopKeysMax);
  if (persons?.length === 0) return;
  const key = referenceKey(hit);
  const rows = rowsThat(source, hit, where);
  const known = persons?.flatMap((person) => secondaryKeys(person, prefix));
  const asked = known === undefined ? rows : { ...rows, where: and(rows.where, keysPredicate(key, known)) };
  const keys = await keysOf(asked, key, with_, signal);
  for (const person of await personsOf(
    keys.map((k) => ({ branch: prefix, key: k })),
    persons,
    with_,
  )) {
    const primary = person.members[0];
    if (primary !== undefined) hops.set(criterion, primary.branch, [primary.key]);
  }
}

/** The persons of members: among those already at hand, else by one link read. */
async function personsOf(
  members: readonly MemberKey[],
  known: readonly Person[] | undefined,
  with_: Resolver,
): Promise<readonly Person[]> {
  if (members.length === 0) return [];
  if (known === undefined) return with_.links.find(members);
  const asked = new Set(members.map(memberText));
  return known.filter((person) => person.members.some((member) => asked.has(memberText(member))));
}

function secondaryKeys(person: Person, prefix: string): Keys {
  return person.members.filter((member) => !member.primary && member.branch === prefix).map((member) => member.key);
}

function referenceKey(hit: Hit): readonly Column[] {
  return hit.codec.reference?.key ?? [];
}

/** Rows of which a key step asks the keys. */
type Rows = Holder & Pick<CatalogueBranch, 'system'>;

function ownRows({ system, branch: { from, joins } }: CatalogueBranch, where: Predicate): Rows {
  return { system, from, joins, where };
}

/** The rows that hold the reference. */
function rowsThat(source: CatalogueBranch, hit: Hit, where: Predicate): Rows {
  return where.is === 'never'
    ? ownRows(source, where)
    : { system: source.system, ...holderOf(source.branch, hit, where) };
}

/** One bounded key step. More keys than may be passed on: `search.too-costly`. */
async function keysOf(
  { system, from, joins, where }: Rows,
  columns: readonly Column[],
  with_: Resolver,
  signal: AbortSignal,
): Promise<Keys> {
  if (where.is === 'never') return [];
  const max = Math.min(with_.hopKeysMax, system.hopKeysMax);
  const present = and(where, ...columns.map((of): Predicate => ({ is: 'not', of: { is: 'null', of } })));
  const result = await system.run(
    {
      is: 'page',
      selects: [
        { from, joins, where: present, columns, orderBy: columns, descending: false, limit: max + 1, distinct: true },
      ],
    },
    signal,
  );
  const rows = result.rows[0] ?? [];
  if (rows.length > max) throw tooCostly();
  return rows as Keys;
}
