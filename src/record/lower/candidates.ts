import { LRUCache } from 'lru-cache';
import type { Criterion, Predicate, SubPlan } from '../../contracts/index.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import { isResidual, lowerCriterion, type Lowering } from './lower.ts';

/** A branch that some row of may match. */
export interface Candidate {
  readonly entry: CatalogueBranch;
  /** Its rows that hold the codes which are asked for. */
  readonly codes: readonly Predicate[];
  /** The criteria that are still to be asked, or judged. */
  readonly where: readonly Criterion[];
}

/** The branches of a plan's type that can match at all, in their order. */
export type Candidates = (plan: SubPlan, lowering: Lowering) => readonly Candidate[];

type ParameterCriterion = Extract<Criterion, { is: 'parameter' }>;
type Holders = ReadonlyMap<CatalogueBranch, Predicate | 'judged'>;

const REMEMBERED_MAX = 1_000;

/**
 * Most branches of a type never hold a code that is asked for, and what the others are asked is the same for everybody, always: it is found once for each
 * criterion, because a type may have dozens of branches.
 */
export function createCandidates(): Candidates {
  const remembered = new LRUCache<string, Holders>({ max: REMEMBERED_MAX });
  const holdersOf = (criterion: ParameterCriterion, type: string, lowering: Lowering): Holders => {
    const key = keyOf(type, criterion);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const holders = findHolders(criterion, lowering.catalogue.byType.get(type) ?? [], lowering);
    remembered.set(key, holders);
    return holders;
  };
  return ({ type, where }, lowering) => {
    const asked = where.filter(isCodes);
    const others = where.filter((criterion) => !isCodes(criterion));
    const holders = asked.map((criterion) => holdersOf(criterion, type, lowering));
    const entries = lowering.catalogue.byType.get(type) ?? [];
    return entries
      .filter((entry) => holders.every((held) => held.has(entry)))
      .map((entry) => ({
        entry,
        codes: holders.map((held) => held.get(entry)).filter((held) => held !== 'judged') as readonly Predicate[],
        where: [...asked.filter((_, i) => holders[i]?.get(entry) === 'judged'), ...others],
      }));
  };
}

function findHolders(criterion: ParameterCriterion, entries: readonly CatalogueBranch[], lowering: Lowering): Holders {
  const holders = new Map<CatalogueBranch, Predicate | 'judged'>();
  for (const entry of entries) {
    const held = isResidual(entry, criterion) ? 'judged' : lowerCriterion(entry, criterion, lowering);
    if (held === 'judged' || held.is !== 'never') holders.set(entry, held);
  }
  return holders;
}

/** Criteria whose meaning is in themselves. Ids, and identifiers of persons, are looked up for each request. */
function isCodes(criterion: Criterion): criterion is ParameterCriterion {
  return (
    criterion.is === 'parameter' &&
    criterion.code !== '_id' &&
    criterion.code !== 'identifier' &&
    criterion.values.every(({ is }) => is === 'token')
  );
}

function keyOf(type: string, { code, negated, values }: ParameterCriterion): string {
  return JSON.stringify([type, code, negated, ...values]);
}
