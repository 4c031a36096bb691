import { describe, expect, it } from '@jest/globals';
import { generatePopulation } from '../../../demo/index.ts';
import type { MedicationOrder } from '../../../demo/model/medication-orders.ts';
import { tellingOf, TELLINGS, type HomeLine, type Telling } from '../../../demo/model/home-lines.ts';
import { INGREDIENT_OF } from '../../../demo/model/forbidden-drugs.ts';
import { drugOf } from '../../../demo/model/drugs.ts';
import { DISAGREEMENTS, disagreementOf, isRichDischarge } from '../../../demo/model/medication-stories.ts';
import type { Person } from '../../../demo/model/types.ts';

const CHOICES = { seed: 1, patients: 300, anchorDate: '2026-11-01', throughDate: '2026-11-20' };
const people = [...generatePopulation(CHOICES).people()];

function ordersOf({ medicationOrders }: Person, setting: string): readonly MedicationOrder[] {
  return medicationOrders.filter((order) => order.setting === setting);
}

function isHeldFor({ changes }: MedicationOrder, { stay }: MedicationOrder, person: Person): boolean {
  const day = person.stays.find(({ number }) => number === stay)?.arrived.day;
  return changes.some(({ code, at }) => code === 'HO' && at.day === day);
}

const linesOf = (orders: readonly MedicationOrder[]): readonly string[] =>
  orders.map(({ line }) => JSON.stringify(line)).sort();

/** The drugs of home that were held on the first arrival, and what the ward ordered then. */
function listsOf(person: Person): readonly [home: readonly MedicationOrder[], ward: readonly MedicationOrder[]] {
  const [first] = ordersOf(person, 'I');
  if (first === undefined) return [[], []];
  return [
    ordersOf(person, 'C').filter((order) => isHeldFor(order, first, person)),
    ordersOf(person, 'I').filter(({ stay }) => stay === first.stay),
  ];
}

/** In these ways the ward orders all that is taken at home, and perhaps more. */
const KEEPS_ALL = new Set(['none', 'commission', 'duplication', 'contraindicated']);

describe('the drugs of the demo', () => {
  it.each(Object.keys(DISAGREEMENTS))('has people whose lists differ in the way of: %s', (name) => {
    const shown = people.filter((person) => {
      if (disagreementOf(person.number) !== name) return false;
      const [home, ward] = listsOf(person);
      const kept = linesOf(home).filter((line) => linesOf(ward).includes(line));
      return home.length > 0 && KEEPS_ALL.has(name) === (kept.length === home.length);
    });
    expect(shown.length).toBeGreaterThan(1);
  });

  it('has people whose ward continues a drug that the list of allergies forbids', () => {
    const shown = people.filter((person) => {
      if (disagreementOf(person.number) !== 'contraindicated') return false;
      const forbidden = new Set(person.problems.filter(({ kind }) => kind === 'AL').flatMap(({ codes }) => codes));
      return listsOf(person)[1].some(({ line }) => {
        const rxnorm = INGREDIENT_OF[line.drug ?? '']?.[1];
        return rxnorm !== undefined && forbidden.has(`RXN:${rxnorm}`);
      });
    });
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.every(({ problems }) => problems.every(({ kind }) => kind !== 'NK'))).toBe(true);
  });

  it('has drugs that are dropped at a discharge: stopped, and nobody wrote why or what takes their place', () => {
    const dropped = people.flatMap(({ medicationOrders }) =>
      medicationOrders.filter(({ number, setting, changes }) => {
        const [held, stopped] = changes.slice(-2);
        const isStopped = held?.code === 'HO' && stopped?.code === 'DC' && stopped.reason === null;
        return setting === 'C' && isStopped && medicationOrders.every(({ replaces }) => replaces !== number);
      }),
    );
    expect(dropped.length).toBeGreaterThan(1);
  });

  it('orders another product in the same dose, and gives no injection by mouth', () => {
    const amount = ({ drug, dose }: MedicationOrder['line']): number =>
      Number(/([\d.]+) MG/.exec(drugOf(drug ?? '')?.name ?? '')?.[1]) * Number(dose?.replace(',', '.'));
    const others = people.flatMap((person) => {
      const [home, ward] = listsOf(person);
      const [taken, ordered] = [home[0]?.line, ward[0]?.line];
      const isOther = disagreementOf(person.number) === 'product' && taken?.drug !== ordered?.drug;
      return isOther && taken !== undefined && ordered !== undefined ? [[amount(ordered), amount(taken)]] : [];
    });
    expect(others.length).toBeGreaterThan(1);
    expect(others.filter(([ordered, taken]) => ordered !== taken)).toEqual([]);
    const lines = people.flatMap(({ medicationOrders }) => medicationOrders.map(({ line }) => line));
    const swallowed = lines.filter(({ drug, unit }) => unit === 'TAB' && drugOf(drug ?? '')?.form === 'INJ');
    expect(swallowed).toEqual([]);
  });

  it('has discharges with drugs that are continued, changed, stopped and new', () => {
    const rich = people.filter((person) => {
      const atDischarge = ordersOf(person, 'D');
      const ends = person.medicationOrders.map(({ changes }) =>
        changes.map(({ code, reason }) => `${code} ${reason ?? ''}`),
      );
      return (
        isRichDischarge({ person: person.number, story: undefined }) &&
        atDischarge.some(({ replaces }) => replaces === null) &&
        atDischarge.some(({ replaces }) => replaces !== null) &&
        ends.some((codes) => codes.join().includes('HO HA,AC')) &&
        ends.some((codes) => /HO HA,DC (SE|IN|DU|AL|TX)/.test(codes.join()))
      );
    });
    expect(rich.length).toBeGreaterThan(5);
  });

  it('says of each order that takes a place that the other one is over', () => {
    for (const { medicationOrders } of people)
      for (const { replaces } of medicationOrders.filter((order) => order.replaces !== null)) {
        const replaced = medicationOrders.find(({ number }) => number === replaces);
        expect(replaced?.changes.at(-1)?.code).toBe('DC');
      }
  });

  it.each(TELLINGS)('has people who say on arrival of what was prescribed: %s', (telling) => {
    const asked = people.filter(({ number, homeLists }) => tellingOf(number) === telling && homeLists.length > 0);
    const lines = asked.map(({ homeLists }) => homeLists[0]!.lines);
    const says: Readonly<Record<Telling, (line: HomeLine) => boolean>> = {
      same: ({ taking }) => taking === 'T',
      'not-taken': ({ taking }) => taking === 'N',
      dose: ({ line }) => line.dose === '0,5',
      'own-drug': ({ text }) => text?.includes('wort') === true,
      forgotten: () => true,
      rhythm: ({ line }) => line.frequency === 'QOD',
      untold: () => false,
    };
    expect(lines.filter((list) => list.some(says[telling])).length > 1).toBe(telling !== 'untold');
    expect(asked.length).toBeGreaterThan(3);
  });
});
