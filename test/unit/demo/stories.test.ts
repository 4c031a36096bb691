import { describe, expect, it } from '@jest/globals';
import { generatePopulation, radiologyRecords } from '../../../demo/model/population.ts';
import type { Document } from '../../../demo/model/documents.ts';
import type { Person } from '../../../demo/model/types.ts';
import { rowsOf, TABLES, type TableRow } from './rows.ts';

// A damaged row may name a patient of whom nothing else is known.
const CHOICES = { seed: 1, patients: 300, anchorDate: '2026-11-01', throughDate: '2026-11-20', damage: false };
const rows = rowsOf(CHOICES);

const registrationOf = (row: TableRow): string => `${row['FAC_CD']}-${row['PT_NO']}`;
const registrations = rows
  .get('PATMAST')!
  .filter((row) => row['DEL_FLG'] !== 'Y' && row['MRG_NO'] === null)
  .map(registrationOf);

describe('patients of whom little is known', () => {
  const kindsOf = (registration: string): readonly (string | null)[] =>
    rows.get('PRBLST')!.flatMap((row) => (registrationOf(row) === registration ? [row['REC_TYP'] ?? null] : []));

  it('have problems, but some were never asked for allergies', () => {
    const neverAsked = registrations.filter((registration) => {
      const kinds = kindsOf(registration);
      return kinds.includes('PR') && !kinds.includes('AL') && !kinds.includes('NK');
    });
    expect(neverAsked.length).toBeGreaterThan(10);
  });

  it('have nothing at all in some cases: no other row of any table names them', () => {
    const naming = TABLES.filter(
      ({ name, columns }) => name !== 'PATMAST' && columns.some(([column]) => column === 'PT_NO'),
    ).map(({ name }) => name);
    expect(naming).toEqual(expect.arrayContaining(['PATADDR', 'LABORD', 'STAY', 'PRBLST', 'MEDORD', 'ROSTMEM']));
    const named = new Set([
      ...naming.flatMap((name) => rows.get(name)!.map(registrationOf)),
      ...rows.get('PATMAST')!.map((row) => `${row['MRG_FAC']}-${row['MRG_NO']}`),
      ...rows.get('customer_xref')!.map((row) => `${row['facility']}-${row['mrn_norm']}`),
      ...[...radiologyRecords(CHOICES, CHOICES.throughDate)].map(
        ({ hospital }) => `${hospital?.facility}-${hospital?.number}`,
      ),
    ]);
    expect(registrations.filter((registration) => !named.has(registration))).toHaveLength(3);
  });
});

const population = generatePopulation({ ...CHOICES, patients: 1_000 });
const people = [...population.people()];

const isDead = ({ records }: Person): boolean => records.some(({ death }) => 'value' in death);

/** A point of a course: what was measured, and when. */
interface Point {
  readonly day: number;
  readonly value: number;
}

/** That values fall from the first one to a lowest one, and are higher again at the end. */
function expectFallAndRise(points: readonly Point[]): void {
  const values = points.toSorted((a, b) => a.day - b.day).map(({ value }) => value);
  const lowest = Math.min(...values);
  expect({ values, falls: values[0]! >= 2 * lowest }).toEqual({ values, falls: true });
  expect({ values, rises: values.at(-1)! >= 1.05 * lowest }).toEqual({ values, rises: true });
}

