import { civilOf, zonedOf } from '../model/calendar.ts';
import { mrnOf } from '../model/stories.ts';
import type { Address, Customer, PatientRecord, VagueDate } from '../model/types.ts';
import { ADDRESS_USE, CUSTOMER_SEX, LANGUAGE, MARITAL, SEX, SYSTEMS } from './codes.ts';
import { departmentRef, providerRef, registrationOf } from './labs.ts';
import type { TruthAddress, TruthCoding, TruthIdentifier, TruthMember, TruthPerson, TruthTelecom } from './types.ts';

/** A person without what hangs on them. */
export type Demographics = Omit<
  TruthPerson,
  'secondaries' | 'candidates' | 'identifiers' | 'labs' | 'dispenses' | 'resources'
>;

/** The number of a registration that was merged into another one is an old one. */
function mrnIdentifier({ key, mergedInto }: PatientRecord): TruthIdentifier {
  return { use: mergedInto === undefined ? 'usual' : 'old', system: SYSTEMS.mrn, value: mrnOf(key) };
}

export function recordMember(record: PatientRecord): TruthMember {
  return { native: registrationOf(record), identifier: mrnIdentifier(record) };
}

export function customerMember(customer: Customer): TruthMember {
  return {
    native: { table: 'customer', key: [customer.number] },
    identifier: { use: 'secondary', system: SYSTEMS.customer, value: customer.number },
  };
}

function known(date: VagueDate): string | undefined {
  return 'value' in date ? date.value : undefined;
}

function telecomOf(record: PatientRecord): readonly TruthTelecom[] {
  const list: TruthTelecom[] = [];
  const home = record.homePhone?.trim() ?? '';
  if (home !== '') list.push({ system: 'phone', use: 'home', value: home });
  if (record.cellPhone !== null) list.push({ system: 'phone', use: 'mobile', value: record.cellPhone });
  if (record.email !== null) list.push({ system: 'email', value: record.email });
  return list;
}

function addressOf(address: Address): TruthAddress {
  const use = address.type === null ? undefined : ADDRESS_USE[address.type];
  return {
    ...(use === undefined ? {} : { use }),
    line: address.line2 === null ? [address.line1] : [address.line1, address.line2],
    ...(address.city === null ? {} : { city: address.city }),
    ...(address.state === null ? {} : { state: address.state }),
    ...(address.zip === null ? {} : { postalCode: address.zip }),
    ...(address.from === undefined ? {} : { start: civilOf(address.from) }),
    ...(address.to === undefined ? {} : { end: civilOf(address.to) }),
  };
}

function maritalOf(code: string | null): TruthCoding | undefined {
  if (code === null) return undefined;
  const standard = MARITAL[code];
  return standard === undefined ? { system: SYSTEMS.localMarital, code } : { system: SYSTEMS.marital, code: standard };
}

/** Leaves out what is not known. */
function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** The Patient of a registration in the EHR. */
export function recordDemographics(record: PatientRecord): Demographics {
  return {
    ...recordMember(record),
    active: record.mergedInto === undefined,
    given: record.name?.given ?? [],
    gender: (record.sexCode === null ? undefined : SEX[record.sexCode]) ?? 'unknown',
    addresses: record.addresses.map(addressOf),
    telecom: telecomOf(record),
    ...present({
      family: record.name?.family,
      birthDate: known(record.birth),
      deceased: known(record.death),
      maritalStatus: maritalOf(record.maritalCode),
      language: record.languageCode === null ? undefined : LANGUAGE[record.languageCode],
      generalPractitioner: providerRef(record.primaryCare),
      managingOrganization: departmentRef(record.key.facility),
      lastUpdated: record.updatedAt === undefined ? undefined : zonedOf(record.updatedAt.day, record.updatedAt.seconds),
    }),
  };
}

/** The Patient of a customer whom nobody declared to be a patient of the hospital. */
export function customerDemographics(customer: Customer): Demographics {
  return {
    ...customerMember(customer),
    active: customer.active,
    family: customer.lastName,
    given: customer.firstName === null ? [] : [customer.firstName],
    gender: (customer.gender === null ? undefined : CUSTOMER_SEX[customer.gender]) ?? 'unknown',
    ...(customer.birth === null ? {} : { birthDate: customer.birth }),
    addresses: customer.postcode === null ? [] : [{ line: [], postalCode: customer.postcode }],
    telecom: customer.phone === null ? [] : [{ system: 'phone', value: customer.phone }],
  };
}
