import type { ServedType } from '../../contracts/index.ts';
import { isResourceType } from '../definitions/index.ts';
import { parseCriterion, tooDeep } from './criterion.ts';
import { invalidValue, quoted } from './refuse.ts';
import { isUnserved, lookUp, lookUpNested, unsupported, type Parsed, type Scope } from './scope.ts';

/** `_has:Type:reference:parameter[:modifier]` (https://hl7.org/fhir/R4/search.html#has), one level. */
export function parseHas(scope: Scope, type: ServedType, name: string, value: string): Parsed {
  const [, source = '', code = '', ...rest] = name.split(':');
  const inner = rest.join(':');
  if (source === '' || code === '' || inner === '') throw invalidValue(name, 'it is _has:Type:reference:parameter.');
  if (!isResourceType(source)) throw invalidValue(name, `R4 has no resource type ${quoted(source)}.`);
  const other = scope.served.get(source);
  if (other === undefined) return unsupported(`${source} is not served here`);
  const reference = lookUp(other, code);
  if (isUnserved(reference)) return unsupported(`${source} has no served parameter ${quoted(code)}`);
  if (reference.type !== 'reference' || !reference.targets.includes(type.type))
    throw invalidValue(name, `${quoted(code)} of ${source} does not refer to ${type.type}.`);
  if (inner.startsWith('_has') || inner.includes('.')) return tooDeep(name);
  const parsed = parseCriterion(scope, other, inner, value, name, lookUpNested);
  if (isUnserved(parsed)) return unsupported(`${source} has no served parameter ${quoted(inner)}`);
  return { is: 'has', code, source: { type: other.type, where: [parsed] } };
}
