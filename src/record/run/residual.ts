import type { Criterion, Issue, SearchContext, SearchPlan } from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import { matcherOf, patientPathOf, type LocalCriterion } from '../../fhir/index.ts';
import type { JsonObject } from '../../fhir/index.ts';
import { isResidual } from '../lower/lower.ts';
import type { Catalogue, CatalogueBranch } from '../model/catalogue.ts';

/** The criteria by which one branch cannot be asked. */
export interface Judge {
  /** Top-level elements that they look at. */
  readonly elements: readonly string[];
  readonly holds: (resource: JsonObject) => boolean;
}

/** A branch's criteria: those that its system is asked, and those that are judged on what the system found. */
export function splitCriteria(
  entry: CatalogueBranch,
  where: readonly Criterion[],
  context: SearchContext,
): { readonly pushed: readonly Criterion[]; readonly judge: Judge | undefined } {
  const residual = where.filter((criterion) => isResidual(entry, criterion));
  if (residual.length === 0) return { pushed: where, judge: undefined };
  const tests = residual.map((criterion) => matcherOf(entry.branch.type, criterion, context));
  return {
    pushed: where.filter((criterion) => !isResidual(entry, criterion)),
    judge: {
      elements: [...new Set(residual.flatMap(({ code }) => entry.params.get(code)?.residual?.elements ?? []))],
      holds: (resource) => tests.every((test) => test(resource)),
    },
  };
}

/** The plan's criteria that some branch has to be judged by. */
export function residualsOf(plan: SearchPlan, catalogue: Catalogue): readonly LocalCriterion[] {
  const params = catalogue.served.get(plan.type)?.params;
  return plan.where.filter(
    (criterion): criterion is LocalCriterion =>
      (criterion.is === 'parameter' || criterion.is === 'missing') && params?.get(criterion.code)?.residual === true,
  );
}

/**
 * Refuses what would have to look at everything: a total, and criteria that are judged with none beside them that a system can be asked by. Whether it is
 * refused depends on the search alone, never on the data.
 */
export function refuseUnbounded(plan: SearchPlan, catalogue: Catalogue): void {
  const [first] = residualsOf(plan, catalogue);
  if (first === undefined) return;
  if (plan.total === 'accurate')
    throw tooCostly(first, 'so its matches cannot be counted without reading them all; ask without a total');
  const narrows = (entry: CatalogueBranch): boolean =>
    plan.where.some((criterion) => !isResidual(entry, criterion) && !isShared(criterion, entry));
  for (const entry of catalogue.byType.get(plan.type) ?? []) {
    if (plan.where.some((criterion) => isResidual(entry, criterion)) && !narrows(entry))
      throw tooCostly(
        first,
        'so it needs another criterion beside it that narrows the search, such as a patient or a date',
      );
  }
}

/** Types without a patient are not narrowed by an access. */
function isShared(criterion: Criterion, entry: CatalogueBranch): boolean {
  return criterion.is === 'compartment' && patientPathOf((entry.of ?? entry).branch.type) === 'shared';
}

function tooCostly({ code }: LocalCriterion, why: string): Fault {
  return new Fault('search.too-costly', `'${code}' is judged on each resource after it was read, ${why}.`, {
    expression: code,
  });
}

/** What a page says about them: they were applied, and how. */
export function residualIssues(plan: SearchPlan, catalogue: Catalogue): readonly Issue[] {
  const codes = new Set(residualsOf(plan, catalogue).map(({ code }) => code));
  return [...codes].map((code) => ({
    severity: 'information',
    code: 'informational',
    diagnostics:
      'It was judged on each resource after it was read. A page may hold fewer matches than were asked for, and still have a next one.',
    expression: code,
  }));
}
