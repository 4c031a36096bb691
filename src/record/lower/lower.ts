import {
  always,
  and,
  never,
  not,
  or,
  renameAliases,
  standing,
  type Column,
  type Criterion,
  type Predicate,
  type ReferenceValue,
  type SearchContext,
  type SearchValue,
  type Searches,
  type SimpleValue,
  type SubPlan,
} from '../../contracts/index.ts';
import { patientPathOf, type LocalCriterion } from '../../fhir/index.ts';
import type { Catalogue, CatalogueBranch } from '../model/catalogue.ts';
import type { BranchParam, Focus } from '../model/params.ts';
import { patientHits } from '../model/patient-hits.ts';
import { existsThrough } from '../model/presence.ts';
import type { Hit } from '../model/walk.ts';
import type { Ids } from '../ids.ts';
import type { PersonBook } from '../persons/book.ts';
import type { Primaries } from '../persons/primaries.ts';
import { holderOf } from './holder.ts';
import type { Hops } from './hops.ts';

/** What lowering needs beside the plan: everything that had to be asked was asked before. */
export interface Lowering {
  readonly catalogue: Catalogue;
  readonly ids: Ids;
  readonly persons: PersonBook;
  readonly hops: Hops;
  readonly primaries: Primaries;
  readonly context: SearchContext;
  /** The persons (Patient ids) that the access reaches; undefined: all. */
  readonly reach: readonly string[] | undefined;
}

/** The rows of a branch that satisfy all criteria, and what was lowered of others already: pure, constants folded, on stored columns only. */
export function lower(
  entry: CatalogueBranch,
  where: readonly Criterion[],
  with_: Lowering,
  lowered: readonly Predicate[] = [],
): Predicate {
  return lowerAll(entry, [with_.primaries.get(entry.branch.prefix) ?? always, ...lowered], where, with_);
}

/** Most branches of a type fall out by one criterion, a code that they never hold: the others are not asked then. */
function lowerAll(
  entry: CatalogueBranch,
  also: readonly Predicate[],
  where: readonly Criterion[],
  with_: Lowering,
): Predicate {
  const all = [standing(entry.branch.where ?? always), ...also];
  for (const criterion of where) {
    const predicate = lowerCriterion(entry, criterion, with_);
    if (predicate.is === 'never') return never;
    all.push(predicate);
  }
  return and(...all);
}

/** Whether the branch cannot be asked by the criterion, so that each of its resources has to be judged. */
export function isResidual(entry: CatalogueBranch, criterion: Criterion): criterion is LocalCriterion {
  return (
    (criterion.is === 'parameter' || criterion.is === 'missing') &&
    entry.params.get(criterion.code)?.residual !== undefined
  );
}

/** As `lower`, but secondary patients are included: for reads only. */
export function lowerForRead(entry: CatalogueBranch, where: readonly Criterion[], with_: Lowering): Predicate {
  return lowerAll(entry, [], where, with_);
}

/** The rows of a branch that satisfy one criterion. */
export function lowerCriterion(entry: CatalogueBranch, criterion: Criterion, with_: Lowering): Predicate {
  const residual: boolean = isResidual(entry, criterion);
  if (residual) throw new Error('A criterion that has to be judged must not be lowered: it would be dropped.');
  switch (criterion.is) {
    case 'parameter': {
      const match = or(
        ...criterion.values.map((value) => lowerValue(entry, criterion, value, with_)),
        hopKeys(entry, criterion, with_),
      );
      return criterion.negated ? not(match) : match;
    }
    case 'missing': {
      const present = or(
        ...(entry.params.get(criterion.code)?.hits ?? []).map((hit) => through(hit, hit.codec.present ?? never)),
      );
      return criterion.missing ? not(present) : present;
    }
    case 'chain':
      return lowerChain(entry, criterion.code, criterion.targets, criterion, with_);
    case 'has':
      return lowerHas(entry, criterion.code, criterion.source, criterion, with_);
    case 'compartment':
      return lowerCompartment(entry, criterion.patients, with_);
  }
}

