import type { Access, AuthorisedPlan, Criterion, Plan, SubPlan } from '../contracts/index.ts';

/**
 * Narrows a plan to what the access may reach, before it runs: the same criterion goes into the primary search, chains, `_has`, includes and
 * every page. This is the only place where an AuthorisedPlan is made.
 */
export function narrow<P extends Plan>(plan: P, access: Access): AuthorisedPlan<P> {
  const { reach } = access;
  if (reach.is === 'open') return plan as AuthorisedPlan<P>;
  const compartment: Criterion = { is: 'compartment', patients: [reach.patient] };
  const narrowed = { ...plan, where: narrowAll(plan.where, compartment) };
  const includes =
    plan.interaction === 'search'
      ? { includes: plan.includes.map((include) => ({ ...include, other: narrowSub(include.other, compartment) })) }
      : {};
  return { ...narrowed, ...includes } as AuthorisedPlan<P>;
}

function narrowAll(where: readonly Criterion[], compartment: Criterion): readonly Criterion[] {
  return [compartment, ...where.map((criterion) => narrowCriterion(criterion, compartment))];
}

function narrowCriterion(criterion: Criterion, compartment: Criterion): Criterion {
  if (criterion.is === 'chain')
    return { ...criterion, targets: criterion.targets.map((target) => narrowSub(target, compartment)) };
  if (criterion.is === 'has') return { ...criterion, source: narrowSub(criterion.source, compartment) };
  return criterion;
}

function narrowSub(sub: SubPlan, compartment: Criterion): SubPlan {
  return { ...sub, where: narrowAll(sub.where, compartment) };
}
