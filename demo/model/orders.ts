import type { Day, WallSeconds } from './calendar.ts';
import { damagedOrdersOf } from './damaged-orders.ts';
import { damagedReportsOf } from './damaged-reports.ts';
import { dischargeTestsOf, type DischargeTest } from './discharge-tests.ts';
import { keyOn } from './key-on.ts';
import { orderNumber, orderSerial } from './keys.ts';
import { askedOf, DEVICE_SINGLES, PANELS, SEND_OUTS, SINGLES, type Panel } from './lab-catalogue.ts';
import { labResultsOf, pointOfCareOf, type Sample } from './lab-results.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { orderSpecimensOf, specimenFinder } from './specimens.ts';
import { providerNumber } from './staff.ts';
import { ageOn, type Traits } from './traits.ts';
import { markerPanelOf, markerVisitsOf } from './tumour-markers.ts';
import type { LabOrder } from './types.ts';
import { lastDayOf, visitsOf, within, type Span, type Visit } from './visits.ts';

/** The day on which the hospital's laboratory changed to IFCC units. */
function reportsIfcc(traits: Traits, day: Day): boolean {
  return day >= traits.anchor - 400;
}

function single(code: string, department: string): Panel {
  return { code: null, tests: [code], department };
}

function oneOf(traits: Traits, { day }: Visit, tests: readonly string[], random: Random): string {
  return random.pick(askedOf(traits, ageOn(traits, day), tests));
}

function panelsOf(traits: Traits, visit: Visit, random: Random): readonly Panel[] {
  if (visit.kind !== 'ordinary') return [PANELS.metabolic, single('CRP', 'MGCHEM')];
  const main: Panel[] = [];
  if (traits.course === 'diabetic') {
    main.push(visit.index % 4 === 3 ? PANELS.metabolic : PANELS.diabetes);
    if (visit.index % 4 === 3) main.push(PANELS.lipid);
  } else if (traits.course === 'chronic') {
    main.push(random.pick([PANELS.metabolic, PANELS.blood, PANELS.liver]));
    if (random.chance(0.3)) main.push(single('INR', 'MGHEM'));
  } else {
    main.push(random.pick([PANELS.metabolic, PANELS.blood, PANELS.lipid, PANELS.urine, PANELS.liver]));
    if (random.chance(0.35)) main.push(single(oneOf(traits, visit, SINGLES, random), 'MGCHEM'));
  }
  return main;
}

/** In the two nights, the first order lies before the clocks change and the second after. */
function timeOf(visit: Visit, order: number, random: Random): WallSeconds {
  const ordinary = 60 * random.int(6 * 60, 17 * 60 + 59);
  if (visit.kind === 'spring-night') return [7140, 10_800, 10_845][order] ?? 10_800;
  if (visit.kind === 'fall-night') return [5400, 7200, 6330][order] ?? 7200;
  return ordinary;
}

/** Tests under the codes that a place uses for them. */
function localTests(traits: Traits, day: Day, tests: readonly string[], west: boolean): readonly string[] {
  return tests.map((code) =>
    code === 'GLU' && west ? 'GLUC' : code === 'A1C' && !west && reportsIfcc(traits, day) ? 'A1CI' : code,
  );
}

interface Draft {
  readonly order: number;
  readonly panel: Panel;
  readonly device: boolean;
  readonly foreign: boolean;
  /** Sent away at a discharge. */
  readonly away?: DischargeTest;
}

function draftsOf(traits: Traits, visit: Visit, random: Random): readonly Draft[] {
  const drafts: Draft[] = panelsOf(traits, visit, random).map((panel, order) => ({
    order,
    panel,
    device: false,
    foreign: false,
  }));
  const device = visit.kind !== 'ordinary' || traits.person === 3 || random.chance(0.3);
  if (device)
    drafts.push({
      order: 2,
      panel: random.chance(0.25) ? PANELS.gases : single(random.pick(DEVICE_SINGLES), 'MGPOC'),
      device: true,
      foreign: true,
    });
  if (random.chance(0.04))
    drafts.push({
      ...{ order: 3, panel: single(oneOf(traits, visit, SEND_OUTS, random), 'MGSEND'), device: false, foreign: true },
    });
  return drafts;
}

/** Registered or preliminary: while one of its results waits, nobody closes an order. */
const WAITING: readonly (string | null)[] = ['I', 'P'];

