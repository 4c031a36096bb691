import type { Day } from './calendar.ts';
import { dispenseNumber, missingCustomer } from './keys.ts';
import { MEDICATIONS, type Medication } from './medications.ts';
import { itemAt, randomOf, STREAMS, type Random } from './random.ts';
import { STORES } from './staff.ts';
import type { Traits } from './traits.ts';
import type { Customer, Dispense } from './types.ts';
import { lastDayOf, within, type Span } from './visits.ts';

/** What the pharmacy hands out again and again, or once. */
export interface Course {
  readonly medication: Medication;
  /** How often, at most. */
  readonly fills: number;
  readonly begins: Day;
}

/** The courses of a customer, which later days do not change. */
export function coursesOf(traits: Traits): readonly Course[] {
  const random = randomOf(traits.seed, STREAMS.courses, traits.person);
  return coursesFor(traits, random).map((medication) => ({
    medication,
    fills: medication.repeats && random.chance(0.3) ? random.int(2, 12) : medication.repeats ? ENDLESS : 1,
    begins: Math.max(traits.born, traits.anchor - random.int(10, 900)),
  }));
}

function coursesFor(traits: Traits, random: Random): readonly Medication[] {
  if (traits.person === 1) return [itemAt(MEDICATIONS, 4), itemAt(MEDICATIONS, 1)];
  const list = traits.course === 'diabetic' ? [itemAt(MEDICATIONS, 0)] : [];
  for (let more = random.int(0, 3); more > 0; more -= 1) list.push(random.pick(MEDICATIONS));
  return list;
}

function statusOf(random: Random): string {
  const draw = random.next();
  if (draw < 0.92) return 'C';
  return draw < 0.94
    ? 'R'
    : draw < 0.95
      ? 'P'
      : draw < 0.97
        ? 'X'
        : draw < 0.98
          ? 'S'
          : draw < 0.99
            ? 'H'
            : draw < 0.995
              ? 'D'
              : 'E';
}

function fillOf(random: Random, medication: Medication, id: string, customer: string, day: Day): Dispense {
  const statusCode = statusOf(random);
  const preparedAt = random.int(46_800, 75_600);
  const coded = !random.chance(0.03);
  return {
    id,
    customer,
    day,
    ndc: random.chance(0.02) ? null : medication.ndc,
    rxnorm: coded ? medication.rxnorm : null,
    drug: medication.drug,
    quantity: random.chance(0.01) ? null : medication.quantity,
    unit: random.chance(0.02) ? (random.chance(0.5) ? '' : null) : medication.unit,
    daysSupply: medication.days,
    statusCode,
    preparedAt: random.chance(0.02) ? undefined : preparedAt,
    handedOverAt: statusCode === 'C' ? preparedAt + random.int(600, 9000) : undefined,
    sig: random.chance(0.03) ? null : medication.sig,
    store: random.pick(STORES).number,
    prescriber: random.chance(0.9) ? random.int(500, 539) : null,
    voided: random.chance(0.02),
  };
}

/** Fills of a course that goes on. */
export const ENDLESS = 900;

const DISPENSE_DAMAGE_COURSE = 99;

function damagedDispense(traits: Traits, customer: string): Dispense | undefined {
  const kind = traits.damageKind;
  if (kind !== 'unknown-dispense-status' && kind !== 'control-character-sig' && kind !== 'orphan-dispense')
    return undefined;
  const random = randomOf(traits.seed, STREAMS.damage, traits.person);
  const sound = fillOf(
    random,
    itemAt(MEDICATIONS, 1),
    dispenseNumber(traits.person, DISPENSE_DAMAGE_COURSE, 0),
    customer,
    traits.anchor - 45,
  );
  return {
    ...sound,
    statusCode: 'C',
    voided: false,
    damage: kind,
    ...(kind === 'orphan-dispense' ? { customer: missingCustomer(traits.person) } : {}),
  };
}

/** What the pharmacy handed out on the wanted days: courses that are filled again and again, and single ones. */
export function dispensesOf(traits: Traits, customers: readonly Customer[], span: Span): readonly Dispense[] {
  if (customers.length === 0) return [];
  const dispenses: Dispense[] = [];
  const last = lastDayOf(traits, span);
  coursesOf(traits).forEach(({ medication, fills: stops, begins }, course) => {
    const fills = randomOf(traits.seed, STREAMS.fills, traits.person, course);
    let day = begins;
    for (let fill = 0; fill < stops && day <= last; fill += 1) {
      if (within(span, day)) {
        const draw = randomOf(traits.seed, STREAMS.fills, traits.person, course, fill);
        dispenses.push(
          fillOf(draw, medication, dispenseNumber(traits.person, course, fill), itemAt(customers, course).number, day),
        );
      }
      day += (medication.days ?? 30) + fills.int(-3, 9);
    }
  });
  const damaged = damagedDispense(traits, itemAt(customers, 0).number);
  if (damaged !== undefined && within(span, damaged.day)) dispenses.push(damaged);
  return dispenses;
}