function lowerValue(
  entry: CatalogueBranch,
  criterion: { readonly code: string },
  value: SearchValue,
  with_: Lowering,
): Predicate {
  if (criterion.code === '_id')
    return value.is === 'token' ? idPredicate(entry, value.code, value.system, with_) : never;
  const param = entry.params.get(criterion.code);
  if (param === undefined) return never;
  if (value.is === 'composite') return or(...param.foci.map((focus) => lowerComposite(focus, value.parts, with_)));
  return or(...param.hits.map((hit) => through(hit, lowerSimple(hit, value, with_))));
}

function idPredicate(
  entry: CatalogueBranch,
  id: string | undefined,
  system: string | undefined,
  with_: Lowering,
): Predicate {
  if (id === undefined || (system !== undefined && system !== '')) return never;
  const found = with_.ids.read(id);
  return found?.branch === entry.branch ? keysPredicate(entry.branch.key, [found.key]) : never;
}

function lowerComposite(focus: Focus, parts: readonly SimpleValue[], with_: Lowering): Predicate {
  const all = focus.components.map((component, i) => {
    const part = parts[i];
    return part === undefined ? never : or(...component.hits.map((hit) => through(hit, lowerSimple(hit, part, with_))));
  });
  return throughAll(focus.via, and(...all));
}

function lowerSimple(hit: Hit, value: SimpleValue, with_: Lowering): Predicate {
  if (value.is === 'reference') return lowerReference(hit, value, with_);
  const search = hit.codec.searches?.[value.is] as
    ((value: SimpleValue, context: SearchContext) => Predicate) | undefined;
  return search === undefined ? never : search(value, with_.context);
}

/** A reference to an instance of this server, as the native keys that the hit's columns may hold. Patients stand for their whole person. */
function lowerReference(hit: Hit, value: ReferenceValue, with_: Lowering): Predicate {
  const reference = hit.codec.reference;
  if (reference === undefined || value.id === undefined) return never;
  if (value.type !== undefined && value.type !== reference.target.type) return never;
  if (reference.target.type === 'Patient')
    return keysPredicate(reference.key, with_.persons.keysOf(value.id, reference.target.branch));
  const found = with_.ids.read(value.id);
  return found?.branch.prefix === reference.target.branch ? keysPredicate(reference.key, [found.key]) : never;
}

/** Put by narrowing: the resource is about one of the persons. A damaged or missing patient key narrows to nobody. */
function lowerCompartment(asked: CatalogueBranch, patients: readonly string[], with_: Lowering): Predicate {
  const entry = asked.of ?? asked;
  const path = patientPathOf(entry.branch.type);
  if (path === 'shared') return always;
  if (path === undefined || path === 'target') return never;
  if (path.is === 'patient' && path.code === '_id')
    return keysPredicate(
      entry.branch.key,
      patients.flatMap((id) => with_.persons.keysOf(id, entry.branch.prefix)),
    );
  return or(
    ...patientHits(entry.branch, entry.params).map((hit) => {
      const reference = hit.codec.reference;
      if (reference?.target.type !== 'Patient') return never;
      return through(
        hit,
        keysPredicate(
          reference.key,
          patients.flatMap((id) => with_.persons.keysOf(id, reference.target.branch)),
        ),
      );
    }),
  );
}

function lowerChain(
  entry: CatalogueBranch,
  code: string,
  targets: readonly SubPlan[],
  criterion: Criterion,
  with_: Lowering,
): Predicate {
  const hits = entry.params.get(code)?.hits ?? [];
  return or(
    ...targets.flatMap((target) =>
      hits
        .filter((hit) => hit.codec.reference?.target.type === target.type)
        .map((hit) => {
          const reference = hit.codec.reference as NonNullable<Hit['codec']['reference']>;
          const other = with_.catalogue.byPrefix.get(reference.target.branch) as CatalogueBranch;
          const far = keysPredicate(reference.key, with_.hops.keys(criterion, other.branch.prefix));
          if (other.system !== entry.system) return through(hit, far);
          return through(
            hit,
            or(existsIn(other, pairs(other.branch.key, reference.key), lower(other, target.where, with_), entry), far),
          );
        }),
    ),
  );
}

