import { minutesAfter } from './admissions.ts';
import type { Day } from './calendar.ts';
import { lineOf, type DrugLine } from './drug-lines.ts';
import { purposeOf, WITHDRAWN_DRUG } from './drugs.ts';
import { medicationOrderNumber } from './keys.ts';
import type { MedicationOrder, OrderChange } from './medication-orders.ts';
import { keyOn } from './key-on.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { regimenOf } from './regimens.ts';
import { MISSING_PROVIDER, providerNumber } from './staff.ts';
import type { Traits } from './traits.ts';
import type { LocalTime } from './types.ts';

/** The directions, in the abbreviations of the house. */
export function sigOf({ dose, unit, route, frequency, asNeeded }: DrugLine): string | null {
  const parts = [dose, unit, route, frequency, asNeeded ? 'PRN' : null].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

export function status(sequence: number, at: LocalTime, code: string, reason: string | null = null): OrderChange {
  return { sequence, kind: 'S', at, code, reason };
}

/** In force, and completed on the last day of a course that ends. */
export function courseChanges(ordered: LocalTime, ends: Day | undefined): readonly OrderChange[] {
  const begun = status(1, ordered, 'AC');
  return ends === undefined ? [begun] : [begun, status(2, { day: ends, seconds: 72_000 }, 'CM')];
}

export function prescriber(random: Random): string | null {
  if (random.chance(0.04)) return null;
  return random.chance(0.04) ? MISSING_PROVIDER : providerNumber(random.int(0, 59));
}

const NOTHING = {
  ...{
    stay: null,
    intent: 'O' as const,
    reported: 'N' as const,
    indication: null,
    recorded: true,
    ends: undefined,
    replaces: null,
  },
  ...{ refills: null, quantity: null, days: null, note: null, deleted: undefined, changes: [], administrations: [] },
};

/** An order of nothing but its line. */
export function bareOrder(
  line: DrugLine,
  { number, patient, ordered }: Pick<MedicationOrder, 'number' | 'patient' | 'ordered'>,
): Omit<MedicationOrder, 'setting' | 'prescriber'> {
  return { ...NOTHING, number, patient, line, sig: sigOf(line), ordered, begins: ordered.day };
}

/** What is handed out for a month. */
export function supplyOf(line: DrugLine, random: Random): Pick<MedicationOrder, 'refills' | 'quantity' | 'days'> {
  return {
    refills: random.chance(0.1) ? null : random.int(0, 5),
    quantity: line.unit === null || random.chance(0.1) ? null : `${String(15 * random.int(1, 6))}.000`,
    days: random.chance(0.2) ? null : 30,
  };
}

/** What people took before they came, as prescribed by the hospital's clinics or as they told. */
export function homeOrdersOf(traits: Traits, isCustomer: boolean): readonly MedicationOrder[] {
  return regimenOf(traits, isCustomer).map(({ since, until, ...line }, i) => {
    const random = randomOf(traits.seed, STREAMS.homeOrders, traits.person, i);
    const ordered: LocalTime = { day: since, seconds: 60 * random.int(9 * 60, 17 * 60) };
    const told = random.chance(0.15);
    const order: MedicationOrder = {
      ...bareOrder(line, {
        number: medicationOrderNumber(traits.person, 0, i),
        patient: keyOn(traits, since),
        ordered,
      }),
      ...supplyOf(line, random),
      ...{ setting: 'C', intent: told ? 'P' : 'O', reported: told ? 'Y' : random.chance(0.1) ? null : 'N' },
      prescriber: told ? null : prescriber(random),
      indication: random.chance(0.4) ? purposeOf(line.drug) : null,
      begins: random.chance(0.1) ? undefined : since,
      ends: until,
      note: random.chance(0.05) ? ' Take with food ' : null,
      changes: courseChanges(ordered, until),
    };
    return order;
  });
}

const ODD = 80;

/** Orders with the oddities of the house: a quarter of the people have one. None of them counts for a later stay. */
export function oddOrdersOf(traits: Traits): readonly MedicationOrder[] {
  const random = randomOf(traits.seed, STREAMS.homeOrders, traits.person, ODD);
  if (traits.course === 'never' || !random.chance(0.3)) return [];
  const day = Math.max(traits.born, traits.anchor - random.int(30, 900));
  const ordered: LocalTime = { day, seconds: 60 * random.int(9 * 60, 17 * 60) };
  const unknown = random.chance(0.15);
  const line = { ...lineOf(random.pick([WITHDRAWN_DRUG, 'IBU200', 'NAP220', 'MMW', 'AMX250'])), asNeeded: unknown };
  const closing = random.pick(['ER', 'CX', 'CM', 'DC', 'DR', null]);
  const begun = status(1, ordered, closing === 'DR' ? 'DR' : 'AC');
  const isOver = closing !== null && closing !== 'DR';
  return [
    {
      ...bareOrder(unknown ? { ...line, frequency: 'QXH', route: 'BUC' } : line, {
        number: medicationOrderNumber(traits.person, 0, ODD),
        patient: keyOn(traits, day),
        ordered,
      }),
      setting: random.pick(['C', 'O', 'O', 'X', null]),
      prescriber: prescriber(random),
      sig: random.chance(0.2) ? ' ' : sigOf(line),
      ends: closing === 'CM' ? day + 7 : undefined,
      deleted: random.chance(0.25) ? day + 1 : undefined,
      changes: unknown
        ? []
        : isOver
          ? [begun, status(2, minutesAfter(ordered, 90), closing, closing === 'DC' ? 'ZZ' : null)]
          : [begun],
    },
  ];
}
