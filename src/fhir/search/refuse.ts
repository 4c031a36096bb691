import { Fault } from '../../core/index.ts';

/** A parameter's name as messages quote it: bounded, because the caller chose it. */
export function quoted(name: string): string {
  return `'${name.length > 64 ? `${name.slice(0, 64)}…` : name}'`;
}

/** A malformed value. `right` says what would be right; the value itself is never repeated, for it may tell who the patient is. */
export function invalidValue(name: string, right: string): Fault {
  return new Fault('search.invalid-value', `The value of ${quoted(name)} is not valid: ${right}`, { expression: name });
}

/** A modifier that does not work here is refused even where the caller asked to be lenient (https://hl7.org/fhir/R4/search.html#modifiers). */
export function unsupportedModifier(name: string, works: readonly string[]): Fault {
  const right = works.length === 0 ? 'it takes no modifier.' : `it takes ${works.map((m) => `:${m}`).join(', ')}.`;
  return new Fault('search.unsupported-modifier', `The modifier of ${quoted(name)} is not supported: ${right}`, {
    expression: name,
  });
}
