import type { Facility, PersonName } from './types.ts';
import { nameOf, scriptOf } from './names.ts';
import { randomOf, STREAMS } from './random.ts';

/** A row of DEPT: the hospital, its facilities, and their departments. */
export interface Department {
  readonly code: string;
  readonly facility: Facility | null;
  readonly name: string;
  readonly parent: string | null;
  /** H hospital or facility, D department. */
  readonly type: 'H' | 'D';
  readonly phone: string | null;
  readonly active: boolean;
}

export interface Provider {
  readonly number: string;
  readonly npi: string | null;
  readonly name: PersonName;
  readonly specialty: string | null;
  readonly active: boolean;
}

export interface Store {
  readonly number: number;
  readonly name: string;
  readonly phone: string | null;
  readonly postcode: string | null;
}

export interface Prescriber {
  readonly number: number;
  readonly npi: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly active: boolean;
}

export const DEPARTMENTS: readonly Department[] = [
  {
    code: 'MERID',
    facility: null,
    name: 'Meridian Health',
    parent: null,
    type: 'H',
    phone: '212-555-0100',
    active: true,
  },
  {
    code: 'MG',
    facility: 'MG',
    name: 'Meridian General Hospital',
    parent: 'MERID',
    type: 'H',
    phone: '212-555-0101',
    active: true,
  },
  {
    code: 'MW',
    facility: 'MW',
    name: 'Meridian West Clinic',
    parent: 'MERID',
    type: 'H',
    phone: '914-555-0102',
    active: true,
  },
  {
    code: 'MGCHEM',
    facility: 'MG',
    name: 'Clinical Chemistry',
    parent: 'MG',
    type: 'D',
    phone: '212-555-0110',
    active: true,
  },
  { code: 'MGHEM', facility: 'MG', name: 'Hematology', parent: 'MG', type: 'D', phone: null, active: true },
  {
    code: 'MGMICR',
    facility: 'MG',
    name: 'Microbiology',
    parent: 'MG',
    type: 'D',
    phone: '212-555-0112',
    active: true,
  },
  { code: 'MGPOC', facility: 'MG', name: 'Point of Care Testing', parent: 'MG', type: 'D', phone: null, active: true },
  { code: 'MGSEND', facility: 'MG', name: 'Send-outs', parent: 'MGCHEM', type: 'D', phone: null, active: true },
  {
    code: 'MGED',
    facility: 'MG',
    name: 'Emergency Department',
    parent: 'MG',
    type: 'D',
    phone: '212-555-0120',
    active: true,
  },
  {
    code: 'MGMED',
    facility: 'MG',
    name: 'Internal Medicine',
    parent: 'MG',
    type: 'D',
    phone: '212-555-0121',
    active: true,
  },
  { code: 'MGENDO', facility: 'MG', name: 'Endocrinology', parent: 'MGMED', type: 'D', phone: null, active: true },
  {
    code: 'MGOLD',
    facility: 'MG',
    name: 'Isotope Laboratory (closed)',
    parent: 'MG',
    type: 'D',
    phone: null,
    active: false,
  },
  {
    code: 'MWLAB',
    facility: 'MW',
    name: 'West Clinic Laboratory',
    parent: 'MW',
    type: 'D',
    phone: '914-555-0130',
    active: true,
  },
  {
    code: 'MWPOC',
    facility: 'MW',
    name: 'West Clinic Point of Care',
    parent: 'MW',
    type: 'D',
    phone: null,
    active: true,
  },
  {
    code: 'MWFAM',
    facility: 'MW',
    name: 'Family Medicine',
    parent: 'MW',
    type: 'D',
    phone: '914-555-0131',
    active: true,
  },
  {
    code: 'MGCARD',
    facility: 'MG',
    name: 'Cardiology',
    parent: 'MGMED',
    type: 'D',
    phone: '212-555-0123',
    active: true,
  },
  { code: 'MWLOST', facility: 'MW', name: 'Mobile Unit', parent: 'MWX', type: 'D', phone: null, active: true },
];

export const STORES: readonly Store[] = [
  { number: 11, name: 'Corner Pharmacy Altona', phone: '518-555-0140', postcode: '00105' },
  { number: 12, name: 'Corner Pharmacy Harbor Point', phone: '212-555-0141', postcode: '00117' },
  { number: 14, name: 'Corner Pharmacy San Telmo', phone: null, postcode: '00204' },
  { number: 15, name: 'Corner Pharmacy Saint-Rémy', phone: '716-555-0143', postcode: '00233' },
  { number: 21, name: 'Corner Pharmacy West Alder', phone: '914-555-0144', postcode: null },
];

const SPECIALTIES = ['FM', 'IM', 'EM', 'ENDO', 'PATH', 'PEDS', 'CARD', null] as const;

/**
 * Ten digits with the check digit of a National Provider Identifier (Luhn over 80840 and the number). It begins with 9, which no
 * real identifier does, so that nobody is named by accident.
 */
export function npiOf(serial: number): string {
  const body = `9${String(serial).padStart(8, '0')}`;
  let sum = 0;
  Array.from(`80840${body}`)
    .reverse()
    .forEach((digit, i) => {
      const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
      sum += doubled > 9 ? doubled - 9 : doubled;
    });
  return body + String((10 - (sum % 10)) % 10);
}

const PROVIDERS = 60;

export function providersOf(seed: number): readonly Provider[] {
  return Array.from({ length: PROVIDERS }, (_, i) => {
    const random = randomOf(seed, STREAMS.staff, i);
    return {
      number: `P${String(1000 + 7 * i)}`,
      npi: i % 12 === 11 ? null : npiOf(10_000 + 37 * i),
      name: nameOf(random, scriptOf(random), random.chance(0.5)),
      specialty: random.pick(SPECIALTIES),
      active: i % 9 !== 8,
    };
  });
}

/** Every other prescriber is also a provider of the hospital: same NPI, as the pharmacy writes the name. */
export function prescribersOf(seed: number): readonly Prescriber[] {
  const providers = providersOf(seed);
  return Array.from({ length: 40 }, (_, i) => {
    const same = i % 2 === 0 ? providers[i] : undefined;
    const random = randomOf(seed, STREAMS.staff, 10_000 + i);
    const name = same?.name ?? nameOf(random, 'latin', random.chance(0.5));
    return {
      number: 500 + i,
      npi: same === undefined ? (i % 10 === 9 ? null : npiOf(90_000 + 41 * i)) : same.npi,
      firstName: name.given[0] ?? 'X',
      lastName: name.family,
      active: i % 11 !== 10,
    };
  });
}

export function providerNumber(index: number): string {
  return `P${String(1000 + 7 * (index % PROVIDERS))}`;
}

/** A number that no row of PROVMST has. */
export const MISSING_PROVIDER = 'P9999';
export const MISSING_DEPARTMENT = 'MGXXX';
