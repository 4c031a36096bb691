import { administrationsOf } from './administrations.ts';
import { minutesAfter, type Admission } from './admissions.ts';
import { lineOf, type DrugLine } from './drug-lines.ts';
import { bareOrder, courseChanges, prescriber, status, supplyOf } from './home-orders.ts';
import { medicationOrderNumber } from './keys.ts';
import { openOrder, type LaterChange, type MedicationOrder, type OpenOrder } from './medication-orders.ts';
import { changedLine, disagreementOf, DISAGREEMENTS, isRichDischarge, type Outcome } from './medication-stories.ts';
import { itemAt, randomOf, STREAMS, type Random } from './random.ts';
import type { Traits } from './traits.ts';
import type { LocalTime } from './types.ts';

/** What a stay makes of the drugs that somebody takes. */
export interface DrugsOfStay {
  /** What was taken on arrival. */
  readonly before: readonly OpenOrder[];
  readonly ordered: readonly MedicationOrder[];
  /** What is written of orders that were there before. */
  readonly changed: readonly LaterChange[];
  /** What is in force when the patient has left. */
  readonly left: readonly OpenOrder[];
}

/** Lists 1 and up are those of stays: the ward's orders, and from 50 those of the discharge. */
const DISCHARGE = 50;
const OF_THE_WARD = ['ENO40', 'HEP5', 'PIPTAZ', 'KCLNS', 'APA325', 'OND4'] as const;
const NEW_AT_DISCHARGE = ['ASA81', 'PRE20', 'ATO80', 'CLO75', 'AMX250', 'LOS50'] as const;
/** Days of the drugs that end by themselves. */
const COURSE_DAYS: Readonly<Record<string, number>> = { AMX250: 7, PRE20: 5 };
const WHY_STOPPED = ['SE', 'IN', 'DU', 'AL', 'TX'] as const;
const RICH: readonly Outcome[] = ['changed', 'stopped', 'continued'];

function outcomeOf(traits: Traits, index: number, random: Random): Outcome {
  const draw = random.next();
  if (isRichDischarge(traits)) return itemAt(RICH, index);
  if (draw < 0.6) return 'continued';
  return draw < 0.78 ? 'changed' : draw < 0.92 ? 'stopped' : 'dropped';
}

/** What one stay makes of the drugs that somebody takes: held and ordered anew on arrival; changed, stopped or begun at the discharge. */
export function ordersIn(traits: Traits, admission: Admission, open: readonly OpenOrder[]): DrugsOfStay {
  const { stay, died } = admission;
  const before = open.filter(({ order }) => order.ordered.day < stay.arrived.day);
  const later = open.filter((one) => !before.includes(one));
  const held = before.map(({ order }): LaterChange => ({
    ...{ number: order.number, kind: 'S', at: minutesAfter(stay.arrived, 25), code: 'HO', reason: 'HA' },
  }));
  const ward = wardOrders(
    traits,
    admission,
    before.map(({ line }) => line),
  );
  // Whoever dies takes nothing home, and nobody tidies up the list.
  if (died) return { before, ordered: ward, changed: held, left: [] };
  const end = discharge(traits, admission, before);
  return {
    before,
    ordered: [...ward, ...end.ordered],
    changed: [...held, ...end.changed],
    left: [...end.left, ...later],
  };
}

function wardOrders(
  traits: Traits,
  { index, stay, left }: Admission,
  home: readonly DrugLine[],
): readonly MedicationOrder[] {
  const random = randomOf(traits.seed, STREAMS.wardOrders, traits.person, index);
  const own = Array.from({ length: random.int(1, 2) }, () => lineOf(random.pick(OF_THE_WARD)));
  const lines = [...DISAGREEMENTS[disagreementOf(traits.person)](home), ...own];
  return lines.map((line, i) => {
    const ordered = minutesAfter(stay.arrived, 30 + 3 * i);
    const stopped = random.chance(0.15) && left.day > ordered.day + 2;
    const over: LocalTime = stopped ? { day: ordered.day + 2, seconds: 39_600 } : minutesAfter(left, -10);
    const checked = random.chance(0.5);
    const order: MedicationOrder = {
      ...bareOrder(line, {
        number: medicationOrderNumber(traits.person, index + 1, i),
        patient: stay.patient,
        ordered,
      }),
      ...{ setting: 'I', stay: stay.number, prescriber: prescriber(random), reported: null },
      ends: stopped ? over.day : undefined,
      changes: [
        status(1, ordered, 'AC'),
        ...(checked ? [{ ...status(2, minutesAfter(ordered, 20), 'OK'), kind: 'V' as const }] : []),
        status(checked ? 3 : 2, over, stopped ? 'DC' : 'CM', stopped ? random.pick(['LV', 'SU', 'TX', null]) : null),
      ],
    };
    return { ...order, administrations: administrationsOf(traits, order, over.day, 100 * (index + 1) + i) };
  });
}

/** The list of a discharge: of each drug that was taken before what becomes of it, and what is new. */
function discharge(
  traits: Traits,
  { index, stay, left }: Admission,
  before: readonly OpenOrder[],
): Omit<DrugsOfStay, 'before'> {
  const random = randomOf(traits.seed, STREAMS.discharges, traits.person, index);
  const ordered = minutesAfter(left, -60);
  const written = (line: DrugLine, i: number, replaces: string | null): MedicationOrder => {
    const days = COURSE_DAYS[line.drug ?? ''];
    const ends = days === undefined ? undefined : ordered.day + days;
    return {
      ...bareOrder(line, {
        number: medicationOrderNumber(traits.person, index + 1, DISCHARGE + i),
        patient: stay.patient,
        ordered,
      }),
      ...supplyOf(line, random),
      ...{ setting: 'D', stay: stay.number, prescriber: prescriber(random), replaces, ends },
      changes: courseChanges(ordered, ends),
    };
  };
  const fates = before.map((one, i) => ({ ...one, outcome: outcomeOf(traits, i + index, random) }));
  const changed = fates.map(({ order, outcome }): LaterChange => {
    const reason = outcome === 'changed' ? 'TX' : outcome === 'stopped' ? random.pick(WHY_STOPPED) : null;
    return { number: order.number, kind: 'S', at: ordered, code: outcome === 'continued' ? 'AC' : 'DC', reason };
  });
  const altered = fates.flatMap(({ order, line, outcome }, i) =>
    outcome === 'changed' ? [written(changedLine(line, i + index), i, order.number)] : [],
  );
  const isNew = isRichDischarge(traits) || random.chance(0.4);
  const begun = isNew ? [written(lineOf(random.pick(NEW_AT_DISCHARGE)), fates.length, null)] : [];
  const kept = fates.filter(({ outcome }) => outcome === 'continued');
  return {
    ordered: [...altered, ...begun],
    changed,
    left: [
      ...kept.map(({ order, line }) => ({ order, line })),
      ...[...altered, ...begun].filter(({ ends }) => ends === undefined).map(openOrder),
    ],
  };
}
