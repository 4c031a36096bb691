import { LRUCache } from 'lru-cache';
import type { Criterion, Predicate, SubPlan } from '../../contracts/index.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import { isResidual, lowerCriterion, type Lowering } from './lower.ts';

/** A branch that some row of may match. */
export interface Candidate {
  readonly entry: CatalogueBranch;
  /** What was lowered already of what is asked. */
  readonly lowered: readonly Predicate[];
  /** The criteria that are still to be asked, or judged. */
  readonly where: readonly Criterion[];
}

/** The branches of a plan's type that can match at all, in their order. */
export type Candidates = (plan: SubPlan, lowering: Lowering) => readonly Candidate[];

type ParameterCriterion = Extract<Criterion, { is: 'parameter' }>;
/** What a criterion asks of each branch that was a candidate so far. */
type Meanings = Map<CatalogueBranch, Predicate | 'judged'>;

/** Each branch keeps a predicate for what is remembered, as long as the list of codes: long lists are lowered anew. */
const REMEMBERED = { max: 1_000, maxSize: 500_000, maxEntrySize: 2_000 } as const;

/**
 * An app asks the same codes and dates of one patient after the other, and what a branch is asked by them is the same for everybody, always: it is found
 * once. Codes come first: most branches of a type never hold those that are asked for, and fall out.
 */
export function createCandidates(): Candidates {
  const remembered = new LRUCache<string, Meanings>({ ...REMEMBERED, sizeCalculation: (_, key) => key.length });
  const meaningsOf = (type: string, criterion: ParameterCriterion): Meanings => {
    const key = keyOf(type, criterion);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const meanings: Meanings = new Map();
    remembered.set(key, meanings);
    return meanings;
  };
  return ({ type, where }, lowering) => {
    const others = where.filter((criterion) => !isTimeless(criterion));
    const asked = [...where.filter(isCodes), ...where.filter(isOneDate)].map(
      (criterion) => [criterion, meaningsOf(type, criterion)] as const,
    );
    return (lowering.catalogue.byType.get(type) ?? []).flatMap((entry): readonly Candidate[] => {
      const lowered: Predicate[] = [];
      const judged: Criterion[] = [];
      for (const [criterion, meanings] of asked) {
        const meaning = meaningOf(criterion, meanings, entry, lowering);
        if (meaning === 'judged') judged.push(criterion);
        else if (meaning.is === 'never') return [];
        else lowered.push(meaning);
      }
      return [{ entry, lowered, where: [...judged, ...others] }];
    });
  };
}

function meaningOf(
  criterion: ParameterCriterion,
  meanings: Meanings,
  entry: CatalogueBranch,
  lowering: Lowering,
): Predicate | 'judged' {
  const known = meanings.get(entry);
  if (known !== undefined) return known;
  const found = isResidual(entry, criterion) ? 'judged' : lowerCriterion(entry, criterion, lowering);
  meanings.set(entry, found);
  return found;
}

/** Criteria whose meaning is in themselves. */
function isTimeless(criterion: Criterion): criterion is ParameterCriterion {
  return isCodes(criterion) || isOneDate(criterion);
}

/** Ids, and identifiers of persons, are looked up for each request. */
function isCodes(criterion: Criterion): criterion is ParameterCriterion {
  return (
    criterion.is === 'parameter' &&
    criterion.code !== '_id' &&
    criterion.code !== 'identifier' &&
    criterion.values.every(({ is }) => is === 'token')
  );
}

/** What `ap` stands for grows with the distance from now. A list is not remembered: each branch would keep a predicate for every date in it. */
function isOneDate(criterion: Criterion): criterion is ParameterCriterion {
  if (criterion.is !== 'parameter' || criterion.values.length !== 1) return false;
  const [only] = criterion.values;
  return only?.is === 'date' && only.prefix !== 'ap';
}

function keyOf(type: string, { code, negated, values }: ParameterCriterion): string {
  return JSON.stringify([type, code, negated, ...values]);
}