describe('people with cancer of the lung', () => {
  const ill = people.flatMap((person) => {
    const cancer = person.problems.find(({ text }) => text?.startsWith('Adenocarcinoma'));
    return cancer === undefined || isDead(person) ? [] : [{ person, since: cancer.onset! }];
  });

  /** The newest versions of a department's documents, but for those that were taken back or entered in error. */
  const standing = ({ documents }: Person, exam: string): readonly Document[] =>
    documents.filter((one) => one.exam === exam && !one.superseded && !['X', 'E'].includes(one.status));
  const ordersOf = ({ medicationOrders }: Person, drug: string): Person['medicationOrders'] =>
    medicationOrders.filter(({ line }) => line.drug === drug);
  /** Answers that were neither deleted nor entered in error; null: asked, but not answered. */
  const answersTo = ({ answers }: Person, question: string): Person['answers'] =>
    answers.filter((answer) => answer.question === question && answer.active && answer.statusCode === 'F');

  it('are one in 25', () => {
    expect(ill.length).toBeGreaterThanOrEqual(36);
    expect(ill.length).toBeLessThanOrEqual(40);
  });

  it('have one report of pathology, and one of genomics after it', () => {
    for (const { person, since } of ill) {
      const [pathology, genomics] = ['PATH', 'NGS'].map((exam) => standing(person, exam));
      expect([person.number, pathology!.length, genomics!.length]).toEqual([person.number, 1, 1]);
      expect(pathology![0]!.text.conclusion).toContain('Adenocarcinoma');
      expect(genomics![0]!.text.conclusion).toContain('EGFR');
      expect(pathology![0]!.day - since).toBeLessThan(14);
      expect(genomics![0]!.day).toBeGreaterThan(pathology![0]!.day);
    }
  });

  it('have several scans, on which the tumour shrinks and then grows', () => {
    for (const { person } of ill) {
      expect(standing(person, 'CTCAP').length).toBeGreaterThanOrEqual(4);
      // What was seen is known, although a few reports were taken back.
      const points = person.documents
        .filter(({ exam }) => exam === 'CTCAP')
        .map(({ day, text }) => ({ day, value: Number(/(\d+) mm/.exec(text.conclusion ?? '')?.[1]) }));
      expectFallAndRise(points);
    }
  });

  it('have a CEA that falls and then rises, by one method', () => {
    for (const { person, since } of ill) {
      const points = person.orders.flatMap(({ day, results }) =>
        results.flatMap(({ testCode, value, statusCode, superseded }) =>
          testCode === 'CEA' && day >= since && value.is === 'number' && !superseded && statusCode !== 'X'
            ? [{ day, value: Number(value.number) }]
            : [],
        ),
      );
      expect(points.length).toBeGreaterThanOrEqual(5);
      expectFallAndRise(points);
    }
  });

  it('are given four cycles of carboplatin and pemetrexed, of which little is held, and then osimertinib', () => {
    const codes = ill.flatMap(({ person, since }) => {
      const cycles = ['CARBO', 'PEMET'].map((drug) => ordersOf(person, drug));
      const days = cycles.map((orders) => orders.map(({ ordered }) => ordered.day));
      expect(days[0]).toHaveLength(4);
      expect(days[1]).toEqual(days[0]);
      expect(days[0]!.slice(1).map((day, i) => day - days[0]![i]!)).toEqual([21, 21, 21]);
      const [genomics] = standing(person, 'NGS');
      const osimertinib = ordersOf(person, 'OSI80');
      expect(osimertinib.map(({ changes }) => changes.map(({ code }) => code).join())).toEqual(['AC']);
      expect(osimertinib[0]!.ordered.day).toBeGreaterThan(Math.max(days[0]!.at(-1)!, genomics!.day));
      expect(days[0]![0]).toBeGreaterThan(since);
      const given = cycles.flat().flatMap(({ administrations }) => administrations);
      expect(given).toHaveLength(8);
      for (const { code, dose } of given) expect([code, dose === null]).toEqual([code, code === 'H']);
      return given.map(({ code }) => code);
    });
    expect(new Set(codes)).toEqual(new Set(['G', 'H']));
    expect(codes.filter((code) => code === 'H').length).toBeLessThan(0.15 * codes.length);
  });

  it('have a performance status that is asked for again and again', () => {
    for (const { person } of ill) {
      const grades = answersTo(person, 'ECOG').flatMap(({ answer }) => answer ?? []);
      expect(grades.length).toBeGreaterThanOrEqual(5);
      expect(grades.filter((grade) => !/^[0-4]$/.test(grade))).toEqual([]);
    }
  });

  it('have a stage, which was determined of most', () => {
    for (const { person } of ill) expect(person.answers.filter(({ question }) => question === 'STAGE')).toHaveLength(1);
    const stages = ill.map(({ person }) => answersTo(person, 'STAGE')[0]?.answer ?? null);
    const determined = stages.filter((stage) => stage !== null);
    expect(determined.length).toBeGreaterThan(0.6 * stages.length);
    expect(determined.length).toBeLessThan(stages.length);
    expect(determined.filter((stage) => !/^I(?:II|V)[ABC]$/.test(stage))).toEqual([]);
  });

  it('have a course that the oncologist notes as the scans show it: better, then worse', () => {
    for (const { person } of ill) {
      const courses = answersTo(person, 'DSTAT').flatMap(({ day, answer }) =>
        answer === null ? [] : [{ day, answer }],
      );
      const noted = courses.map(({ answer }) => answer);
      expect(noted).toEqual(
        noted.toSorted((a, b) => ['BET', 'STA', 'WOR'].indexOf(a) - ['BET', 'STA', 'WOR'].indexOf(b)),
      );
      expect(new Set(noted).size).toBeGreaterThan(1);
      for (const { day, answer } of courses) {
        const scan = person.documents.find((one) => one.exam === 'CTCAP' && one.day === day)!;
        const [, now, before] = /(\d+) mm, previously (\d+) mm/.exec(scan.text.conclusion ?? '')!.map(Number);
        expect([answer, now! < before!]).toEqual([answer, answer === 'BET']);
      }
    }
  });
});

