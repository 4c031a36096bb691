import type { StringValue } from '../../contracts/index.ts';
import { lowerSimple } from '../../core/index.ts';
import { isObject, textsOf, type Element, type ElementTest, type MatchContext } from './element.ts';

/** The parts of a HumanName and of an Address; each is a text of its own. */
const parts = [
  ...['family', 'given', 'prefix', 'suffix', 'text'],
  ...['line', 'city', 'district', 'state', 'postalCode', 'country'],
];

/** https://hl7.org/fhir/R4/search.html#string */
export function stringTest({ mode, value }: StringValue, { fold = lowerSimple }: MatchContext): ElementTest {
  if (mode === 'exact') return (element) => stringsOf(element).includes(value);
  const sought = fold(value);
  const holds = (text: string): boolean => (mode === 'contains' ? text.includes(sought) : text.startsWith(sought));
  return (element) => stringsOf(element).some((text) => holds(fold(text)));
}

function stringsOf(element: Element): readonly string[] {
  if (typeof element === 'string') return [element];
  return isObject(element) ? textsOf(element, parts) : [];
}
