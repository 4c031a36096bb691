import { yearOf, type Day, type WallSeconds } from './calendar.ts';
import type { DamageKind } from './damage-kinds.ts';
import { MISSING_SPECIMEN, specimenNumber } from './keys.ts';
import { later, testOf } from './lab-results.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { MISSING_PROVIDER, providerNumber } from './staff.ts';
import type { Traits } from './traits.ts';
import type { LocalTime, PatientKey } from './types.ts';

/** A row of SPECMN: what was taken from a person, in one container. */
export interface Specimen {
  readonly number: string;
  /** Of all specimens of an order, or of a case of pathology. */
  readonly accession: string | null;
  readonly order: string | null;
  /** The number of the specimen that this one was made of. */
  readonly parent: string | null;
  readonly patient: PatientKey;
  /** The day under which catch-up adds the row. */
  readonly day: Day;
  readonly type: string | null;
  readonly site: string | null;
  readonly container: string | null;
  /** Without seconds only the day is known. */
  readonly collected: { readonly day: Day; readonly seconds: WallSeconds | undefined } | undefined;
  readonly collector: string | null;
  readonly received: LocalTime | undefined;
  readonly condition: string | null;
  readonly status: string | null;
  readonly note: string | null;
  readonly deleted: boolean;
  readonly damage?: DamageKind;
}

/** A specimen of an order with the material that its tests ask for. */
export interface DrawnSpecimen {
  readonly material: string;
  readonly specimen: Specimen;
}

interface Drawing {
  readonly number: string;
  readonly serial: number;
  readonly patient: PatientKey;
  readonly day: Day;
  readonly seconds: WallSeconds;
  readonly tests: readonly string[];
  /** There is no result yet. */
  readonly pending: boolean;
  /** Whether a specimen may have been rejected before. */
  readonly mayFail: boolean;
}

const CONTAINERS: Readonly<Record<string, string>> = {
  SER: 'SST',
  BLD: 'LAV',
  PLAS: 'BLU',
  UR: 'CUP',
  ABG: 'SYR',
  NAS: 'SWB',
};
const VEINS = ['LAC', 'RAC', null, null, null];
const REJECTED = 7;
/** Bedside meters keep no specimen. */
const AT_THE_FINGER = 'GLUP';
const FAILURES = [
  { status: 'R', condition: 'HM', note: '  Hemolyzed, drawn again ' },
  { status: 'R', condition: 'CL', note: 'Clotted' },
  { status: 'Q', condition: null, note: 'QNS' },
  { status: 'R', condition: 'LIP', note: null },
  { status: 'E', condition: null, note: 'Label of another patient' },
] as const;

/** One specimen for each material that the tests need, and in some cases the one before it, which could not be used. */
export function orderSpecimensOf(traits: Traits, drawing: Drawing): readonly DrawnSpecimen[] {
  const random = randomOf(traits.seed, STREAMS.specimens, drawing.serial);
  const { day, serial } = drawing;
  const accession = random.chance(0.05) ? null : `${String(yearOf(day) % 100)}-${String(serial)}`;
  const materials = new Set(
    drawing.tests.filter((code) => code !== AT_THE_FINGER).map((code) => testOf(code).specimen),
  );
  const drawn = [...materials].flatMap((material, index): readonly DrawnSpecimen[] => {
    const own = randomOf(traits.seed, STREAMS.specimens, serial, index + 1);
    if (own.chance(0.03)) return [];
    return [{ material, specimen: specimenOf(own, drawing, material, { index, accession }) }];
  });
  const failed = drawing.mayFail && random.chance(drawing.pending ? 0.6 : 0.04) ? [failure(random, drawing)] : [];
  return [...drawn, ...failed];
}

function specimenOf(
  random: Random,
  { serial, number, patient, day, seconds }: Drawing,
  material: string,
  { index, accession }: { readonly index: number; readonly accession: string | null },
): Specimen {
  const collected = random.chance(0.03) ? undefined : { day, seconds: random.chance(0.05) ? undefined : seconds };
  return {
    ...{ number: specimenNumber('L', serial, index), accession, order: number, parent: null, patient, day },
    type: random.chance(0.02) ? null : random.chance(0.03) ? 'ZSP' : material,
    site: material === 'NAS' ? 'NOS' : ['SER', 'BLD', 'PLAS'].includes(material) ? random.pick(VEINS) : null,
    container: random.chance(0.06) ? null : (CONTAINERS[material] ?? null),
    collected,
    collector: random.chance(0.3) ? null : random.chance(0.04) ? MISSING_PROVIDER : providerNumber(random.int(0, 59)),
    received: random.chance(0.05) ? undefined : later(day, seconds + 60 * random.int(5, 90)),
    condition: random.chance(0.9) ? null : random.pick(['HM', 'CO', 'LIP', '']),
    status: random.chance(0.03) ? null : random.pick(['A', 'U']),
    note: random.chance(0.03) ? ' SHORT SAMPLE  ' : null,
    deleted: random.chance(0.02),
  };
}

/** Taken before, and of no use: no result names it. */
function failure(random: Random, drawing: Drawing): DrawnSpecimen {
  const { day, seconds, tests } = drawing;
  const material = tests[0] === undefined ? 'SER' : testOf(tests[0]).specimen;
  const before = { ...drawing, seconds: Math.max(0, seconds - 60 * random.int(15, 45)) };
  const whole = specimenOf(random, before, material, { index: REJECTED, accession: null });
  const received = whole.received === undefined ? undefined : later(day, before.seconds + 300);
  return { material: '', specimen: { ...whole, ...random.pick(FAILURES), received } };
}

/** Which specimen a result names: of some orders none, or one that is not there. */
export function specimenFinder(
  { seed }: Traits,
  serial: number,
  specimens: readonly DrawnSpecimen[],
): (testCode: string) => string | null {
  const draw = randomOf(seed, STREAMS.specimens, serial, 0).next();
  return (code) => {
    if (draw < 0.04) return null;
    if (draw < 0.06) return MISSING_SPECIMEN;
    return specimens.find(({ material }) => material === testOf(code).specimen)?.specimen.number ?? null;
  };
}