function lowerHas(
  entry: CatalogueBranch,
  code: string,
  source: SubPlan,
  criterion: Criterion,
  with_: Lowering,
): Predicate {
  const near = (with_.catalogue.byType.get(source.type) ?? [])
    .filter((other) => other.system === entry.system)
    .flatMap((other) =>
      referencesTo(other, code, entry).map((hit) => existsFrom(other, hit, lower(other, source.where, with_), entry)),
    );
  return or(...near, keysPredicate(entry.branch.key, with_.hops.keys(criterion, entry.branch.prefix)));
}

/** The hits of a reference parameter that point at a branch. */
export function referencesTo(from: CatalogueBranch, code: string, to: CatalogueBranch): readonly Hit[] {
  return (from.params.get(code)?.hits ?? []).filter((hit) => hit.codec.reference?.target.branch === to.branch.prefix);
}

/** A row of another branch exists whose reference leads to the enclosing row. */
function existsFrom(other: CatalogueBranch, hit: Hit, where: Predicate, within: CatalogueBranch): Predicate {
  const all = and(hit.written ?? never, where);
  if (all.is === 'never') return never;
  const key = (hit.codec.reference as NonNullable<Hit['codec']['reference']>).key;
  const on = key.map((column, i) => [column, outer(within.branch.key[i] as Column)] as const);
  return apart({ is: 'exists', ...holderOf(other.branch, hit, all), on }, other, within);
}

/** Marks a column of the enclosing statement, so that renaming the inner aliases leaves it alone. */
function outer(column: Column): Column {
  return { ...column, alias: `${OUTER}${column.alias}` };
}
const OUTER = 'outer:';

function existsIn(
  other: CatalogueBranch,
  on: readonly (readonly [Column, Column])[],
  where: Predicate,
  within: CatalogueBranch,
): Predicate {
  if (where.is === 'never') return never;
  const { from, joins } = other.branch;
  const marked = on.map(([mine, theirs]) => [mine, outer(theirs)] as const);
  return apart({ is: 'exists', from, joins, on: marked, where }, other, within);
}

/** Gives the other branch's tables names of their own within a statement on this one; marked columns are this one's. */
function apart(exists: Predicate, other: CatalogueBranch, within: CatalogueBranch): Predicate {
  const taken = aliasesOf(within);
  const names = new Map<string, string>();
  for (const alias of aliasesOf(other)) if (taken.has(alias)) names.set(alias, `${alias}_of_${other.branch.prefix}`);
  const restored = new Map([...taken].map((alias) => [OUTER + alias, alias]));
  return renameAliases(renameAliases(exists, names), restored);
}

/** The aliases that a predicate on the branch may use: its own, and those of the to-many children through which it is searched. */
function aliasesOf({ branch, params }: CatalogueBranch): ReadonlySet<string> {
  const all = [...params.values()].flatMap((param) => [...(param?.hits ?? []), ...(param?.foci ?? [])]);
  const tables = [branch, ...new Set(all.flatMap(({ via }) => via))];
  return new Set(tables.flatMap(({ from, joins }) => [from.alias, ...joins.map((join) => join.to.alias)]));
}

function pairs(inner: readonly Column[], outerKey: readonly Column[]): readonly (readonly [Column, Column])[] {
  return inner.map((column, i) => [column, outerKey[i] as Column] as const);
}

function hopKeys(entry: CatalogueBranch, criterion: Criterion, with_: Lowering): Predicate {
  return keysPredicate(entry.branch.key, with_.hops.keys(criterion, entry.branch.prefix));
}

export function keysPredicate(columns: readonly Column[], keys: readonly (readonly string[])[]): Predicate {
  return keys.length === 0 ? never : { is: 'keys', columns, keys };
}

function through(hit: Hit, predicate: Predicate): Predicate {
  return throughAll(hit.via, and(hit.written ?? never, predicate));
}

function throughAll(via: Hit['via'], predicate: Predicate): Predicate {
  return via.reduceRight<Predicate>((inner, many) => existsThrough(many, inner), predicate);
}

export type { BranchParam, Searches };
