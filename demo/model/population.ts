import { answersOf } from './answers.ts';
import { insurancesOf, providerRolesOf, relativesOf, type ProviderRole } from './affiliations.ts';
import { dayOf, type Day } from './calendar.ts';
import { consentsOf } from './consents.ts';
import { customersOf } from './customers.ts';
import { dispensesOf } from './dispenses.ts';
import { documentsOf } from './documents.ts';
import { homeListsOf } from './home-lists.ts';
import { locationsOf, type Location } from './locations.ts';
import { daysOfOrder, medicationOrdersOf, orderWithin } from './medication-orders.ts';
import { daysOfLabOrder, labOrderWithin, ordersOf } from './orders.ts';
import { radiologyOf } from './radiology.ts';
import { problemsOf } from './problems.ts';
import { carePlansOf } from './care-plans.ts';
import { implantsOf } from './implants.ts';
import { careTeamsOf } from './care-teams.ts';
import { caseSpecimensOf, damagedSpecimensOf } from './specimens-of-cases.ts';
import { daysOfReferral, referralsOf, referralWithin } from './referrals.ts';
import { servicesOf, type Service } from './services.ts';
import { rosterEntriesOf, rostersOf, type Roster } from './rosters.ts';
import { recordsOf } from './registration.ts';
import {
  DEPARTMENTS,
  prescribersOf,
  providersOf,
  STORES,
  type Department,
  type Prescriber,
  type Provider,
  type Store,
} from './staff.ts';
import { daysOf, staysOf, stayWithin } from './stays.ts';
import { treatmentsOf, vaccinationsOf } from './treatments.ts';
import { traitsOf, type Seeding } from './traits.ts';
import type { Person, RadiologyRecord } from './types.ts';
import { within, type Span } from './visits.ts';
import { vitalsOf } from './vitals.ts';

/** Raised with every change of the generator that changes rows: databases of another version are made anew. */
export const GENERATOR_VERSION = 33;

export interface PopulationOptions {
  readonly seed: number;
  readonly patients: number;
  /** `YYYY-MM-DD`, the day of the first generation. */
  readonly anchorDate: string;
  /** `YYYY-MM-DD`, the last day with orders and dispenses, included. */
  readonly throughDate: string;
  /** Whether rows that cannot be mapped are among the others; true by default. */
  readonly damage?: boolean;
}

/** The shared rows, and the people one by one: 100,000 of them need no more memory than one. */
export interface Population {
  readonly options: Required<PopulationOptions>;
  readonly departments: readonly Department[];
  readonly locations: readonly Location[];
  readonly services: readonly Service[];
  readonly providerRoles: readonly ProviderRole[];
  readonly rosters: readonly Roster[];
  readonly providers: readonly Provider[];
  readonly stores: readonly Store[];
  readonly prescribers: readonly Prescriber[];
  /** All people in the order of their numbers, or those of a range (both ends included). */
  people(from?: number, to?: number): Generator<Person>;
}

const PEOPLE_PER_TURN = 100;

/** A person whom the hospital has only registered. */
const REGISTERED_ONLY: Omit<Person, 'number' | 'records'> = {
  ...{ orders: [], stays: [], vitals: [], problems: [], answers: [], vaccinations: [], treatments: [] },
  ...{ medicationOrders: [], homeLists: [], relatives: [], insurances: [], consents: [], referrals: [] },
  ...{ rosterEntries: [], documents: [], careTeams: [], carePlans: [], implants: [], specimens: [] },
  ...{ customers: [], dispenses: [] },
};

function personOf(seeding: Seeding, number: number, span: Span): Person {
  const traits = traitsOf(seeding, number);
  const records = recordsOf(traits);
  if (traits.quirk === 'registered-only') return { number, records, ...REGISTERED_ONLY };
  const customers = customersOf(traits, records[0]);
  const radiology = radiologyOf(traits, records, span.through + 1);
  const orders = ordersOf(traits, span);
  const documents = documentsOf(traits, span);
  return {
    number,
    ...(traits.story === undefined ? {} : { story: traits.story.sentence }),
    records,
    orders,
    stays: staysOf(traits, span),
    vitals: vitalsOf(traits, span),
    problems: problemsOf(traits),
    answers: answersOf(traits, span),
    vaccinations: vaccinationsOf(traits),
    treatments: treatmentsOf(traits),
    medicationOrders: medicationOrdersOf(traits, customers.length > 0, span),
    homeLists: homeListsOf(traits, customers.length > 0, span),
    relatives: relativesOf(traits),
    insurances: insurancesOf(traits),
    consents: consentsOf(traits),
    referrals: referralsOf(traits, span),
    rosterEntries: rosterEntriesOf(traits, records),
    documents,
    careTeams: careTeamsOf(traits),
    carePlans: carePlansOf(traits),
    implants: implantsOf(traits),
    specimens: [
      ...orders.flatMap(({ specimens }) => specimens),
      ...caseSpecimensOf(traits, documents),
      ...damagedSpecimensOf(traits, span),
    ],
    customers,
    dispenses: dispensesOf(traits, customers, span),
    ...(radiology === undefined ? {} : { radiology }),
  };
}

