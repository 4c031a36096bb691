import type { Coding, Observation, Quantity } from '@medplum/fhirtypes';
import { componentText, wholeText, type FeedReading, type Hl7Repetition } from '../../../contracts/index.ts';
import { conceptOf } from './concept.ts';
import { dateTimeOf } from './dtm.ts';

const UCUM = 'http://unitsofmeasure.org';
const NUMBER = /^(<=|>=|<|>)? *([+-]?)(\d{1,30}(?:\.\d{1,30})?|\.\d{1,30}|\d{1,30}\.)$/;
/** Kinds of values that are codes. */
const CODED = ['CE', 'CWE', 'CNE', 'CF', 'IS'];
const TIME = /^([01]\d|2[0-3])([0-5]\d)(?:([0-5]\d)(?:\.\d+)?)?(?:[+-]\d{4})?$/;
const COMPARATORS: Readonly<Record<string, NonNullable<Quantity['comparator']>>> = {
  ...{ '<': '<', '<=': '<=', '>': '>', '>=': '>=' },
};

/** A decimal as it was written, which a number of JavaScript does not keep: `1.50` has three digits. */
export interface WrittenDecimal {
  readonly decimal: string;
}

/** A quantity whose number is as it was written. */
export interface WrittenQuantity extends Omit<Quantity, 'value'> {
  readonly value: WrittenDecimal;
}

/** A value[x] of an Observation, by the name of its alternative. */
export type Value =
  | { readonly valueQuantity: WrittenQuantity }
  | Pick<Observation, 'valueCodeableConcept'>
  | Pick<Observation, 'valueString'>
  | Pick<Observation, 'valueDateTime'>
  | Pick<Observation, 'valueTime'>;

/**
 * The value of an OBX; undefined: it has none that an Observation can hold. In: OBX-2, the repetitions of OBX-5, and OBX-6. What is no number where one is said to be, stays the
 * text that it is.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-segment-obx-to-observation.html
 */
export function valueOf(
  type: string,
  values: readonly Hl7Repetition[],
  unit: Hl7Repetition | undefined,
  context: FeedReading,
): Value | undefined {
  const [first] = values;
  const text = textOf(values);
  if (first === undefined || text === '') return undefined;
  if (values.length > 1) return { valueString: CODED.includes(type) ? displayOf(values) : text };
  switch (type) {
    case 'NM':
      return quantityOf(text, unit) ?? { valueString: text };
    case 'SN':
      return structuredOf(first, unit) ?? { valueString: text };
    case 'CE':
    case 'CWE':
    case 'CNE':
    case 'CF':
    case 'IS': {
      const concept = conceptOf(first, context);
      return concept === undefined ? undefined : { valueCodeableConcept: concept };
    }
    case 'DT':
    case 'TS':
    case 'DTM': {
      const time = dateTimeOf(componentText(first, 1), context.timeZone);
      return time === undefined ? { valueString: text } : { valueDateTime: time };
    }
    case 'TM': {
      const [, hour, minute, second = '00'] = TIME.exec(text) ?? [];
      return hour === undefined || minute === undefined
        ? { valueString: text }
        : { valueTime: `${hour}:${minute}:${second}` };
    }
    case 'ED':
    case 'RP':
      return undefined;
    default:
      return { valueString: text };
  }
}

/** What a person reads of several codes. */
function displayOf(values: readonly Hl7Repetition[]): string {
  return values
    .map((cwe) => componentText(cwe, 2).trim() || componentText(cwe, 1).trim())
    .filter((text) => text !== '')
    .join('\n');
}

/** Repetitions are lines; components of what is said to be a text are joined as they were sent. */
function textOf(values: readonly Hl7Repetition[]): string {
  return values.map(wholeText).join('\n').trim();
}

function quantityOf(text: string, unit: Hl7Repetition | undefined): Value | undefined {
  const [, comparator = '', sign = '', digits] = NUMBER.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const decimal = `${sign === '-' ? '-' : ''}${digits.startsWith('.') ? '0' : ''}${digits.replace(/\.$/, '').replace(/^0+(?=\d)/, '')}`;
  const known = COMPARATORS[comparator];
  return {
    valueQuantity: { value: { decimal }, ...(known === undefined ? {} : { comparator: known }), ...unitOf(unit) },
  };
}

/** `<^5` and `^182`; what compares two numbers stays text. */
function structuredOf(sn: Hl7Repetition, unit: Hl7Repetition | undefined): Value | undefined {
  const [comparator, number, separator] = [1, 2, 3].map((component) => componentText(sn, component).trim());
  return separator === '' ? quantityOf(`${comparator ?? ''}${number ?? ''}`, unit) : undefined;
}

/** A unit is a code where it says that it is one of UCUM; else it is how a person reads it. */
export function unitOf(cwe: Hl7Repetition | undefined): Pick<Quantity, 'unit' | 'system' | 'code'> {
  if (cwe === undefined) return {};
  const coding = [1, 4].map((at): Coding => ({
    ...{ code: componentText(cwe, at).trim(), display: componentText(cwe, at + 1).trim() },
    system: componentText(cwe, at + 2)
      .trim()
      .toUpperCase(),
  }));
  const ucum = coding.find(({ code, system }) => code !== '' && system === 'UCUM');
  const [first] = coding;
  const unit = ucum?.display || first?.display || first?.code || '';
  if (ucum?.code !== undefined) return { unit: unit === '' ? ucum.code : unit, system: UCUM, code: ucum.code };
  return unit === '' ? {} : { unit };
}

/** A number in a JSON text as it was written: https://tc39.es/proposal-json-parse-with-source/#sec-json.rawjson, which the types of the platform do not have yet. */
export function rawNumber(text: string): number {
  return (JSON as unknown as { readonly rawJSON: (text: string) => number }).rawJSON(text);
}
