import type { Parameter } from './definitions.ts';
import type { Variant } from './variants.ts';

/** Values and modifiers that a server must refuse with 400, even where it is lenient. https://hl7.org/fhir/R4/search.html#modifiers */
export function malformedVariants(parameter: Parameter): Variant[] {
  const { code, type } = parameter;
  const wrongModifier = { name: `${code}:nosuch`, value: 'x' };
  const wrongMissing = { name: `${code}:missing`, value: 'perhaps' };
  if (code === '_id') return [wrongModifier];
  return [wrongModifier, wrongMissing, ...malformedValues(type).map((value) => ({ name: code, value }))];
}

function malformedValues(type: Parameter['type']): readonly string[] {
  switch (type) {
    case 'date':
      return ['2020-13-01', '2021-02-29', 'yesterday', 'xx2020', '2020-01-01T25:00', '20200101'];
    case 'number':
    case 'quantity':
      return ['abc', '1.2.3', 'xx5', '--1'];
    case 'composite':
      return ['alone', 'a$b$c$d'];
    default:
      return [];
  }
}
