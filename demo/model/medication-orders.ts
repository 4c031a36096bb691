import type { Administration } from './administrations.ts';
import type { Day } from './calendar.ts';
import { damagedOrdersOf } from './damaged-medications.ts';
import type { DrugLine } from './drug-lines.ts';
import { cancerOrdersOf } from './cancer-course.ts';
import { homeOrdersOf, oddOrdersOf } from './home-orders.ts';
import type { DamageKind } from './damage-kinds.ts';
import { admissionsOf, type Admission } from './admissions.ts';
import type { Traits } from './traits.ts';
import type { LocalTime, PatientKey } from './types.ts';
import { lastDayOf, within, type Span } from './visits.ts';
import { ordersIn, type DrugsOfStay } from './ward-orders.ts';

/** A row of MEDSTAT: a change of the status (`S`), or a look of the hospital's pharmacist (`V`), which changes nothing. */
export interface OrderChange {
  readonly sequence: number;
  readonly kind: 'S' | 'V';
  readonly at: LocalTime;
  readonly code: string;
  readonly reason: string | null;
}

/** A row of MEDORD, and what became of it. */
export interface MedicationOrder {
  readonly number: string;
  readonly patient: PatientKey;
  readonly stay: string | null;
  /** I in the ward, D at a discharge, C at home, O as an out-patient. */
  readonly setting: string | null;
  readonly intent: 'O' | 'P';
  readonly reported: 'Y' | 'N' | null;
  readonly line: DrugLine;
  readonly sig: string | null;
  readonly indication: string | null;
  readonly ordered: LocalTime;
  /** False: the row was written on an earlier day than those that are wanted. */
  readonly recorded: boolean;
  readonly begins: Day | undefined;
  readonly ends: Day | undefined;
  readonly prescriber: string | null;
  /** The number of the order that this one takes the place of. */
  readonly replaces: string | null;
  readonly refills: number | null;
  readonly quantity: string | null;
  readonly days: number | null;
  readonly note: string | null;
  /** Taken back as a mistake of the clerk. */
  readonly deleted: Day | undefined;
  readonly changes: readonly OrderChange[];
  /** What the ward's chart says of it. */
  readonly administrations: readonly Administration[];
  readonly damage?: DamageKind;
}

/** An order that stays in force until something else is said of it. */
export interface OpenOrder {
  readonly order: MedicationOrder;
  readonly line: DrugLine;
}

/** What is written later of an order that is there. */
export type LaterChange = Omit<OrderChange, 'sequence'> & { readonly number: string };

/** The days on which something was written of an order. */
export function daysOfOrder({ recorded, ordered, changes, administrations }: MedicationOrder): readonly Day[] {
  const days = [...changes, ...administrations].map(({ at }) => at.day);
  return recorded ? [ordered.day, ...days] : days;
}

/** What was written of an order on the wanted days; undefined where that is nothing. */
export function orderWithin(order: MedicationOrder, span: Span): MedicationOrder | undefined {
  const limited: MedicationOrder = {
    ...order,
    recorded: order.recorded && within(span, order.ordered.day),
    changes: order.changes.filter(({ at }) => within(span, at.day)),
    administrations: order.administrations.filter(({ at }) => within(span, at.day)),
  };
  return daysOfOrder(limited).length === 0 ? undefined : limited;
}

/** What each stay in the ward made of the drugs that somebody took, one after the other. */
export function* drugsOfStays(
  traits: Traits,
  atHome: readonly MedicationOrder[],
  last: Day,
): Generator<DrugsOfStay & { readonly admission: Admission }> {
  let open: readonly OpenOrder[] = atHome.filter(({ ends }) => ends === undefined).map(openOrder);
  for (const admission of admissionsOf(traits, last)) {
    const made = ordersIn(traits, admission, open);
    yield { ...made, admission };
    open = made.left;
  }
}

/** The orders of the wanted days: what people took before, and what became of it in the ward. */
export function medicationOrdersOf(traits: Traits, isCustomer: boolean, span: Span): readonly MedicationOrder[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const last = lastDayOf(traits, span);
  const atHome = homeOrdersOf(traits, isCustomer);
  const stays = [...drugsOfStays(traits, atHome, last)];
  const inStays = stays.flatMap(({ ordered }) => ordered);
  const orders = [...atHome, ...oddOrdersOf(traits), ...inStays, ...cancerOrdersOf(traits)];
  const later = stays.flatMap(({ changed }) => changed);
  const wanted = { ...span, through: last };
  return [
    ...orders.flatMap((order) => orderWithin(followed(order, later), wanted) ?? []),
    ...damagedOrdersOf(traits).flatMap((order) => orderWithin(order, span) ?? []),
  ];
}

export function openOrder(order: MedicationOrder): OpenOrder {
  return { order, line: order.line };
}

function followed(order: MedicationOrder, later: readonly LaterChange[]): MedicationOrder {
  const added = later.filter(({ number }) => number === order.number);
  if (added.length === 0) return order;
  const changes = [...order.changes, ...added].map(({ kind, at, code, reason }, i): OrderChange => ({
    sequence: i + 1,
    kind,
    at,
    code,
    reason,
  }));
  return { ...order, changes };
}
