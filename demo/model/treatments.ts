import { dayOf, type Day } from './calendar.ts';
import { entryNumber, missingKey, patientKey } from './keys.ts';
import type { DamageKind } from './damage-kinds.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { sensitiveTreatmentsOf } from './sensitive-treatments.ts';
import { MISSING_PROVIDER, providerNumber } from './staff.ts';
import { isAttended, staysOf, type Stay } from './stays.ts';
import type { Traits } from './traits.ts';
import type { LocalTime, PatientKey } from './types.ts';
import { lastNotedDay } from './visits.ts';

/** A row of IMMHST. */
export interface Vaccination {
  readonly number: string;
  readonly patient: PatientKey;
  readonly cvx: string | null;
  readonly text: string | null;
  readonly status: string | null;
  readonly reason: string | null;
  /** `YYYYMMDD`, as exact as it is known: parts that are not are zeros; null: unknown. */
  readonly given: string | null;
  readonly ownRecord: 'Y' | 'N' | null;
  readonly lot: string | null;
  readonly expires: string | null;
  readonly site: string | null;
  readonly doseMl: string | null;
  readonly provider: string | null;
  readonly location: string | null;
  readonly archived: boolean;
  readonly damage?: DamageKind;
}

/** A row of PROCLOG. */
export interface Treatment {
  readonly number: string;
  readonly patient: PatientKey;
  readonly stay: string | null;
  readonly code: string;
  readonly status: string | null;
  readonly begun: LocalTime | undefined;
  readonly ended: LocalTime | undefined;
  readonly provider: string | null;
  readonly outcome: string | null;
  readonly remark: string | null;
  readonly cancelled: boolean;
  readonly damage?: DamageKind;
}

/** Code, text, and since when it is given where that is not long ago. */
const VACCINES: readonly (readonly [cvx: string | null, text: string, since?: Day])[] = [
  ['140', 'Influenza'],
  ['208', 'COVID-19, Pfizer', dayOf('2020-12-14')],
  ['115', 'Tdap'],
  ['33', 'Pneumococcal'],
  ['03', 'MMR'],
  [null, 'Yellow fever, abroad'],
];

/** The procedures of the catalogue; ZXP9 is in use and in no catalogue. */
export const TREATMENTS: ReadonlyMap<string, string> = new Map([
  ['COLO', 'Colonoscopy'],
  ['APPY', 'Appendectomy'],
  ['ECHO', 'Echocardiogram'],
  ['CATH', 'Cardiac catheterization'],
  ['DRES', 'Change of dressing'],
]);

const VISITORS = ['pharmacy-only', 'customer-inactive'];
const NOT_DONE = ['PO', 'IM', 'OS', 'QQ'] as const;

function compact(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
}

function givenText(random: Random, day: Day): string | null {
  const text = compact(day);
  const draw = random.next();
  if (draw < 0.05) return null;
  if (draw < 0.1) return `${text.slice(0, 4)}0000`;
  return draw < 0.15 ? `${text.slice(0, 6)}00` : text;
}

/** Vaccinations before the first generation: later days add none. */
export function vaccinationsOf(traits: Traits): readonly Vaccination[] {
  if (VISITORS.includes(traits.quirk ?? '')) return [];
  const random = randomOf(traits.seed, STREAMS.vaccinations, traits.person);
  const count = traits.course === 'never' ? 0 : random.int(0, 4);
  const drawn = Array.from({ length: count }, (_, i) => vaccination(traits, random, i));
  return [...drawn, ...damagedVaccinations(traits)];
}

