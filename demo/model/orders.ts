import type { Day, WallSeconds } from './calendar.ts';
import { damagedOrdersOf } from './damaged-orders.ts';
import { damagedReportsOf } from './damaged-reports.ts';
import { facilityOf, furtherKey, orderNumber, orderSerial, patientKey } from './keys.ts';
import { DEVICE_SINGLES, PANELS, SEND_OUTS, SINGLES, type Panel } from './lab-catalogue.ts';
import { labResultsOf, pointOfCareOf, type Sample } from './lab-results.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { mergesOf } from './registration.ts';
import { orderSpecimensOf, specimenFinder } from './specimens.ts';
import { providerNumber } from './staff.ts';
import type { Traits } from './traits.ts';
import type { LabOrder, PatientKey } from './types.ts';
import { visitsOf, within, type Span, type Visit } from './visits.ts';

/** The registration that was current on a day: labs stay under the number that they were drawn for. */
export function keyOn(traits: Traits, day: Day): PatientKey {
  const merges = mergesOf(traits);
  if (merges >= 2 && day < traits.anchor - 700) return furtherKey(traits.person, 2);
  if (merges >= 1 && day < traits.anchor - 350) return furtherKey(traits.person, 1);
  if (traits.quirk === 'unlinked-duplicate' && day < traits.anchor - 500)
    return furtherKey(traits.person, facilityOf(traits.person) === 'MG' ? 4 : 5);
  return patientKey(traits.person);
}

/** The day on which the hospital's laboratory changed to IFCC units. */
function reportsIfcc(traits: Traits, day: Day): boolean {
  return day >= traits.anchor - 400;
}

function single(code: string, department: string): Panel {
  return { code: null, tests: [code], department };
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
    if (random.chance(0.35)) main.push(single(random.pick(SINGLES), 'MGCHEM'));
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
    drafts.push({ order: 3, panel: single(random.pick(SEND_OUTS), 'MGSEND'), device: false, foreign: true });
  return drafts;
}

function orderOf(traits: Traits, visit: Visit, draft: Draft): LabOrder {
  const random = randomOf(traits.seed, STREAMS.order, traits.person, visit.index, draft.order);
  const patient = keyOn(traits, visit.day);
  const west = patient.facility === 'MW' && !draft.foreign;
  const seconds =
    timeOf(visit, draft.order, random) + (draft.device && visit.kind === 'ordinary' ? random.int(0, 59) : 0);
  const serial = orderSerial(traits.person, visit.index, draft.order);
  const department = patient.facility === 'MW' && draft.device ? 'MWPOC' : west ? 'MWLAB' : draft.panel.department;
  const pending = !draft.device && random.chance(0.02);
  const tests = pending ? [] : localTests(traits, visit.day, draft.panel.tests, west);
  const number = orderNumber(serial, draft.foreign);
  const drawn = { number, serial, patient, day: visit.day, seconds, tests, mayFail: visit.kind === 'ordinary' };
  const specimens = orderSpecimensOf(traits, { ...drawn, pending });
  const sample: Sample = {
    ...{ traits, serial, day: visit.day, seconds, department, west, foreign: draft.foreign },
    specimenOf: specimenFinder(traits, serial, specimens),
  };
  return {
    number,
    patient,
    day: visit.day,
    orderedAt: Math.max(0, seconds - 600 * random.int(0, 5)),
    collectedAt: pending ? undefined : seconds,
    provider: random.chance(0.95) ? providerNumber(random.int(0, 59)) : null,
    department,
    panelCode: draft.panel.code,
    statusCode: pending ? 'IP' : 'CM',
    results: draft.device ? [] : labResultsOf(random, sample, tests),
    pointOfCare: draft.device ? pointOfCareOf(random, sample, tests) : [],
    specimens: specimens.map(({ specimen }) => specimen),
    recorded: true,
  };
}

/** The laboratory orders of the wanted days, with their results. */
export function ordersOf(traits: Traits, span: Span): readonly LabOrder[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const orders: LabOrder[] = [];
  for (const visit of visitsOf(traits, span)) {
    const random = randomOf(traits.seed, STREAMS.order, traits.person, visit.index);
    for (const draft of draftsOf(traits, visit, random)) orders.push(orderOf(traits, visit, draft));
  }
  for (const order of [...damagedOrdersOf(traits), ...damagedReportsOf(traits)])
    if (within(span, order.day)) orders.push(order);
  return orders;
}
