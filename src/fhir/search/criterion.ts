import type { Criterion, SearchValue, ServedType } from '../../contracts/index.ts';
import { isResourceType, searchParameters } from '../definitions/index.ts';
import { parseComposite, valueParsers } from './composite.ts';
import { splitEscaped } from './escape.ts';
import type { Parameter } from './parameter.ts';
import { invalidValue, quoted, unsupportedModifier } from './refuse.ts';
import { isUnserved, lookUp, unsupported, type Parsed, type Scope } from './scope.ts';

/** Alternatives that one parameter may list. */
export const valuesMax = 1000;

/**
 * One parameter without chain, `code[:modifier]`, of a type. `name` is the whole name as the caller wrote it.
 * Throws `search.invalid-value` and `search.unsupported-modifier`.
 */
export function parseCriterion(
  scope: Scope,
  type: ServedType,
  own: string,
  value: string,
  name: string,
  look = lookUp,
): Parsed {
  const [code = '', modifier, ...more] = own.split(':');
  const served = look(type, code);
  if (isUnserved(served)) return served;
  const parameter: Parameter = {
    ...{ name, code, served, type: type.type, base: scope.base },
    ...(modifier === undefined ? {} : { modifier }),
  };
  if (more.length > 0) throw unsupportedModifier(name, served.modifiers);
  checkModifier(parameter);
  if (modifier === 'missing') return parseMissing(parameter, value);
  return {
    is: 'parameter',
    code,
    type: served.type,
    negated: modifier === 'not',
    values: parseValues(parameter, value),
  };
}

function parseMissing({ name, code }: Parameter, value: string): Criterion {
  if (value !== 'true' && value !== 'false') throw invalidValue(name, ':missing takes true or false.');
  return { is: 'missing', code, missing: value === 'true' };
}

/** Comma is OR (https://hl7.org/fhir/R4/search.html#combining); an empty alternative is an error of the caller, never a match-all. */
function parseValues(parameter: Parameter, value: string): readonly SearchValue[] {
  const texts = splitEscaped(value, ',');
  if (texts.length > valuesMax) throw invalidValue(parameter.name, `it lists at most ${valuesMax} values.`);
  return texts.map((text): SearchValue => {
    if (text === '') throw invalidValue(parameter.name, 'it must not be empty; write \\, for a comma inside a value.');
    const { type } = parameter.served;
    return type === 'composite' ? parseComposite(text, parameter) : valueParsers[type](text, parameter);
  });
}

/** A reference takes its target types as modifiers; everything else takes what its row says. */
function checkModifier({ name, code, modifier, served, type }: Parameter): void {
  if (modifier === undefined || served.modifiers.includes(modifier)) return;
  if (served.type === 'reference' && isResourceType(modifier) && mayTarget(type, code, modifier)) return;
  throw unsupportedModifier(name, served.modifiers);
}

/** Whether R4 lets a reference parameter point at a type. */
export function mayTarget(type: string, code: string, target: string): boolean {
  const targets = searchParameters(type).find((definition) => definition.code === code)?.targets ?? [];
  return targets.length === 0 || targets.some((one) => one === target);
}

/** A value of a chain or `_has` whose inner part contains one more. */
export function tooDeep(name: string): Parsed {
  return unsupported(`${quoted(name)} chains more than one level`);
}
