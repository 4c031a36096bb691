import type { Include, ServedType } from '../../contracts/index.ts';
import { isResourceType } from '../definitions/index.ts';
import { invalidValue, unsupportedModifier } from './refuse.ts';
import { isUnserved, lookUp, unsupported, type Scope, type Unserved } from './scope.ts';

/** `_include` and `_revinclude`: `Type:parameter[:Target]` (https://hl7.org/fhir/R4/search.html#include). */
export function parseInclude(
  scope: Scope,
  type: ServedType,
  name: string,
  value: string,
): readonly Include[] | Unserved {
  const [kind = '', modifier] = name.split(':');
  if (modifier !== undefined) throw unsupportedModifier(name, []);
  const [source = '', code = '', target, ...more] = value.split(':');
  if (value === '*' || code === '*')
    return unsupported('a wildcard is not served; name each parameter as Type:parameter');
  if (!isResourceType(source) || code === '' || more.length > 0 || (target !== undefined && !isResourceType(target)))
    throw invalidValue(name, 'it is Type:parameter or Type:parameter:Target.');
  return kind === '_include'
    ? include(type, name, { source, code, target }, scope)
    : revinclude(type, name, { source, code, target }, scope);
}

interface Path {
  readonly source: string;
  readonly code: string;
  readonly target: string | undefined;
}

function include(
  type: ServedType,
  name: string,
  { source, code, target }: Path,
  scope: Scope,
): readonly Include[] | Unserved {
  if (source !== type.type)
    throw invalidValue(name, `this search finds ${type.type}, so it begins with ${type.type}:.`);
  const served = lookUp(type, code);
  if (isUnserved(served) || !type.includes.includes(`${source}:${code}`)) return unsupported(notServed(source, code));
  const targets = served.targets.filter((one) => scope.served.has(one) && (target === undefined || one === target));
  if (targets.length === 0) return unsupported(notServed(source, code, target));
  return targets.map((one) => ({ direction: 'include', code, other: { type: one, where: [] } }));
}

function revinclude(
  type: ServedType,
  name: string,
  { source, code, target }: Path,
  scope: Scope,
): readonly Include[] | Unserved {
  if (target !== undefined && target !== type.type)
    throw invalidValue(name, `this search finds ${type.type}, so the target is ${type.type}.`);
  const other = scope.served.get(source);
  if (other === undefined || !type.revincludes.includes(`${source}:${code}`))
    return unsupported(notServed(source, code));
  return [{ direction: 'revinclude', code, other: { type: other.type, where: [] } }];
}

function notServed(source: string, code: string, target?: string): string {
  const path = [source, code, ...(target === undefined ? [] : [target])].map((part) => part.slice(0, 64));
  return `${path.join(':')} is not served here`;
}
