import type { Population } from '../model/population.ts';
import { DAMAGE_KINDS, type DamageKind } from '../model/damage-kinds.ts';
import type { Customer, PatientKey, PatientRecord, Person } from '../model/types.ts';
import { dispenseNative, dispenseTruth } from './dispenses.ts';
import { groupNative, labTruth, pointOfCareTruth, registrationOf, resultNative } from './labs.ts';
import {
  customerDemographics,
  customerMember,
  recordDemographics,
  recordMember,
  type Demographics,
} from './persons.ts';
import { radiologyDemographics, radiologyMember } from './radiology.ts';
import { TRUTH_ROWS, type TruthRow } from './rows.ts';
import type {
  Native,
  Truth,
  TruthAbsence,
  TruthDamage,
  TruthDispense,
  TruthLab,
  TruthMember,
  TruthPerson,
  TruthResource,
} from './types.ts';

interface Draft {
  readonly demographics: Demographics;
  readonly secondaries: TruthMember[];
  readonly candidates: TruthMember[];
  readonly labs: TruthLab[];
  readonly dispenses: TruthDispense[];
  readonly resources: TruthResource[];
}

/** The facts of one member of the population while they are gathered. */
interface Gathering {
  readonly persons: Draft[];
  readonly byRegistration: Map<string, Draft>;
  readonly byCustomer: Map<string, Draft>;
  readonly byRadiology: Map<string, Draft>;
  readonly damaged: TruthDamage[];
  readonly notServed: TruthAbsence[];
}

function keyText(key: PatientKey): string {
  return `${key.facility}${key.number}`;
}

function damageOf(native: Native, kind: DamageKind): TruthDamage {
  return { native, kind, element: DAMAGE_KINDS[kind].element };
}

function draft(gathering: Gathering, demographics: Demographics): Draft {
  const person: Draft = { demographics, secondaries: [], candidates: [], labs: [], dispenses: [], resources: [] };
  gathering.persons.push(person);
  return person;
}

/** The end of a chain of merges. */
function survivorOf(record: PatientRecord, records: readonly PatientRecord[]): PatientRecord {
  const target = record.mergedInto === undefined ? undefined : keyText(record.mergedInto);
  const next = records.find(({ key }) => keyText(key) === target);
  return next === undefined ? record : survivorOf(next, records);
}

function gatherRecords(records: readonly PatientRecord[], gathering: Gathering): void {
  for (const record of records) {
    if (record.damage !== undefined) gathering.damaged.push(damageOf(registrationOf(record), record.damage));
    else if (record.deleteFlag === 'Y') gathering.notServed.push({ native: registrationOf(record), reason: 'deleted' });
    else if (record.mergedInto === undefined)
      gathering.byRegistration.set(keyText(record.key), draft(gathering, recordDemographics(record)));
  }
  for (const record of records) {
    if (record.mergedInto === undefined) continue;
    const person = gathering.byRegistration.get(keyText(survivorOf(record, records).key));
    if (person === undefined) continue;
    person.secondaries.push(recordMember(record));
    gathering.byRegistration.set(keyText(record.key), person);
  }
}

/** The person of the hospital whom the pharmacy names with this status, if that patient exists and is live. */
function referred(customer: Customer, status: 'C' | 'P', gathering: Gathering): Draft | undefined {
  const reference = customer.references.find((candidate) => candidate.status === status);
  if (reference === undefined || reference.normalised === null) return undefined;
  return gathering.byRegistration.get(keyText({ facility: reference.facility, number: reference.normalised }));
}

function gatherCustomers(customers: readonly Customer[], gathering: Gathering): void {
  for (const customer of customers) {
    const same = referred(customer, 'C', gathering);
    if (same !== undefined) {
      same.secondaries.push(customerMember(customer));
      gathering.byCustomer.set(customer.number, same);
      continue;
    }
    const own = draft(gathering, customerDemographics(customer));
    gathering.byCustomer.set(customer.number, own);
    const possible = referred(customer, 'P', gathering);
    if (possible === undefined) continue;
    own.candidates.push({ native: possible.demographics.native, identifier: possible.demographics.identifier });
    possible.candidates.push(customerMember(customer));
  }
}