function vaccination(traits: Traits, random: Random, index: number): Vaccination {
  const day = Math.max(traits.born, lastNotedDay(traits) - random.int(1, 2500));
  const [cvx, text] = random.pick(VACCINES.filter(([, , since = 0]) => day >= since));
  const notDone = random.chance(0.08);
  const elsewhere = random.chance(0.2);
  return {
    number: entryNumber(traits.person, index),
    patient: patientKey(traits.person),
    ...{ cvx, text: random.chance(0.9) || cvx === null ? text : null },
    status: notDone ? 'N' : random.chance(0.03) ? 'E' : 'C',
    reason: notDone ? random.pick(NOT_DONE) : null,
    given: givenText(random, day),
    ownRecord: random.chance(0.03) ? null : elsewhere ? 'N' : 'Y',
    lot: elsewhere || notDone ? null : `L${String(random.int(10_000, 99_999))}`,
    expires: elsewhere || notDone ? null : compact(day + random.int(20, 400)),
    site: notDone ? null : random.pick(['LA', 'RA', 'XX', null]),
    doseMl: elsewhere || notDone ? null : random.pick(['0.500', '0.300', '1.000']),
    provider: elsewhere ? null : random.chance(0.05) ? MISSING_PROVIDER : providerNumber(random.int(0, 59)),
    location: elsewhere ? null : random.pick(['MWOPD', 'MWOPD01', 'MGOLDW', null]),
    archived: random.chance(0.04),
  };
}

/** What was done in stays before the first generation. */
export function treatmentsOf(traits: Traits): readonly Treatment[] {
  if (VISITORS.includes(traits.quirk ?? '')) return [];
  const stays = staysOf(traits, { through: traits.anchor - 1 }).filter(isAttended);
  const drawn = stays.flatMap((stay, i) =>
    treatmentsIn(stay, randomOf(traits.seed, STREAMS.treatments, traits.person, i), traits, i),
  );
  return [...drawn, ...sensitiveTreatmentsOf(traits), ...damagedTreatments(traits)];
}

function treatmentsIn(stay: Stay, random: Random, { person }: Traits, at: number): readonly Treatment[] {
  const count = stay.classCode === 'I' ? random.int(0, 2) : random.chance(0.15) ? 1 : 0;
  return Array.from({ length: count }, (_, i): Treatment => {
    const { day } = stay.arrived;
    const begun = { day, seconds: stay.arrived.seconds + 1800 * (i + 1) };
    const status = random.chance(0.85) ? 'C' : random.pick(['P', 'I', 'S', 'N', 'X', null]);
    return {
      number: entryNumber(person, 100 + 4 * at + i),
      patient: stay.patient,
      stay: random.chance(0.9) ? stay.number : null,
      code: random.pick([...TREATMENTS.keys(), 'ZXP9']),
      status,
      begun: random.chance(0.04) ? undefined : begun,
      ended: status === 'C' && random.chance(0.9) ? { day, seconds: begun.seconds + random.int(300, 1700) } : undefined,
      provider: random.chance(0.05) ? MISSING_PROVIDER : random.chance(0.05) ? null : providerNumber(random.int(0, 59)),
      outcome: random.pick(['Successful', null, null]),
      remark: random.pick(['  Patient tolerated it well ', null, null]),
      cancelled: random.chance(0.03),
    };
  });
}

const DAMAGED = 90;

function damagedVaccinations({ person, anchor, damageKind: damage }: Traits): readonly Vaccination[] {
  if (damage !== 'vaccine-without-code' && damage !== 'impossible-vaccination-date') return [];
  const isCoded = damage !== 'vaccine-without-code';
  return [
    {
      ...{ number: entryNumber(person, DAMAGED), patient: patientKey(person), damage, archived: false },
      ...{ cvx: isCoded ? '140' : null, text: null, status: 'C', reason: null, given: compact(anchor - 90) },
      ...{ ownRecord: 'Y', lot: null, expires: null, site: null, doseMl: null, provider: null, location: null },
    },
  ];
}

function damagedTreatments({ person, anchor, damageKind: damage }: Traits): readonly Treatment[] {
  if (damage !== 'unknown-procedure-status' && damage !== 'orphan-procedure') return [];
  return [
    {
      ...{ number: entryNumber(person, DAMAGED + 1), damage, cancelled: false, stay: null, code: 'ECHO', status: 'C' },
      patient: damage === 'orphan-procedure' ? missingKey(person) : patientKey(person),
      ...{ begun: { day: anchor - 80, seconds: 40_000 }, ended: undefined, provider: null },
      ...{ outcome: null, remark: null },
    },
  ];
}
