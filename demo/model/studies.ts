import { admissionsOf, minutesAfter } from './admissions.ts';
import type { Day } from './calendar.ts';
import type { DamageKind } from './damage-kinds.ts';
import { scanOf } from './documents.ts';
import { EXAMINATIONS, STUDY_REMARKS, type UsualSeries } from './imaging-catalogue.ts';
import { studyNumber } from './keys.ts';
import { oncologyOf } from './oncology.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { providerNumber } from './staff.ts';
import type { Traits } from './traits.ts';
import type { LocalTime, RadiologyAppointment } from './types.ts';
import { lastDayOf } from './visits.ts';

/** A line of radiology's file of series. */
export interface RadiologySeries {
  readonly uid: string;
  readonly number: number | null;
  readonly modality: string;
  readonly bodyPart: string | null;
  readonly laterality: 'L' | 'R' | 'B' | null;
  readonly description: string | null;
  /** Null: more than the archive's counter holds. */
  readonly images: number | null;
}

/** A line of radiology's file of studies, with the lines of its series. */
export interface RadiologyStudy {
  /** The department's own number. */
  readonly number: string;
  readonly uid: string;
  /** The department's, or for what the hospital has a report of, the hospital's (`D…`). */
  readonly accession: string | null;
  readonly examCode: string | null;
  readonly description: string | null;
  readonly modality: string | null;
  /** As stored at the time of the extract. */
  readonly statusCode: string | null;
  /** Absent: it did not take place. */
  readonly started: LocalTime | undefined;
  readonly seriesCount: number | null;
  readonly imageCount: number | null;
  /** A number of PROVMST. */
  readonly referrer: string | null;
  readonly remark: string | null;
  readonly series: readonly RadiologySeries[];
  readonly damage?: DamageKind;
  /** The line says a day that the calendar lacks, so that no load takes it. */
  readonly isImpossible: boolean;
}

interface Draft {
  /** Counts the person's studies; part of the keys. */
  readonly index: number;
  readonly examCode: string;
  readonly accession: string;
  readonly at: LocalTime;
}

const SCANS = 100;
const DAMAGED = 190;
const STAYS = 200;
const VERIFIED_WITHIN_DAYS = 7;
const UID_ROOT = '2.25.30714';

/**
 * What was done up to the night before the day of an extract: booked examinations that took place, the scans of a cancer, and films at the beds of
 * those who stay. Later nights add studies, and make those of the last week available.
 */
export function studiesOf(
  traits: Traits,
  appointments: readonly RadiologyAppointment[],
  extract: Day,
): readonly RadiologyStudy[] {
  const drafts = [...bookedDrafts(traits, appointments), ...scanDrafts(traits, extract), ...bedDrafts(traits, extract)];
  return [...damagedStudies(traits), ...drafts.map((draft) => studyOf(traits, draft, extract))];
}

function* bookedDrafts({ person }: Traits, appointments: readonly RadiologyAppointment[]): Generator<Draft> {
  for (const { id, examCode, day, seconds, statusCode, damage, isImpossible } of appointments) {
    if (statusCode !== 'D' || damage !== undefined || isImpossible) continue;
    const index = Number(id) % 100;
    const minutes = (person + 7 * index) % 23;
    yield { index, examCode, accession: `A${id}`, at: { day, seconds: seconds + 60 * minutes } };
  }
}

function* scanDrafts(traits: Traits, extract: Day): Generator<Draft> {
  for (const event of oncologyOf(traits, lastDayOf(traits, { through: extract - 1 }))) {
    if (event.section !== 'RAD') continue;
    const { accession, seconds } = scanOf(traits, event);
    yield { index: SCANS + event.index, examCode: event.exam, accession, at: { day: event.day, seconds } };
  }
}

/** Half of those who are admitted get a film of the chest on arrival. */
function* bedDrafts(traits: Traits, extract: Day): Generator<Draft> {
  for (const { index, stay } of admissionsOf(traits, lastDayOf(traits, { through: extract - 1 }))) {
    const random = randomOf(traits.seed, STREAMS.studies, traits.person, index, 1);
    if (stay.deleted || !random.chance(0.5)) continue;
    const at = minutesAfter(stay.arrived, random.int(40, 240));
    yield { index: STAYS + index, examCode: 'CXRP', accession: `B${stay.number}`, at };
  }
}

function studyOf(traits: Traits, { index, examCode, accession, at }: Draft, extract: Day): RadiologyStudy {
  const random = randomOf(traits.seed, STREAMS.studies, traits.person, index);
  const exam = EXAMINATIONS.find(({ code }) => code === examCode);
  if (exam === undefined) throw new RangeError(`no examination ${examCode}`);
  const number = studyNumber(traits.person, index);
  const uid = UID_ROOT + number;
  const statusCode = statusOf(random, extract - at.day <= VERIFIED_WITHIN_DAYS);
  const wasDone = statusCode !== 'C';
  const all = exam.series.map((usual, i) => seriesOf(random, uid, exam.modality, usual, i + 1));
  const isCounted = wasDone && statusCode !== 'R' && random.chance(0.93);
  const images = all.reduce((sum, one) => sum + (one.images ?? 0), 0);
  return {
    ...{ number, uid, examCode: random.chance(0.02) ? null : examCode, isImpossible: false },
    accession: random.chance(0.04) ? null : accession,
    description: random.chance(0.05) ? null : exam.text,
    modality: random.chance(0.03) ? null : exam.modality,
    ...{ statusCode, started: wasDone ? { day: at.day, seconds: at.seconds - (at.seconds % 60) } : undefined },
    seriesCount: isCounted ? all.length : null,
    imageCount: isCounted && all.every((one) => one.images !== null) ? images : null,
    referrer: random.chance(0.75) ? providerNumber(random.int(0, 59)) : null,
    remark: random.pick(STUDY_REMARKS),
    // What lies in the old archive is counted, but not listed.
    series: wasDone && statusCode !== 'R' && random.chance(0.9) ? all : [],
  };
}

function statusOf(random: Random, isRecent: boolean): string | null {
  const [fate, isSlow] = [random.next(), random.chance(0.6)];
  if (fate < 0.04) return 'C';
  if (fate < 0.06) return 'E';
  if (fate < 0.08) return null;
  return isRecent && isSlow ? 'R' : 'V';
}

function seriesOf(random: Random, uid: string, modality: string, usual: UsualSeries, number: number): RadiologySeries {
  const images = random.int(...usual.images);
  return {
    ...{ uid: `${uid}.${String(number)}`, bodyPart: usual.bodyPart, laterality: usual.laterality },
    ...{ number: random.chance(0.05) ? null : number, modality, description: usual.description },
    images: random.chance(0.03) ? null : images,
  };
}

/** A line that cannot be mapped, and one that cannot even be loaded. */
function* damagedStudies({ anchor, damageKind: damage, person }: Traits): Generator<RadiologyStudy> {
  if (damage !== 'unknown-study-status') return;
  const line = {
    ...{
      accession: null,
      examCode: 'CXR2',
      description: 'Damaged',
      modality: 'XR',
      seriesCount: null,
      imageCount: null,
    },
    ...{ started: { day: anchor - 25, seconds: 33_000 }, referrer: null, remark: null, series: [] },
  };
  const numbers = [studyNumber(person, DAMAGED), studyNumber(person, DAMAGED + 1)] as const;
  yield { ...line, number: numbers[0], uid: UID_ROOT + numbers[0], statusCode: '?', damage, isImpossible: false };
  yield { ...line, number: numbers[1], uid: UID_ROOT + numbers[1], statusCode: 'V', isImpossible: true };
}
