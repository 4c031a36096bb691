import type { CodeableConcept, Dosage, Identifier, MedicationRequest, Period, Quantity } from '@medplum/fhirtypes';
import {
  componentText,
  fieldText,
  type Assertion,
  type FeedReading,
  type Hl7Repetition,
  type Hl7Segment,
  type ThingKey,
} from '../../contracts/index.ts';
import { absent } from './datatypes/absent.ts';
import { conceptOf } from './datatypes/concept.ts';
import { dateTimeOf } from './datatypes/dtm.ts';
import { entityOf, numberedKey, placerAndFiller } from './datatypes/identifier.ts';
import { periodOf } from './datatypes/period.ts';
import { peopleOf, type Person } from './datatypes/person.ts';
import { rawNumber, unitOf, type WrittenQuantity } from './datatypes/value.ts';
import { sayingOf } from './said.ts';

type Status = NonNullable<MedicationRequest['status']>;

/** One ORC of a pharmacy message with what follows it. */
export interface PharmacyGroup {
  readonly orc: Hl7Segment;
  /** RXE, what the pharmacy encoded; else RXO, what was ordered. */
  readonly rxe: Hl7Segment | undefined;
  readonly rxo: Hl7Segment | undefined;
  readonly rxr: readonly Hl7Segment[];
  readonly tq1: readonly Hl7Segment[];
  readonly notes: readonly string[];
}

/** The parts of an order of a drug. What was said at once of what is given and how belongs together: half of an order is a wrong one. */
export interface MedicationOrderParts {
  readonly subject: ThingKey;
  readonly encounter: ThingKey;
  readonly identifier: readonly Identifier[];
  readonly status: Status;
  readonly authoredOn: string;
  readonly requester: Person;
  readonly order: {
    readonly medication: CodeableConcept;
    readonly instruction?: string;
    readonly timing?: string;
    readonly route?: CodeableConcept;
    readonly dose?: WrittenQuantity;
    readonly doseHigh?: WrittenQuantity;
    readonly note?: string;
    readonly bounds?: Period;
  };
}

/** Table 0119, of which a MedicationRequest has a state. */
const STATUS_OF_CONTROL: Readonly<Record<string, Status>> = {
  ...{ NW: 'active', XO: 'active', RO: 'active', SN: 'active', RL: 'active', OE: 'active', OK: 'active' },
  ...{ CA: 'cancelled', OC: 'cancelled', CR: 'cancelled', DC: 'stopped', OD: 'stopped', DR: 'stopped' },
  ...{ RP: 'stopped', RU: 'stopped', HD: 'on-hold', OH: 'on-hold', HR: 'on-hold' },
};

/** Table 0038. */
const STATUS_OF_ORDER: Readonly<Record<string, Status>> = {
  ...{ A: 'active', IP: 'active', SC: 'active', CA: 'cancelled', CM: 'completed', DC: 'stopped', HD: 'on-hold' },
};

const NUMBER = /^\d{1,18}(\.\d{1,12})?$/;

/** Which order is meant: by the number of who placed it, else of who fills it. Undefined: by neither. */
export function medicationOrderKeyOf(
  { orc }: PharmacyGroup,
  patient: ThingKey,
  context: FeedReading,
): ThingKey | undefined {
  const [number] = [2, 3].flatMap((field) => orc.field(field).flatMap((ei) => entityOf(ei, context) ?? []));
  return number && numberedKey('MedicationRequest', number, patient, 'order', context);
}

/** What one order of a pharmacy message says; nothing, where it names no drug. */
export function medicationOrderAssertions(
  group: PharmacyGroup,
  key: ThingKey,
  subject: ThingKey,
  encounter: ThingKey | undefined,
  context: FeedReading,
): readonly Assertion[] {
  const { orc } = group;
  const said = sayingOf<MedicationOrderParts>(key);
  const [requester] = peopleOf(orc.field(12), context) ?? [];
  return [
    ...said('subject', subject),
    ...said('encounter', encounter),
    ...said('identifier', placerAndFiller(orc.field(2), orc.field(3), context)),
    ...said('status', statusOf(orc)),
    ...said('authoredOn', dateTimeOf(fieldText(orc, 9), context.timeZone)),
    ...said('requester', requester),
    ...said('order', orderOf(group, context)),
  ];
}

/** The event is newer than the status that is sent along with it, which many senders leave as it was. */
function statusOf(orc: Hl7Segment): Status | undefined {
  const control = STATUS_OF_CONTROL[fieldText(orc, 1).trim().toUpperCase()];
  const order = STATUS_OF_ORDER[fieldText(orc, 5).trim().toUpperCase()];
  return control === undefined || control === 'active' ? (order ?? control) : control;
}

/** RXE is preferred: it is what the pharmacy made of the order. The fields of RXO stand elsewhere. */
const FIELDS = {
  RXE: { drug: 2, low: 3, high: 4, unit: 5, instruction: 7 },
  RXO: { drug: 1, low: 2, high: 3, unit: 4, instruction: 7 },
} as const;