/**
 * The population of the demo hospital. Input: its seed, size and dates. The same input gives the same people; a later `throughDate` only
 * adds orders and dispenses. Throws a RangeError for a date that is none or a size that is not positive.
 */
export function generatePopulation(options: PopulationOptions): Population {
  const { seed, patients } = options;
  if (!Number.isInteger(patients) || patients < 1 || patients > 500_000)
    throw new RangeError('patients must be an integer from 1 to 500,000');
  const seeding: Seeding = { seed, anchor: dayOf(options.anchorDate), damage: options.damage ?? true };
  const span: Span = { through: dayOf(options.throughDate) };
  return {
    options: { ...options, damage: seeding.damage },
    departments: DEPARTMENTS,
    locations: locationsOf(seeding.damage),
    services: servicesOf(seeding.damage),
    providerRoles: providerRolesOf(seed, seeding.anchor, seeding.damage),
    rosters: rostersOf(patients, seeding.damage),
    providers: providersOf(seed),
    stores: STORES,
    prescribers: prescribersOf(seed),
    *people(from = 1, to = patients) {
      for (let number = from; number <= Math.min(to, patients); number += 1) yield personOf(seeding, number, span);
    },
  };
}

/** What a later start has to add for one day: the people to whom something happened, each with that day's events alone. */
export interface MissedDay {
  readonly day: Day;
  readonly people: readonly Person[];
}

/** What happened to a person on one day; what never changes was written before. */
function onDay(person: Person, day: Day): Person {
  return {
    number: person.number,
    records: [],
    orders: person.orders.flatMap((order) => labOrderWithin(order, { after: day - 1, through: day }) ?? []),
    problems: [],
    vaccinations: [],
    treatments: [],
    relatives: [],
    insurances: [],
    consents: [],
    ...{ careTeams: [], carePlans: [], implants: [] },
    referrals: person.referrals.flatMap((one) => referralWithin(one, { after: day - 1, through: day }) ?? []),
    rosterEntries: [],
    stays: person.stays.flatMap((stay) => stayWithin(stay, { after: day - 1, through: day }) ?? []),
    medicationOrders: person.medicationOrders.flatMap(
      (order) => orderWithin(order, { after: day - 1, through: day }) ?? [],
    ),
    vitals: person.vitals.filter((row) => row.day === day),
    answers: person.answers.filter((row) => row.day === day),
    documents: person.documents.filter((document) => document.day === day),
    specimens: person.specimens.filter((specimen) => specimen.day === day),
    customers: [],
    homeLists: person.homeLists.filter(({ asked }) => asked.day === day),
    dispenses: person.dispenses.filter((dispense) => dispense.day === day),
  };
}

function eventDays(person: Person): ReadonlySet<Day> {
  const { orders, stays, vitals, answers, referrals, medicationOrders, homeLists, documents, dispenses } = person;
  const days = [...vitals, ...answers, ...documents, ...dispenses].map(({ day }) => day);
  return new Set([
    ...days,
    ...orders.flatMap(daysOfLabOrder),
    ...stays.flatMap(daysOf),
    ...referrals.flatMap(daysOfReferral),
    ...medicationOrders.flatMap(daysOfOrder),
    ...homeLists.map(({ asked }) => asked.day),
  ]);
}

/**
 * What happened after one day, up to and including another: day by day, in the order of people.
 * It lets others have their turn, because it runs while requests are served.
 */
export async function missedDays(options: PopulationOptions, afterDate: string): Promise<readonly MissedDay[]> {
  const seeding: Seeding = { seed: options.seed, anchor: dayOf(options.anchorDate), damage: options.damage ?? true };
  const span: Span = { after: dayOf(afterDate), through: dayOf(options.throughDate) };
  const days: { day: Day; people: Person[] }[] = [];
  for (let day = dayOf(afterDate) + 1; day <= span.through; day += 1) days.push({ day, people: [] });
  const first = days[0]?.day ?? 0;
  for (let number = 1; number <= options.patients && days.length > 0; number += 1) {
    if (number % PEOPLE_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    const person = personOf(seeding, number, span);
    for (const day of eventDays(person)) if (within(span, day)) days[day - first]?.people.push(onDay(person, day));
  }
  return days;
}

/** What radiology's extract says that is made in the night before a day (`YYYY-MM-DD`), in the order of people. */
export function* radiologyRecords(
  { seed, patients, anchorDate, damage = true }: Omit<PopulationOptions, 'throughDate'>,
  today: string,
): Generator<RadiologyRecord> {
  const seeding: Seeding = { seed, anchor: dayOf(anchorDate), damage };
  for (let number = 1; number <= patients; number += 1) {
    const traits = traitsOf(seeding, number);
    const record = radiologyOf(traits, recordsOf(traits), dayOf(today));
    if (record !== undefined) yield record;
  }
}
