import type { Criterion, ResourceType, ServedType, SubPlan } from '../../contracts/index.ts';
import { isResourceType } from '../definitions/index.ts';
import { mayTarget, parseCriterion, tooDeep } from './criterion.ts';
import { invalidValue, quoted } from './refuse.ts';
import { isUnserved, lookUp, lookUpNested, unsupported, type Parsed, type Scope } from './scope.ts';

/**
 * `subject:Patient.name` and `patient.name` (https://hl7.org/fhir/R4/search.html#chaining). Without a type, each served target that has the
 * inner parameter is an alternative.
 */
export function parseChain(scope: Scope, type: ServedType, name: string, value: string): Parsed {
  const dot = name.indexOf('.');
  const inner = name.slice(dot + 1);
  const [code = '', target, ...more] = name.slice(0, dot).split(':');
  const served = lookUp(type, code);
  if (isUnserved(served)) return served;
  if (served.type !== 'reference')
    throw invalidValue(name, `${quoted(code)} is no reference, so nothing can follow it.`);
  if (more.length > 0 || inner === '') throw invalidValue(name, 'a chain is parameter[:Type].parameter.');
  if (target !== undefined && !(isResourceType(target) && mayTarget(type.type, code, target)))
    throw invalidValue(name, `${quoted(code)} of ${type.type} does not refer to that type.`);
  if (inner.includes('.') || inner.startsWith('_has')) return tooDeep(name);
  const targets = served.targets.filter((one) => target === undefined || one === target);
  const alternatives = targets.flatMap((one) => alternative(scope, one, inner, value, name));
  return alternatives.length === 0
    ? unsupported(`${quoted(inner)} is not served for what ${quoted(code)} refers to`)
    : { is: 'chain', code, targets: alternatives };
}

function alternative(scope: Scope, type: ResourceType, inner: string, value: string, name: string): readonly SubPlan[] {
  const other = scope.served.get(type);
  if (other === undefined) return [];
  const parsed = parseCriterion(scope, other, inner, value, name, lookUpNested);
  return isUnserved(parsed) ? [] : [{ type, where: [parsed satisfies Criterion] }];
}
