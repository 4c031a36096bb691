import type { Criterion, Served, ServedParam, ServedType } from '../../contracts/index.ts';
import { searchParameters } from '../definitions/index.ts';

/** What the parsers of one search share. */
export interface Scope {
  readonly served: Served;
  readonly base: string | undefined;
}

/** A parameter that cannot be applied: R4 defines it but it is not served here, or nobody defines it. */
export interface Unserved {
  readonly is: 'unserved';
  readonly how: 'unsupported' | 'undefined';
  readonly reason: string;
}

export type Parsed = Criterion | Unserved;

/** Parameters that R4 defines for every search beside those of the base types (https://hl7.org/fhir/R4/search.html#all). */
const general: ReadonlySet<string> = new Set(['_filter', '_list', '_type', '_contained', '_containedType', '_score']);

/** The parameter as it is served, or why it is not. */
export function lookUp(type: ServedType, code: string): ServedParam | Unserved {
  const param = type.params.get(code);
  if (param !== undefined) return param;
  const isDefined = general.has(code) || searchParameters(type.type).some((definition) => definition.code === code);
  return isDefined
    ? unsupported(`R4 defines it for ${type.type}, but it is not served here`)
    : { is: 'unserved', how: 'undefined', reason: `${type.type} has no such search parameter` };
}

/** As `lookUp`, for what a chain or `_has` asks of other resources: only the system that holds them can tell which match. */
export function lookUpNested(type: ServedType, code: string): ServedParam | Unserved {
  const found = lookUp(type, code);
  return isUnserved(found) || found.residual !== true
    ? found
    : unsupported(`'${code}' of ${type.type} is judged on each resource, which cannot be done on the way to another`);
}

export function unsupported(reason: string): Unserved {
  return { is: 'unserved', how: 'unsupported', reason };
}

export function isUnserved(found: ServedParam | Parsed): found is Unserved {
  return 'is' in found && found.is === 'unserved';
}
