import type {
  Criterion,
  Include,
  Links,
  MemberKey,
  Person,
  SearchContext,
  SubPlan,
  TokenValue,
} from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import type { Catalogue, CatalogueBranch } from '../model/catalogue.ts';
import type { Ids } from '../ids.ts';
import { createPersonBook } from '../persons/book.ts';
import type { Primaries } from '../persons/primaries.ts';
import { createHops, type MutableHops } from './hops.ts';
import type { Lowering } from './lower.ts';
import { runChainSteps, runHasSteps } from './steps.ts';

export interface Resolver {
  readonly catalogue: Catalogue;
  readonly ids: Ids;
  readonly links: Links;
  readonly primaries: () => Primaries;
  readonly context: () => SearchContext;
  readonly hopKeysMax: number;
}

/** Asks everything that lowering a plan needs: one link read for the patients and identifiers it names, then the key steps of its chains and `_has`. */
export async function resolve(
  plan: SubPlan & { readonly includes?: readonly Include[] },
  with_: Resolver,
  signal: AbortSignal,
): Promise<Lowering> {
  const persons = createPersonBook(with_.catalogue, with_.ids);
  const hops = createHops();
  const lowering: Lowering = {
    catalogue: with_.catalogue,
    ids: with_.ids,
    persons,
    hops,
    primaries: with_.primaries(),
    context: with_.context(),
    reach: plan.where.find((criterion) => criterion.is === 'compartment')?.patients,
  };
  const subPlans = subPlansOf(plan);
  const members = subPlans.flatMap((sub) =>
    sub.where.flatMap((criterion) => patientsNamed(sub.type, criterion, with_.ids)),
  );
  const asking = subPlans
    .filter((sub) => sub.type === 'Patient')
    .flatMap((sub) => sub.where.filter(isIdentifierCriterion));
  const identifiers = asking.flatMap((criterion) => criterion.values.map((value) => identifierOf(value as TokenValue)));
  if (members.length + identifiers.length > 0) {
    const found = await with_.links.find(members, identifiers, with_.hopKeysMax + 1);
    if (found.length > with_.hopKeysMax) throw tooCostly();
    persons.add(found);
    persons.markAsked(members);
    for (const criterion of asking) setIdentifierKeys(criterion, found, hops);
  }
  for (const criterion of plan.where) {
    if (criterion.is === 'chain') await runChainSteps(plan.type, criterion, lowering, with_, hops, signal);
    if (criterion.is === 'has') await runHasSteps(plan.type, criterion, lowering, with_, hops, signal);
  }
  return lowering;
}

export function tooCostly(): Fault {
  return new Fault(
    'search.too-costly',
    'This search crosses systems and matches too many resources on the way; add a criterion that narrows it, such as a patient or a date.',
  );
}

/** The plan and every plan inside it. */
export function subPlansOf(plan: SubPlan & { readonly includes?: readonly Include[] }): readonly SubPlan[] {
  const inner = plan.where.flatMap((criterion) =>
    criterion.is === 'chain' ? criterion.targets : criterion.is === 'has' ? [criterion.source] : [],
  );
  return [plan, ...inner.flatMap(subPlansOf), ...(plan.includes ?? []).map((include) => include.other)];
}

/** The registrations that a criterion on a type names by their ids. */
export function patientsNamed(type: string, criterion: Criterion, ids: Ids): readonly MemberKey[] {
  return idsNamed(type, criterion).flatMap((id) => {
    const found = ids.read(id);
    return found?.branch.type === 'Patient' ? [{ branch: found.branch.prefix, key: found.key }] : [];
  });
}

function idsNamed(type: string, criterion: Criterion): readonly string[] {
  if (criterion.is === 'compartment') return criterion.patients;
  if (criterion.is !== 'parameter') return [];
  const isOwnId = type === 'Patient' && criterion.code === '_id';
  return criterion.values.flatMap((value) => {
    if (value.is === 'token') return isOwnId ? (value.code ?? []) : [];
    return value.is === 'reference' && (value.type ?? 'Patient') === 'Patient' ? (value.id ?? []) : [];
  });
}

type ParameterCriterion = Extract<Criterion, { is: 'parameter' }>;

function isIdentifierCriterion(criterion: Criterion): criterion is ParameterCriterion {
  return (
    criterion.is === 'parameter' &&
    criterion.code === 'identifier' &&
    criterion.values.every((value) => value.is === 'token')
  );
}

/** A token's code is an identifier's value. */
function identifierOf({ system, code }: TokenValue): { readonly system?: string; readonly value?: string } {
  return { ...(system === undefined ? {} : { system }), ...(code === undefined ? {} : { value: code }) };
}

/** A search by any member's identifier finds the person: its primary's key joins what the branch's own columns find. */
function setIdentifierKeys(criterion: ParameterCriterion, persons: readonly Person[], hops: MutableHops): void {
  for (const person of persons) {
    const [primary, ...others] = person.members;
    if (primary === undefined) continue;
    const texts = others.flatMap((member) => member.identifiers);
    if (texts.some((text) => criterion.values.some((value) => carries(text, value as TokenValue))))
      hops.set(criterion, primary.branch, [primary.key]);
  }
}

function carries(identifierText: string, value: TokenValue): boolean {
  const identifier = JSON.parse(identifierText) as { readonly system?: string; readonly value?: string };
  return (
    (value.system === undefined || value.system === (identifier.system ?? '')) &&
    (value.code === undefined || value.code === identifier.value)
  );
}

export type { CatalogueBranch };