function orderOf(traits: Traits, visit: Visit, draft: Draft): LabOrder {
  const random = randomOf(traits.seed, STREAMS.order, traits.person, visit.index, draft.order);
  const patient = keyOn(traits, visit.day);
  const west = patient.facility === 'MW' && !draft.foreign;
  const drawnAt =
    timeOf(visit, draft.order, random) + (draft.device && visit.kind === 'ordinary' ? random.int(0, 59) : 0);
  const seconds = draft.away?.seconds ?? drawnAt;
  const serial = orderSerial(traits.person, visit.index, draft.order);
  const department = patient.facility === 'MW' && draft.device ? 'MWPOC' : west ? 'MWLAB' : draft.panel.department;
  const isForgotten = !draft.device && random.chance(0.02);
  const isTaken = draft.away !== undefined || !isForgotten;
  const hasResults = draft.away === undefined ? isTaken : draft.away.resultsOn !== undefined;
  const resultsOn = draft.away?.resultsOn ?? visit.day;
  const tests = isTaken ? localTests(traits, visit.day, draft.panel.tests, west) : [];
  const number = orderNumber(serial, draft.foreign);
  const drawn = { number, serial, patient, day: visit.day, seconds, tests, mayFail: visit.kind === 'ordinary' };
  const specimens = orderSpecimensOf(traits, { ...drawn, pending: !isTaken });
  const sample: Sample = {
    ...{ traits, serial, day: visit.day, seconds, released: resultsOn, department, west, foreign: draft.foreign },
    specimenOf: specimenFinder(traits, serial, specimens),
  };
  const results = draft.device || !hasResults ? [] : labResultsOf(random, sample, tests);
  const isUnderWay = results.some(({ statusCode, superseded }) => !superseded && WAITING.includes(statusCode));
  return {
    number,
    patient,
    day: visit.day,
    resultsOn,
    orderedAt: Math.max(0, seconds - 600 * random.int(0, 5)),
    collectedAt: isTaken ? seconds : undefined,
    provider: random.chance(0.95) ? providerNumber(random.int(0, 59)) : null,
    department,
    panelCode: draft.panel.code,
    statusCode: !isTaken || isUnderWay || draft.away !== undefined ? 'IP' : 'CM',
    results,
    pointOfCare: draft.device ? pointOfCareOf(random, sample, tests) : [],
    specimens: specimens.map(({ specimen }) => specimen),
    recorded: true,
  };
}

function* ordersOfVisits(traits: Traits, span: Span): Generator<LabOrder> {
  for (const visit of visitsOf(traits, span)) {
    const random = randomOf(traits.seed, STREAMS.order, traits.person, visit.index);
    for (const draft of draftsOf(traits, visit, random)) yield orderOf(traits, visit, draft);
  }
  for (const visit of markerVisitsOf(traits, span))
    yield orderOf(traits, visit, { ...markerPanelOf(visit), order: 0, device: false });
  for (const away of dischargeTestsOf(traits, lastDayOf(traits, span)))
    yield orderOf(traits, away.visit, {
      ...{ order: 0, panel: single(away.test, 'MGSEND'), device: false, foreign: true, away },
    });
}

/** The days on which something was written of an order. */
export function daysOfLabOrder({ recorded, day, resultsOn, results, pointOfCare }: LabOrder): readonly Day[] {
  return [...(recorded ? [day] : []), ...(results.length > 0 || pointOfCare.length > 0 ? [resultsOn] : [])];
}

/** What was written of an order on the wanted days; undefined where that is nothing. */
export function labOrderWithin(order: LabOrder, span: Span): LabOrder | undefined {
  const hasResults = within(span, order.resultsOn);
  const isOrdered = within(span, order.day);
  const limited: LabOrder = {
    ...order,
    recorded: order.recorded && isOrdered,
    specimens: isOrdered ? order.specimens : [],
    ...(hasResults ? {} : { results: [], pointOfCare: [] }),
  };
  return daysOfLabOrder(limited).length === 0 ? undefined : limited;
}

/** The laboratory orders of the wanted days, with their results. */
export function ordersOf(traits: Traits, span: Span): readonly LabOrder[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  return [...ordersOfVisits(traits, span), ...damagedOrdersOf(traits), ...damagedReportsOf(traits)].flatMap(
    (order) => labOrderWithin(order, span) ?? [],
  );
}