function orderOf(group: PharmacyGroup, context: FeedReading): MedicationOrderParts['order'] | undefined {
  const { orc, rxe, rxo, rxr, tq1, notes } = group;
  const segment = rxe ?? rxo;
  if (segment === undefined) return undefined;
  const fields = rxe === undefined ? FIELDS.RXO : FIELDS.RXE;
  const medication = conceptOf(segment.field(fields.drug)[0] ?? [], context);
  if (medication === undefined) return undefined;
  const text = (field: number): string =>
    segment
      .field(field)
      .map((cwe) => componentText(cwe, 2).trim() || componentText(cwe, 1).trim())
      .filter((one) => one !== '')
      .join('\n');
  const [timing] = [
    ...tq1.map((one) => timingOf(one.field(3)[0])),
    timingOf(rxe?.field(1)[0]?.slice(1)),
    timingOf(orc.field(7)[0]?.slice(1)),
  ].filter((one) => one !== '');
  const [first] = tq1;
  const [dose, doseHigh] = [fields.low, fields.high].map((field) =>
    quantityOf(fieldText(segment, field), segment.field(fields.unit)[0]),
  );
  const route = rxr.flatMap((one) => conceptOf(one.field(1)[0] ?? [], context, '0162') ?? [])[0];
  const [start, end] = [
    dateTimeOf(fieldText(first, 7) || fieldText(rxe, 1, 4) || fieldText(orc, 7, 4), context.timeZone),
    dateTimeOf(fieldText(first, 8) || fieldText(rxe, 1, 5) || fieldText(orc, 7, 5), context.timeZone),
  ];
  const bounds = periodOf(start, end, context.timeZone);
  const [instruction, note] = [text(fields.instruction), notes.join('\n').trim()];
  return {
    medication,
    ...(instruction === '' ? {} : { instruction }),
    ...(timing === undefined ? {} : { timing }),
    ...(route && { route }),
    ...(dose && { dose }),
    ...(doseHigh && { doseHigh }),
    ...(note === '' ? {} : { note }),
    ...(bounds && { bounds }),
  };
}

/** How often, as it was written: `Q6H`, `BID`. */
function timingOf(repeat: Hl7Repetition | undefined): string {
  return repeat === undefined ? '' : componentText(repeat, 1).trim();
}

function quantityOf(text: string, unit: Hl7Repetition | undefined): WrittenQuantity | undefined {
  const decimal = text.trim().replace(/^0+(?=\d)/, '');
  return NUMBER.test(decimal) ? { value: { decimal }, ...unitOf(unit) } : undefined;
}

/** What the parts of an order are as a MedicationRequest. */
export function renderMedicationOrder(
  parts: Partial<MedicationOrderParts>,
  referenceTo: (key: ThingKey) => string,
): MedicationRequest {
  const { subject, encounter, identifier, status, authoredOn, requester, order } = parts;
  const dosage = order && dosageOf(order);
  return {
    resourceType: 'MedicationRequest',
    ...(identifier === undefined || identifier.length === 0 ? {} : { identifier: [...identifier] }),
    ...{ status: status ?? 'unknown', intent: 'order' },
    // An order that is cancelled before it was ever seen names no drug, and R4 requires one.
    medicationCodeableConcept: order?.medication ?? absent('unknown'),
    subject: subject === undefined ? absent('unknown') : { reference: referenceTo(subject) },
    ...(encounter === undefined ? {} : { encounter: { reference: referenceTo(encounter) } }),
    ...(authoredOn === undefined ? {} : { authoredOn }),
    ...(requester === undefined ? {} : { requester }),
    ...(order?.note === undefined ? {} : { note: [{ text: order.note }] }),
    ...(dosage === undefined || Object.keys(dosage).length === 0 ? {} : { dosageInstruction: [dosage] }),
  };
}

function dosageOf(order: MedicationOrderParts['order']): Dosage {
  const { instruction, timing, route, dose, doseHigh, bounds } = order;
  const written = {
    ...(bounds && { repeat: { boundsPeriod: bounds } }),
    ...(timing === undefined ? {} : { code: { text: timing } }),
  };
  return {
    ...(instruction === undefined ? {} : { text: instruction }),
    ...(Object.keys(written).length === 0 ? {} : { timing: written }),
    ...(route && { route }),
    ...(dose === undefined ? {} : { doseAndRate: [doseOf(dose, doseHigh)] }),
  };
}

/** Two amounts are a range where the second is more; less is none (rng-2). */
function doseOf(low: WrittenQuantity, high: WrittenQuantity | undefined): NonNullable<Dosage['doseAndRate']>[number] {
  const written = ({ value, ...rest }: WrittenQuantity): Quantity => ({ value: rawNumber(value.decimal), ...rest });
  return high === undefined || Number(high.value.decimal) <= Number(low.value.decimal)
    ? { doseQuantity: written(low) }
    : { doseRange: { low: written(low), high: written(high) } };
}