function gatherRadiology({ radiology }: Person, gathering: Gathering): void {
  if (radiology === undefined) return;
  const { number, hospital } = radiology;
  const same = hospital && gathering.byRegistration.get(keyText(hospital));
  same?.secondaries.push(radiologyMember(radiology));
  gathering.byRadiology.set(number, same ?? draft(gathering, radiologyDemographics(radiology)));
}

function gatherLabs(person: Person, gathering: Gathering): void {
  for (const order of person.orders) {
    const subject = gathering.byRegistration.get(keyText(order.patient));
    for (const result of order.results) {
      const native = resultNative(result);
      if (result.damage !== undefined) gathering.damaged.push(damageOf(native, result.damage));
      else if (result.superseded) gathering.notServed.push({ native, reason: 'superseded' });
      else if (subject === undefined) gathering.notServed.push({ native, reason: 'patient-deleted' });
      else subject.labs.push(labTruth(order, result));
    }
    for (const result of order.pointOfCare) {
      const native = groupNative(order, result);
      if (result.damage !== undefined) gathering.damaged.push(damageOf(native, result.damage));
      else if (result.comment !== undefined) gathering.notServed.push({ native, reason: 'not-a-result' });
      else if (subject === undefined) gathering.notServed.push({ native, reason: 'patient-deleted' });
      else subject.labs.push(pointOfCareTruth(order, result));
    }
  }
}

function gatherDispenses(person: Person, gathering: Gathering): void {
  for (const dispense of person.dispenses) {
    const native = dispenseNative(dispense);
    if (dispense.damage !== undefined) gathering.damaged.push(damageOf(native, dispense.damage));
    else if (dispense.voided) gathering.notServed.push({ native, reason: 'voided' });
    else gathering.byCustomer.get(dispense.customer)?.dispenses.push(dispenseTruth(dispense));
  }
}

function subjectOf(about: TruthRow['about'], gathering: Gathering): Draft | undefined {
  if ('customer' in about) return gathering.byCustomer.get(about.customer);
  if ('radiology' in about) return gathering.byRadiology.get(about.radiology);
  return gathering.byRegistration.get(keyText(about.registration));
}

function gatherRows(person: Person, gathering: Gathering): void {
  const { damaged, notServed } = gathering;
  for (const { native, about, damage, hidden, resource } of TRUTH_ROWS.flatMap((rowsOf) => rowsOf(person))) {
    const subject = subjectOf(about, gathering);
    if (damage !== undefined) damaged.push(damageOf(native, damage));
    else if (hidden !== undefined) notServed.push({ native, reason: hidden });
    else if (subject === undefined) notServed.push({ native, reason: 'patient-deleted' });
    else subject.resources.push(resource());
  }
}

function finished({ demographics, secondaries, candidates, labs, dispenses, resources }: Draft): TruthPerson {
  const identifiers = [demographics.identifier, ...secondaries.map(({ identifier }) => identifier)];
  return { ...demographics, identifiers, secondaries, candidates, labs, dispenses, resources };
}

/** The facts about one member of the population that a perfect mapping serves, and those that it must not. */
export function truthOf(person: Person): Truth {
  const gathering: Gathering = {
    persons: [],
    byRegistration: new Map(),
    byCustomer: new Map(),
    byRadiology: new Map(),
    damaged: [],
    notServed: [],
  };
  gatherRecords(person.records, gathering);
  gatherCustomers(person.customers, gathering);
  gatherRadiology(person, gathering);
  gatherLabs(person, gathering);
  gatherDispenses(person, gathering);
  gatherRows(person, gathering);
  return {
    number: person.number,
    ...(person.story === undefined ? {} : { story: person.story }),
    persons: gathering.persons.map(finished),
    damaged: gathering.damaged,
    notServed: gathering.notServed,
  };
}

/** The facts about everybody, one by one. */
export function* truthsOf(population: Population): Generator<Truth> {
  for (const person of population.people()) yield truthOf(person);
}
