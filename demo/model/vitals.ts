import { vitalsNumber } from './keys.ts';
import { damagedVitalsOf } from './damaged-vitals.ts';
import type { Day } from './calendar.ts';
import { bodyAt, type Body } from './growth.ts';
import { keyOn } from './key-on.ts';
import type { DamageKind } from './damage-kinds.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { MISSING_PROVIDER, providerNumber } from './staff.ts';
import { ageOn, type Traits } from './traits.ts';
import type { LocalTime, PatientKey } from './types.ts';
import { visitsOf, within, type Span, type Visit } from './visits.ts';

/** A row of VITALS: what a monitor or a nurse measured at one time. Null: not measured; some devices write 0 instead. */
export interface VitalSigns {
  readonly number: string;
  readonly patient: PatientKey;
  /** The day under which catch-up adds the row. */
  readonly day: Day;
  /** Absent: the clock of the device was not set. */
  readonly at?: LocalTime;
  readonly pulse: string | null;
  readonly respiration: string | null;
  readonly temperature: string | null;
  readonly temperatureUnit: string | null;
  readonly saturation: string | null;
  readonly systolic: string | null;
  readonly diastolic: string | null;
  readonly weight: string | null;
  readonly weightUnit: string | null;
  readonly height: string | null;
  readonly heightUnit: string | null;
  readonly bmi: string | null;
  readonly enteredBy: string | null;
  /** E entered in error, U not confirmed; N, blank and null: sound. */
  readonly mark: string | null;
  readonly voidedBy: string | null;
  readonly damage?: DamageKind;
}

export const NOTHING_MEASURED = {
  pulse: null,
  respiration: null,
  temperature: null,
  temperatureUnit: null,
  saturation: null,
  systolic: null,
  diastolic: null,
  weight: null,
  weightUnit: null,
  height: null,
  heightUnit: null,
  bmi: null,
} as const;

type Measured = { readonly [M in keyof typeof NOTHING_MEASURED]: string | null };

/** One visit in so many has vital signs. */
const VISITS_PER_ROW = 3;

/** The vital signs of the wanted days. */
export function vitalsOf(traits: Traits, span: Span): readonly VitalSigns[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const rows: VitalSigns[] = [];
  for (const visit of visitsOf(traits, span)) if (visit.index % VISITS_PER_ROW === 0) rows.push(rowOf(traits, visit));
  return [...rows, ...damagedVitalsOf(traits).filter(({ day }) => within(span, day))];
}

function rowOf(traits: Traits, visit: Visit): VitalSigns {
  const random = randomOf(traits.seed, STREAMS.vitals, traits.person, visit.index);
  const seconds = secondsOf(visit, random);
  const draw = random.next();
  return {
    number: vitalsNumber(traits.person, visit.index),
    patient: keyOn(traits, visit.day),
    day: visit.day,
    ...(random.chance(0.03) ? {} : { at: { day: visit.day, seconds } }),
    ...(random.chance(0.02) ? NOTHING_MEASURED : measured(random, bodyOn(traits, visit.day))),
    enteredBy: random.chance(0.2) ? null : random.chance(0.03) ? MISSING_PROVIDER : providerNumber(random.int(0, 59)),
    mark: draw < 0.03 ? 'E' : draw < 0.08 ? 'U' : draw < 0.3 ? 'N' : draw < 0.4 ? ' ' : null,
    voidedBy: random.chance(0.03) ? providerNumber(random.int(0, 59)) : random.chance(0.1) ? ' ' : null,
  };
}

const BUILD = 2300;

/** Whoever is tall or heavy stays so. */
function bodyOn(traits: Traits, day: Day): Body {
  const build = randomOf(traits.seed, STREAMS.vitals, traits.person, BUILD);
  const body = bodyAt(traits.female, ageOn(traits, day));
  const height = body.height * (1 + 0.04 * deviation(build, 2));
  return { ...body, height, weight: body.weight * (1 + 0.15 * deviation(build, 2)) };
}

/** Standard normal, and never further than so much from the middle. */
function deviation(random: Random, most: number): number {
  return Math.max(-most, Math.min(most, random.normal()));
}

/** In the two nights, before the clocks change or in the hour that occurs twice. */
function secondsOf(visit: Visit, random: Random): number {
  if (visit.kind === 'spring-night') return 7_199;
  return visit.kind === 'fall-night' ? 5_430 : 60 * random.int(6 * 60, 20 * 60);
}

function around(random: Random, mean: number, spread: number, decimals = 0): string {
  return (mean + spread * deviation(random, 2.5)).toFixed(decimals);
}

const KILOGRAMS_PER_POUND = 0.45359237;
const CENTIMETRES_PER_INCH = 2.54;

/** Each device measures something else, and has a unit of its own. */
function measured(random: Random, body: Body): Measured {
  const fahrenheit = random.chance(0.3);
  const pounds = random.chance(0.3);
  const inches = random.chance(0.3);
  const isMeasured = (share: number): boolean => random.chance(share);
  const pulse = isMeasured(0.8) ? (random.chance(0.03) ? '0' : around(random, body.pulse, 0.14 * body.pulse)) : null;
  const temperature = fahrenheit ? around(random, 98.4, 0.9, 1) : around(random, 36.8, 0.5, 1);
  const hasTemperature = isMeasured(0.7);
  const hasPressure = isMeasured(0.75);
  const hasWeight = isMeasured(0.4);
  const hasHeight = isMeasured(0.25);
  const weight = body.weight * (1 + random.int(-15, 15) / 1000);
  const height = body.height * (1 + random.int(-3, 3) / 1000);
  return {
    pulse,
    respiration: isMeasured(0.5) ? around(random, body.respiration, 0.15 * body.respiration) : null,
    temperature: hasTemperature ? (random.chance(0.05) ? '0.0' : temperature) : null,
    temperatureUnit: hasTemperature ? (random.chance(0.05) ? random.pick([' ', 'R']) : fahrenheit ? 'F' : 'C') : null,
    saturation: isMeasured(0.5) ? String(random.int(90, 100)) : null,
    systolic: hasPressure && !random.chance(0.03) ? around(random, body.systolic, 0.11 * body.systolic) : null,
    diastolic: hasPressure && !random.chance(0.06) ? around(random, body.diastolic, 0.1 * body.diastolic) : null,
    weight: hasWeight ? (weight / (pounds ? KILOGRAMS_PER_POUND : 1)).toFixed(2) : null,
    weightUnit: hasWeight
      ? random.chance(0.05)
        ? 'ST'
        : pounds
          ? random.pick(['lb', 'LBS'])
          : random.pick(['kg', 'KG'])
      : null,
    height: hasHeight ? (height / (inches ? CENTIMETRES_PER_INCH : 1)).toFixed(1) : null,
    heightUnit: hasHeight ? (inches ? 'in' : random.pick(['cm', 'CM'])) : null,
    bmi: hasWeight && hasHeight ? (weight / (height / 100) ** 2).toFixed(1) : null,
  };
}
