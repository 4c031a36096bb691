import type { Criterion, Include, SearchPlan, SubPlan } from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import { subPlansOf } from '../lower/resolve.ts';
import type { Catalogue, CatalogueBranch } from '../model/catalogue.ts';

/** How often somebody looks whether it is mended. */
const RETRY_AFTER_SECONDS = 300;

/**
 * Refuses a search that asks a closed branch, itself or on the way: an answer without that system would look whole. So does one by a parameter
 * that was given up after the search was parsed.
 */
export function refuseDrifted(plan: SearchPlan, catalogue: Catalogue): void {
  if (catalogue.isWhole) return;
  const referring = new Map(plan.includes.filter(isReverse).map((include) => [include.other, include]));
  for (const sub of subPlansOf(plan)) {
    const include = referring.get(sub);
    if (include === undefined) refuseClosed(catalogue, sub.type);
    else refuseClosedReferring(catalogue, include, plan.type);
    for (const criterion of sub.where) refuseGivenUp(catalogue, sub, criterion);
  }
  if (plan.sort !== undefined) refuseParam(catalogue, plan.type, plan.sort.code);
  for (const include of plan.includes) refuseParam(catalogue, ...paramOf(include, plan));
}

function isReverse({ direction }: Include): boolean {
  return direction === 'revinclude';
}

/** A closed branch that refers to resources of other types alone leaves nothing out of a reverse include. */
function refuseClosedReferring(catalogue: Catalogue, { code, other }: Include, type: string): void {
  for (const entry of catalogue.byType.get(other.type) ?? []) {
    const hits = entry.params.get(code)?.hits ?? [];
    if (entry.closed && hits.some(({ codec }) => codec.reference?.target.type === type)) throw drifted(entry);
  }
}

/** Throws `system.drifted` where a branch of the type is closed. */
export function refuseClosed(catalogue: Catalogue, type: string): void {
  for (const entry of catalogue.byType.get(type) ?? []) if (entry.closed) throw drifted(entry);
}

export function drifted({ branch, system }: CatalogueBranch): Fault {
  return new Fault(
    'system.drifted',
    `The system ${system.id} does not hold what a ${branch.type} needs, so that this cannot be answered in full.`,
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
}

function refuseGivenUp(catalogue: Catalogue, { type }: SubPlan, criterion: Criterion): void {
  if (criterion.is === 'has') refuseParam(catalogue, criterion.source.type, criterion.code);
  else if (criterion.is !== 'compartment') refuseParam(catalogue, type, criterion.code);
}

function paramOf({ direction, code, other }: Include, plan: SearchPlan): readonly [type: string, code: string] {
  return [direction === 'include' ? plan.type : other.type, code];
}

function refuseParam(catalogue: Catalogue, type: string, code: string): void {
  for (const entry of catalogue.byType.get(type) ?? [])
    if (entry.params.get(code) === undefined && entry.without.length > 0) throw drifted(entry);
}