describe('discharges from a ward after a night', () => {
  const discharges = people.flatMap((person) =>
    person.stays.flatMap(({ number, classCode, arrived, discharge }) =>
      classCode === 'I' && discharge !== undefined && discharge.at.day > arrived.day
        ? [{ person, number, left: discharge.at, died: discharge.disposition === 'EXP' }]
        : [],
    ),
  );
  /** Requests to be seen again that were neither taken back nor entered in error. */
  const followUpsOf = ({ person, number }: (typeof discharges)[number]): Person['referrals'] =>
    person.referrals.filter(
      ({ kind, stay, removal, events }) =>
        kind === 'FU' && stay === number && removal === null && events.every(({ code }) => code !== 'ER'),
    );
  /** Orders of the last day that nobody closed. */
  const pendingOf = ({ person, left }: (typeof discharges)[number]): Person['orders'] =>
    person.orders.filter(({ day, statusCode }) => day === left.day && statusCode === 'IP');

  it('are followed up where the three people with stories and every ninth leave alive', () => {
    const rich = discharges.filter(({ person: { number } }) => number <= 3 || number % 9 === 0);
    const alive = rich.filter(({ died }) => !died);
    expect(alive.length).toBeGreaterThan(50);
    for (const discharge of alive) {
      const found = followUpsOf(discharge);
      expect([discharge.number, found.length]).toEqual([discharge.number, 1]);
      expect(found[0]!.day).toBe(discharge.left.day);
      expect(found[0]!.wished).toBeGreaterThan(discharge.left.day);
    }
  });

  it('are never followed up after a death', () => {
    const dead = discharges.filter(({ died }) => died);
    expect(dead.length).toBeGreaterThan(5);
    expect(dead.flatMap(followUpsOf)).toEqual([]);
  });

  it('leave tests behind that were drawn before, some with a result that comes later and some without any', () => {
    const pending = discharges.flatMap((discharge) =>
      pendingOf(discharge)
        .filter(({ department }) => department === 'MGSEND')
        .map((order) => ({ order, left: discharge.left })),
    );
    for (const { order, left } of pending) expect(order.collectedAt).toBeLessThan(left.seconds);
    const later = pending.filter(({ order: { results, resultsOn, day } }) => results.length > 0 && resultsOn > day);
    const never = pending.filter(({ order: { results } }) => results.length === 0);
    expect(later.length).toBeGreaterThan(50);
    expect(never.length).toBeGreaterThan(10);
    expect(later.length + never.length).toBe(pending.length);
    expect(never.length).toBeLessThan(later.length);
  });

  it('ask the practice to look at a result only where one is under way', () => {
    const asking = discharges.filter((discharge) =>
      followUpsOf(discharge).some(({ reason }) => reason?.includes('under way')),
    );
    expect(asking.length).toBeGreaterThan(10);
    expect(asking.filter((discharge) => pendingOf(discharge).length === 0)).toEqual([]);
  });
});

describe('wards', () => {
  const wards = population.locations.filter(
    ({ type, function: use, deletedAt }) =>
      type === 'W' && ['INP', 'ICU', 'CARD', 'PSY', 'PED'].includes(use ?? '') && deletedAt === undefined,
  );
  const roundsIn = (ward: string): typeof population.services =>
    population.services.filter(({ category, location }) => category === 'RD' && location === ward);

  it.each(wards.map((ward) => [ward.code, ward] as const))('have a round: %s', (code, ward) => {
    const [round, ...others] = roundsIn(code);
    expect(others).toEqual([]);
    expect(round).toMatchObject({ department: ward.department, active: 'Y', deletions: 0, appointment: '-' });
    expect(round!.name).toContain(ward.name);
    // Who is in intensive or cardiac care is seen every day.
    expect(round!.openDays).toMatch(ward.function === 'ICU' || ward.function === 'CARD' ? /^1{7}$/ : /^1{5}/);
    expect(round!.opens! < round!.closes!).toBe(true);
  });

  it('are more than a few, and each round is of one of them', () => {
    expect(wards.length).toBeGreaterThan(4);
    expect(population.services.filter(({ category }) => category === 'RD')).toHaveLength(wards.length);
  });
});
