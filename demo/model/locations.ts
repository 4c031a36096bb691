import { dayOf, type Day } from './calendar.ts';
import type { SharedDamageKind } from './damage-kinds.ts';
import type { LocalTime } from './types.ts';

/** A row of LOCMST. Coded fields hold the hospital's local codes. */
export interface Location {
  readonly code: string;
  readonly name: string | null;
  readonly type: 'S' | 'W' | 'R' | 'B' | 'X';
  readonly function: string | null;
  /** It may lead nowhere. */
  readonly parent: string | null;
  readonly department: string | null;
  readonly phone: string | null;
  readonly bedState: string | null;
  readonly closed?: Day;
  readonly deletedAt?: LocalTime;
  readonly damage?: SharedDamageKind;
}

/** A ward with its rooms, each of two beds. */
export interface Ward {
  readonly code: string;
  readonly name: string;
  readonly function: string;
  readonly site: string;
  readonly department: string;
  readonly rooms: number;
}

export const WARDS: readonly Ward[] = [
  { code: 'MG3A', name: 'Medicine 3A', function: 'INP', site: 'MGMAIN', department: 'MGMED', rooms: 4 },
  { code: 'MG3B', name: 'Medicine 3B', function: 'INP', site: 'MGMAIN', department: 'MGMED', rooms: 4 },
  { code: 'MGICU', name: 'Intensive Care', function: 'ICU', site: 'MGMAIN', department: 'MGMED', rooms: 2 },
  { code: 'MGCCU', name: 'Cardiac Care', function: 'CARD', site: 'MGMAIN', department: 'MGMED', rooms: 2 },
  { code: 'MGPSY', name: 'Psychiatry', function: 'PSY', site: 'MGMAIN', department: 'MGMED', rooms: 2 },
  { code: 'MGPED', name: 'Children’s Ward', function: 'PED', site: 'MGMAIN', department: 'MGMED', rooms: 2 },
  { code: 'MGER', name: 'Emergency', function: 'ED', site: 'MGMAIN', department: 'MGED', rooms: 3 },
  { code: 'MWOPD', name: 'West Clinic', function: 'OPD', site: 'MWHOUSE', department: 'MWFAM', rooms: 3 },
];

/** A code that no row of LOCMST has, and one whose row is deleted. */
export const MISSING_LOCATION = 'MGXXX';
export const DELETED_LOCATION = 'MGOLDW';

const NO_BED = { bedState: null, phone: null, function: null, department: null } as const;
const BED_STATES = ['OCC', 'FRE', 'OCC', 'CLN', 'ISO', 'OCC', 'CLO', 'HLD'] as const;

function roomOf(ward: Ward, room: number): string {
  return `${ward.code}${String(room + 1).padStart(2, '0')}`;
}

function bedOf(ward: Ward, room: number, bed: number): string {
  return `${roomOf(ward, room)}${bed === 0 ? 'A' : 'B'}`;
}

/** The beds of a ward, by its code. */
export function bedsOf(code: string): readonly string[] {
  const ward = WARDS.find((one) => one.code === code);
  if (ward === undefined) throw new RangeError(`no ward ${code}`);
  return Array.from({ length: 2 * ward.rooms }, (_, i) => bedOf(ward, Math.floor(i / 2), i % 2));
}

function wardLocations(ward: Ward, index: number): readonly Location[] {
  const { code, name, department, site } = ward;
  const phone = index % 3 === 2 ? null : `212-555-01${String(50 + index)}`;
  const rooms = Array.from({ length: ward.rooms }, (_, room): readonly Location[] => [
    { ...NO_BED, code: roomOf(ward, room), name: `${name}, room ${String(room + 1)}`, type: 'R', parent: code },
    ...[0, 1].map((bed): Location => ({
      ...NO_BED,
      code: bedOf(ward, room, bed),
      name: index === 1 && room === 3 ? null : `${name}, ${String(room + 1)}${bed === 0 ? 'A' : 'B'}`,
      type: 'B',
      parent: roomOf(ward, room),
      bedState: BED_STATES[(index + 2 * room + bed) % BED_STATES.length] ?? null,
    })),
  ]);
  return [
    { code, name, type: 'W', function: ward.function, parent: site, department, phone, bedState: null },
    ...rooms.flat(),
  ];
}

/** The places that no ward is made of: sites, and what each location master gathers over the years. */
const OTHERS: readonly Location[] = [
  { ...NO_BED, code: 'MGMAIN', name: 'Main Building', type: 'S', parent: null, department: 'MG' },
  { ...NO_BED, code: 'MWHOUSE', name: 'West Clinic House', type: 'S', parent: null, department: 'MW' },
  {
    ...{
      code: DELETED_LOCATION,
      name: 'Isolation Hut',
      type: 'W',
      parent: 'MGMAIN',
      function: 'INP',
      department: 'MGMED',
    },
    ...{ phone: '212-555-0170', bedState: null, deletedAt: { day: dayOf('2021-06-30'), seconds: 61_200 } },
  },
  { ...NO_BED, code: 'MGOLDW01', name: 'Isolation Hut, room 1', type: 'R', parent: DELETED_LOCATION },
  { ...NO_BED, code: 'MG1Z', name: 'Day Room', type: 'W', parent: 'MGMAIN', closed: dayOf('2023-11-30') },
  { ...NO_BED, code: 'MGVAN', name: 'Blood Donation Van', type: 'X', function: 'VAN', parent: MISSING_LOCATION },
  { ...NO_BED, code: 'MGTENT', name: 'Tent', type: 'W', parent: 'MGMAIN', department: 'MGXXX' },
];

/** All locations; the damaged one is there only where damage is wanted. */
export function locationsOf(damage: boolean): readonly Location[] {
  const damaged: Location = {
    ...{ ...NO_BED, code: 'MGDMG', name: 'Annex', type: 'W', parent: 'MGMAIN' },
    damage: 'control-character-location',
  };
  return [...OTHERS, ...WARDS.flatMap(wardLocations), ...(damage ? [damaged] : [])];
}
