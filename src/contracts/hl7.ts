/** The subcomponents of one component, unescaped. */
export type Hl7Component = readonly string[];

/** One repetition of a field: its components. */
export type Hl7Repetition = readonly Hl7Component[];

/** One segment. Fields are numbered as in the standard: the first is 1, and MSH-1 is the field separator. */
export interface Hl7Segment {
  readonly name: string;
  /** What was sent in a field; empty: nothing, which changes nothing. `""` alone, which deletes what was there, is one repetition with that text. */
  field(number: number): readonly Hl7Repetition[];
}

/** A message of a feed, as a mapping sees it: split by its own delimiters, decoded and unescaped. */
export interface Hl7Message {
  /** Such as `ADT^A01`. */
  readonly event: string;
  readonly segments: readonly Hl7Segment[];
}

/** The text that deletes what was there (https://www.hl7.eu/HL7v2x/v251/std251/ch02.html, 2.5.3.6). */
export const HL7_NULL = '""';

/** The text of a component, by its number and the one of its subcomponent; empty: not sent, or deleted. */
export function componentText(repetition: Hl7Repetition | undefined, component: number, subcomponent = 1): string {
  const text = repetition?.[component - 1]?.[subcomponent - 1] ?? '';
  return text === HL7_NULL ? '' : text;
}

/** The text of a field's first repetition, by component; empty: not sent. */
export function fieldText(segment: Hl7Segment | undefined, field: number, component = 1, subcomponent = 1): string {
  return componentText(segment?.field(field)[0], component, subcomponent);
}

/** A repetition of a text, in which nobody escaped what would divide it; empty: not sent, or deleted. */
export function wholeText(repetition: Hl7Repetition): string {
  const text = repetition.map((component) => component.join('&')).join('^');
  return text === HL7_NULL ? '' : text;
}

/** Whether a field says that what was there is to be deleted. */
export function isDeleted(field: readonly Hl7Repetition[]): boolean {
  const [only, ...others] = field;
  return others.length === 0 && only?.length === 1 && only[0]?.length === 1 && only[0][0] === HL7_NULL;
}
