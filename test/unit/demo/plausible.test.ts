import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../../../demo/model/calendar.ts';
import { generatePopulation } from '../../../demo/model/population.ts';
import { traitsOf, type Traits } from '../../../demo/model/traits.ts';
import type { Person } from '../../../demo/model/types.ts';

const SEED = 1;
const ANCHOR = '2026-01-31';
const PATIENTS = 1_500;

const anchor = dayOf(ANCHOR);
const population = generatePopulation({
  seed: SEED,
  patients: PATIENTS,
  anchorDate: ANCHOR,
  throughDate: ANCHOR,
  damage: false,
});
const people: readonly (Traits & { readonly is: Person })[] = [...population.people()].map((is) => ({
  ...traitsOf({ seed: SEED, anchor, damage: false }, is.number),
  is,
}));

/** What is wrong with people: nothing, and it was looked for in enough places. */
function expectNone(found: readonly boolean[], atLeast: number): void {
  expect(found.length).toBeGreaterThanOrEqual(atLeast);
  expect(found.filter(Boolean)).toHaveLength(0);
}

function years(born: number, day: number): number {
  return (day - born) / 365.25;
}

describe('The people of the demo', () => {
  it.each([
    ['PSA', false, 40, 81],
    ['HCGQ', true, 18, 51],
  ] as const)('%s is asked of one sex, at some ages', (code, female, from, to) => {
    const asked = people.flatMap(({ is, female: isFemale, born }) =>
      is.orders.flatMap(({ results, day }) =>
        results
          .filter(({ testCode }) => testCode === code)
          .map(() => isFemale !== female || years(born, day) < from || years(born, day) > to),
      ),
    );
    expectNone(asked, 10);
  });

  it('nobody was vaccinated against COVID-19 before there was a vaccine', () => {
    const given = people.flatMap(({ is }) => is.vaccinations.filter(({ cvx }) => cvx === '208'));
    expectNone(
      given.map(({ given: day }) => day !== null && !day.endsWith('00') && day < '20201214'),
      50,
    );
  });

  it('type 2 diabetes and cancer of the lung come to adults', () => {
    const ill = people.flatMap(({ is, born }) =>
      is.problems
        .filter(({ text }) => /^(Type 2 diabetes|Adenocarcinoma)/.test(text ?? ''))
        .map(({ onset, recorded }) => years(born, onset ?? recorded ?? anchor) < 18),
    );
    expectNone(ill, 50);
  });

  it('nobody is counselled as an adolescent who is none', () => {
    const counselled = people.flatMap(({ is, born }) =>
      is.problems
        .filter(({ sensitivity, recorded }) => sensitivity === 'ADO' && recorded !== undefined)
        .map(({ recorded = 0 }) => years(born, recorded) < 13 || years(born, recorded) > 18),
    );
    expectNone(counselled, 10);
  });

  it('what names a stay was recorded in it', () => {
    const recorded = people.flatMap(({ is }) =>
      is.problems.flatMap(({ stay, recorded: day }) => {
        const found = is.stays.find(({ number }) => number === stay);
        return found === undefined || day === undefined ? [] : [day !== found.arrived.day];
      }),
    );
    expectNone(recorded, 100);
  });

  it('nothing is done in a stay to which nobody came', () => {
    const cancelled = new Set(
      people.flatMap(({ is }) =>
        is.stays.filter(({ statuses }) => statuses.some(({ code }) => code === 'CX')).map(({ number }) => number),
      ),
    );
    expect(cancelled.size).toBeGreaterThan(10);
    expectNone(
      people.flatMap(({ is }) => [...is.treatments, ...is.problems].map(({ stay }) => cancelled.has(stay ?? ''))),
      1000,
    );
  });

  it('no pneumonia lasts for years', () => {
    const active = people.flatMap(({ is }) =>
      is.problems
        .filter(({ text, clinical }) => text === 'Pneumonia' && clinical === 'A')
        .map(({ onset }) => onset !== undefined && onset < anchor - 60),
    );
    expect(active.filter(Boolean)).toHaveLength(0);
  });

  it('no team and no plan is at work after a death', () => {
    const dead = people.filter(({ died }) => died !== undefined);
    const states = dead.flatMap(({ is }) => [...is.careTeams, ...is.carePlans].map(({ status }) => status));
    expectNone(
      states.map((status) => ['A', 'P', 'S', 'H', 'D'].includes(status)),
      3,
    );
  });

  it('a child is insured and called for as a child', () => {
    const children = people.filter(({ born }) => years(born, anchor) < 18);
    expectNone(
      children.flatMap(({ is }) => [
        ...is.insurances.map(({ relation }) => relation === 'P'),
        ...is.relatives.map(({ relation }) => relation === 'SPO' || relation === 'CHI'),
      ]),
      50,
    );
    const adults = people.filter(({ born }) => years(born, anchor) >= 26);
    expectNone(
      adults.flatMap(({ is }) => is.insurances.map(({ relation }) => relation === 'C')),
      100,
    );
  });

  it('whoever has smoked never says that they never did', () => {
    const smokers = people.map(({ is }) =>
      is.answers.filter(({ question }) => question === 'SMK').map(({ answer }) => answer),
    );
    expectNone(
      smokers
        .filter((answers) => answers.some((answer) => ['EX', 'CUR', 'SOM'].includes(answer ?? '')))
        .map((answers) => answers.includes('NEV')),
      20,
    );
  });

  it('a body mass index is that of the weight and the height beside it', () => {
    const measured = people.flatMap(({ is }) =>
      is.vitals.flatMap(({ weight, weightUnit, height, heightUnit, bmi }) => {
        if (weight === null || height === null || bmi === null || weightUnit === 'ST') return [];
        const kilograms = Number(weight) * (/^lb/i.test(weightUnit ?? '') ? 0.453_592_37 : 1);
        const metres = (Number(height) * (heightUnit === 'in' ? 2.54 : 1)) / 100;
        return [Math.abs(kilograms / metres ** 2 - Number(bmi)) > 0.3];
      }),
    );
    expectNone(measured, 50);
  });

  it('a child weighs and measures what children do', () => {
    const small = people.flatMap(({ is, born }) =>
      is.vitals
        .filter(({ day, height, heightUnit }) => years(born, day) < 5 && height !== null && heightUnit !== 'in')
        .map(({ height }) => Number(height) > 130),
    );
    expectNone(small, 3);
  });

  it('an order with a result that waits is not closed', () => {
    const closed = people.flatMap(({ is }) =>
      is.orders
        .filter(({ statusCode }) => statusCode === 'CM')
        .map(({ results }) =>
          results.some(({ statusCode, superseded }) => !superseded && /^[PI]$/.test(statusCode ?? '')),
        ),
    );
    expectNone(closed, 1000);
  });

  it('has drugs that say of people what their problems do', () => {
    const drugs: Readonly<Record<string, string>> = {
      'Depressive disorder': 'SER50',
      Schizophrenia: 'OLA10',
      'HIV infection': 'DLAM',
      'Alcohol dependence': 'NALT50',
    };
    for (const [problem, drug] of Object.entries(drugs)) {
      const ill = people.filter(({ is }) => is.problems.some(({ text }) => text === problem));
      const treated = people.filter(({ is }) => is.medicationOrders.some(({ line }) => line.drug === drug));
      expect(treated.length).toBeGreaterThan(2);
      expect(treated.length).toBeGreaterThanOrEqual(ill.length);
    }
  });

  it('a drug is for what it is given for', () => {
    const metformin = people.flatMap(({ is }) =>
      is.medicationOrders
        .filter(({ line, indication }) => line.drug === 'MET500' && indication !== null)
        .map(({ indication }) => indication !== 'Diabetes'),
    );
    expectNone(metformin, 5);
  });
});
