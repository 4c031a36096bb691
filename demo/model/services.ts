import { DELETED_LOCATION, WARDS } from './locations.ts';
import type { SharedDamageKind } from './damage-kinds.ts';
import { MISSING_DEPARTMENT } from './staff.ts';

/** A row of SVCMST: what a department offers to people who are sent to it. */
export interface Service {
  readonly code: string;
  readonly name: string | null;
  readonly department: string | null;
  readonly category: string | null;
  readonly specialty: string | null;
  readonly location: string | null;
  readonly phone: string | null;
  /** `+` by appointment only, `-` without; null: not said. */
  readonly appointment: '+' | '-' | null;
  /** Seven digits, from Monday: 1 where it is open. */
  readonly openDays: string | null;
  /** HH:MM */
  readonly opens: string | null;
  readonly closes: string | null;
  readonly remark: string | null;
  readonly active: 'Y' | 'N' | null;
  /** How often it was deleted and brought back, as an odd or an even number; odd: deleted. */
  readonly deletions: number;
  readonly damage?: SharedDamageKind;
}

const ORDINARY: Omit<Service, 'code' | 'damage'> = {
  ...{ name: null, department: null, category: null, specialty: null, location: null, phone: null },
  ...{ appointment: null, openDays: null, opens: null, closes: null, remark: null, active: 'Y', deletions: 0 },
};
const WEEKDAYS = { openDays: '1111100', opens: '08:00', closes: '17:30' } as const;

const SERVICES: readonly Service[] = [
  {
    ...{ ...ORDINARY, ...WEEKDAYS, code: 'CARD', name: 'Cardiology Consult Service', department: 'MGCARD' },
    ...{ category: 'SP', specialty: 'CARD', phone: '212-555-0190', appointment: '-', remark: 'Call for urgent cases' },
  },
  {
    ...{ ...ORDINARY, ...WEEKDAYS, code: 'ENDO', name: 'Diabetes and Endocrinology Clinic', department: 'MGENDO' },
    ...{ category: 'SP', specialty: 'ENDO', phone: '212-555-0191', appointment: '+' },
  },
  {
    ...{ ...ORDINARY, code: 'DIET', name: 'Nutrition Counselling', department: 'MWFAM', category: 'CO' },
    ...{ location: 'MWOPD', openDays: '0101000', opens: '13:00', appointment: '+' },
  },
  {
    ...{ ...ORDINARY, code: 'PSYC', name: 'Psychiatry Clinic', department: MISSING_DEPARTMENT, category: 'MH' },
    ...{ phone: '212-555-0193', remark: '  Self-referral is possible ', deletions: 2 },
  },
  {
    ...{ ...ORDINARY, ...WEEKDAYS, code: 'PHYS', name: 'Physiotherapy', department: 'MWFAM', category: 'QQ' },
    ...{ location: DELETED_LOCATION, specialty: 'PHYS' },
  },
  { ...ORDINARY, code: 'EMER', name: 'Emergency Care', department: 'MGED', category: 'ED', openDays: '1111111' },
  { ...ORDINARY, code: 'FAMM', name: 'Family Practice', department: 'MWFAM', category: 'GP', specialty: 'FM' },
  { ...ORDINARY, code: 'WOUN', department: 'MGMED', category: 'HO', active: null, openDays: '0000000' },
  { ...ORDINARY, code: 'ISOT', name: 'Isotope Therapy', department: 'MGOLD', category: 'SP', active: 'N' },
  { ...ORDINARY, code: 'TRAV', name: 'Travel Clinic', department: 'MWFAM', deletions: 3 },
];

/** The rounds of the wards: who is in the ward is seen then. */
const ROUNDS: readonly Service[] = WARDS.filter(({ code }) => code !== 'MWOPD' && code !== 'MGER').map(
  ({ code, name, department, function: use }, i): Service => ({
    ...{ ...ORDINARY, code: `RD${code.slice(2)}`, name: `Ward round, ${name}`, department, category: 'RD' },
    ...{ location: code, appointment: '-', openDays: i % 2 === 0 || use === 'CARD' ? '1111111' : '1111100' },
    ...{ opens: i % 3 === 2 ? '14:00' : '08:30', closes: i % 3 === 2 ? '15:30' : '10:00' },
  }),
);

/** All services; the damaged one is there only where damage is wanted. */
export function servicesOf(damage: boolean): readonly Service[] {
  // Nothing is found through the damaged one: it belongs to no department.
  const damaged: Service = {
    ...{ ...ORDINARY, code: 'DAMG', name: 'Sleep Laboratory', openDays: '1111100' },
    damage: 'unreadable-opening-time',
  };
  return [...SERVICES, ...ROUNDS, ...(damage ? [damaged] : [])];
}
