import { civilOf, zonedOf, type Day } from '../model/calendar.ts';
import type { DrugLine } from '../model/drug-lines.ts';
import { drugOf } from '../model/drugs.ts';
import { FREQUENCIES } from '../model/frequencies.ts';
import type { MedicationOrder } from '../model/medication-orders.ts';
import type { Person } from '../model/types.ts';
import {
  DOSE_UNIT,
  ORDER_INTENT,
  ORDER_REASON,
  ORDER_SETTING,
  ORDER_STATUS,
  PERIOD_UNIT,
  RHYTHM,
  ROUTE,
  DRUG_SYSTEMS,
} from './codes-medications.ts';
import { SYSTEMS } from './codes.ts';
import { providerRef, registrationOf } from './labs.ts';
import { localConcept } from './local-codes.ts';
import { concept, decimal, known, labelled, listOf, plain, referenceTo, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import { allLabels, catalogueLabels } from './sensitivity.ts';
import { stayLabels, stayRef } from './stays.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

type Elements = Readonly<Record<string, TruthValue | undefined>>;

/** An object of what is known, or nothing. */
export function some(elements: Elements): TruthValue | undefined {
  const there = known(elements);
  return Object.keys(there).length === 0 ? undefined : there;
}

function blank(text: string | null): string | undefined {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed;
}

function civil(day: Day | undefined): string | undefined {
  return day === undefined ? undefined : civilOf(day);
}

/** The Medication of a code that means something today. */
export function medicationNative(code: string): Native {
  return { table: 'DRUGMST', key: [code] };
}

/** What the formulary says of a code today, then the code itself; the text is what was typed. */
export function drugConcept({ drug, text }: Pick<DrugLine, 'drug' | 'text'>): TruthValue | undefined {
  const meaning = drug === null ? undefined : drugOf(drug);
  const rxnorm = meaning?.rxnorm ?? undefined;
  return concept(
    [
      rxnorm === undefined ? undefined : { system: SYSTEMS.rxnorm, code: rxnorm },
      drug === null ? undefined : known({ system: DRUG_SYSTEMS.localDrug, code: drug, display: meaning?.name }),
    ],
    text ?? undefined,
  );
}

/** As sensitive as the formulary says; of what means nothing today nobody can say. */
export function drugLabels(drug: string | null): readonly TruthValue[] | undefined {
  return drug === null ? undefined : catalogueLabels(drugOf(drug));
}

export function routeConcept(route: string | null): TruthValue | undefined {
  return localConcept(route, DRUG_SYSTEMS.localRoute, { system: SYSTEMS.snomed, meanings: ROUTE });
}

/** A number in the unit of the dose. */
export function inDoseUnit(number: string, unit: string | null): TruthValue {
  const code = DOSE_UNIT[unit ?? ''];
  return known({
    value: decimal(number),
    unit: unit ?? undefined,
    ...(code === undefined ? {} : { system: SYSTEMS.ucum, code }),
  });
}

/** A dose that is a number; ranges and words stand in the directions only. */
export function doseOf({ dose, unit }: Pick<DrugLine, 'dose' | 'unit'>): TruthValue | undefined {
  return dose !== null && /^\d+(,\d+)?$/.test(dose) ? inDoseUnit(dose.replace(',', '.'), unit) : undefined;
}

/** How often, from a day to another. */
export function timingOf(
  frequency: string | null,
  [begins, ends]: readonly (Day | undefined)[] = [],
): TruthValue | undefined {
  const rhythm = FREQUENCIES.find(({ code }) => code === frequency);
  const gts = { system: DRUG_SYSTEMS.gtsAbbreviation, meanings: RHYTHM };
  return some({
    repeat: some({
      boundsPeriod: some({ start: civil(begins), end: civil(ends) }),
      frequency: rhythm?.times ?? undefined,
      period: rhythm?.period ?? undefined,
      periodUnit: PERIOD_UNIT[rhythm?.unit ?? ''],
    }),
    code: localConcept(frequency, DRUG_SYSTEMS.localFrequency, gts, rhythm?.name),
  });
}

/** A dosage without its timing. */
export function dosageOf(
  { dose, unit, route }: Pick<DrugLine, 'dose' | 'unit' | 'route'>,
  sig: string | null,
  asNeeded: boolean | undefined,
): Elements {
  const quantity = doseOf({ dose, unit });
  return {
    text: blank(sig),
    asNeededBoolean: asNeeded,
    route: routeConcept(route),
    doseAndRate: quantity && [{ doseQuantity: quantity }],
  };
}

function orderDosage({ line, setting, sig, begins, ends }: MedicationOrder): TruthValue | undefined {
  const asNeeded = line.asNeeded ? true : setting === 'I' ? false : undefined;
  return some({ ...dosageOf(line, sig, asNeeded), timing: timingOf(line.frequency, [begins, ends]) });
}

function supplyOf({ refills, quantity, days, line }: MedicationOrder): TruthValue | undefined {
  const duration = { unit: 'days', system: SYSTEMS.ucum, code: 'd' };
  return some({
    numberOfRepeatsAllowed: refills ?? undefined,
    quantity: quantity === null ? undefined : inDoseUnit(quantity, line.unit),
    expectedSupplyDuration: days === null ? undefined : { value: decimal(String(days)), ...duration },
  });
}

export function medicationOrderNative(number: string): Native {
  return { table: 'MEDORD', key: [number] };
}

/** The order, if it is one of the person's that are served. */
export function medicationOrderRef(
  number: string | null,
  { medicationOrders }: Person,
): ReturnType<typeof referenceTo> {
  const found = medicationOrders.find(
    (order) => order.number === number && order.recorded && order.deleted === undefined && order.damage === undefined,
  );
  return referenceTo('MedicationRequest', found && medicationOrderNative(found.number));
}

function orderTruth(order: MedicationOrder, person: Person): TruthResource {
  const { setting, reported, line, ordered, indication, note } = order;
  const newest = order.changes.findLast(({ kind }) => kind === 'S');
  const reasons = { system: DRUG_SYSTEMS.requestReason, meanings: ORDER_REASON };
  const settings = { system: DRUG_SYSTEMS.requestCategory, meanings: ORDER_SETTING };
  const requester = referenceTo('Practitioner', providerRef(order.prescriber));
  const native = medicationOrderNative(order.number);
  const elements: Elements = {
    identifier: [{ system: DRUG_SYSTEMS.medicationOrder, value: order.number }],
    status: newest === undefined ? 'unknown' : ORDER_STATUS[newest.code],
    statusReason: localConcept(newest?.reason ?? null, DRUG_SYSTEMS.localOrderReason, reasons),
    intent: ORDER_INTENT[order.intent],
    category: listOf(localConcept(setting, DRUG_SYSTEMS.localSetting, settings)),
    reportedBoolean: reported === null ? undefined : reported === 'Y',
    medicationCodeableConcept: drugConcept(line),
    subject: referenceTo('Patient', registrationOf({ key: order.patient })),
    encounter: stayRef(order.stay, person),
    authoredOn: zonedOf(ordered.day, ordered.seconds),
    requester,
    reasonCode: indication === null ? undefined : [{ text: indication.trim() }],
    note: note === null ? undefined : [{ text: note.trim() }],
    dosageInstruction: listOf(orderDosage(order)),
    dispenseRequest: supplyOf(order),
    priorPrescription: medicationOrderRef(order.replaces, person),
  };
  const resource =
    order.intent === 'O' && requester === undefined
      ? plain(native, 'MedicationRequest', elements)
      : usCore(native, 'MedicationRequest', 'us-core-medicationrequest', elements);
  return labelled(allLabels(drugLabels(line.drug), stayLabels(order.stay, person)), resource);
}

export function medicationOrderRows(person: Person): readonly TruthRow[] {
  const written = person.medicationOrders.filter(({ recorded }) => recorded);
  return written.map((order) => ({
    native: medicationOrderNative(order.number),
    about: { registration: order.patient },
    damage: order.damage,
    hidden: order.deleted === undefined ? undefined : 'deleted',
    resource: () => orderTruth(order, person),
  }));
}
