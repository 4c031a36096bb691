import type { Day } from './calendar.ts';
import { missingKey } from './keys.ts';
import { DAMAGE_KINDS } from './damage-kinds.ts';
import { diagnosedOn } from './oncology.ts';
import { damageOf } from './quirks.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { studiesOf } from './studies.ts';
import type { Traits } from './traits.ts';
import type { PatientRecord, RadiologyAppointment, RadiologyRecord } from './types.ts';

/** The department's codes for what it does, as its file of appointments spells them out. */
export const EXAMS: readonly { readonly code: string; readonly text: string; readonly minutes: number }[] = [
  { code: 'CXR2', text: 'Chest, two views', minutes: 15 },
  { code: 'CTAB', text: 'CT abdomen with contrast', minutes: 30 },
  { code: 'MRKN', text: 'MRI knee; left', minutes: 45 },
  { code: 'USAB', text: 'Ultrasound "upper" abdomen', minutes: 30 },
  { code: 'MAMM', text: 'Mammography, screening', minutes: 20 },
  { code: 'DXA', text: 'Bone density', minutes: 20 },
];

export const ROOMS = ['CT 1', 'MR 1', 'US 2', 'X-RAY 3'] as const;

const REMARKS = [
  'Café patient: brings own films',
  'Needs a lift; wheelchair',
  'Fasting since midnight',
  null,
  null,
  null,
];

const HISTORY_DAYS = 365;
const BOOKED_AHEAD_DAYS = 40;
const GAP_DAYS = 110;
const PATIENT_SHARE = 0.3;
const QUARTER_SECONDS = 900;

const DAMAGES = new Set<string | undefined>([
  'unknown-appointment-status',
  'orphan-appointment',
  'unknown-study-status',
]);

/** People of whom radiology may have heard: those whose registration is sound and named. */
function isKnown(traits: Traits, record: PatientRecord | undefined): record is PatientRecord {
  const unusual = [
    ...['registered-only', 'deleted', 'link-to-deleted'],
    ...['unlinked-duplicate', 'name-missing', 'name-family-only'],
  ];
  if (record?.name === undefined || unusual.includes(traits.quirk ?? '')) return false;
  const kind = damageOf(traits.person);
  if (kind === undefined || DAMAGES.has(kind) || traits.quirk !== undefined) return true;
  return diagnosedOn(traits) !== undefined && DAMAGE_KINDS[kind].table !== 'PATMAST';
}

/** The department's encoding (windows-1252) has no other letters: its system writes a question mark. */
function writable(text: string): string {
  return text.trim().replace(/[^\u0020-\u007e\u00a0-\u00ff]/gu, '?');
}

/**
 * What the extract of a night says of a person: a pure function of the person and the night. In: the day of the extract, of which nothing has
 * happened yet. Later nights add appointments and move the status of earlier ones.
 */
export function radiologyOf(
  traits: Traits,
  records: readonly PatientRecord[],
  extract: Day,
): RadiologyRecord | undefined {
  const [record] = records;
  if (!isKnown(traits, record)) return undefined;
  const random = randomOf(traits.seed, STREAMS.radiology, traits.person);
  const isChosen =
    random.chance(PATIENT_SHARE) ||
    DAMAGES.has(damageOf(traits.person)) ||
    traits.quirk?.startsWith('merged') === true ||
    diagnosedOn(traits) !== undefined;
  const number = `R${String(100_000 + traits.person)}`;
  const habit = random.next();
  if (!isChosen) return undefined;
  const { family, given } = record.name as NonNullable<PatientRecord['name']>;
  // An earlier registration is as good: it leads to the person whom it was merged into.
  const own = records.at(-1)?.key ?? record.key;
  const hospital = habit < 0.05 ? undefined : habit < 0.1 ? missingKey(traits.person) : own;
  const appointments = [...appointmentsOf(traits, random, extract)];
  return {
    number,
    lastName: writable(family),
    firstName: writable(given[0] ?? ''),
    birth: traits.born,
    sexCode: habit > 0.97 ? 'U' : traits.female ? 'F' : 'M',
    ...(hospital === undefined ? {} : { hospital }),
    extract,
    appointments,
    studies: studiesOf(traits, appointments, extract),
  };
}

function* appointmentsOf(traits: Traits, random: Random, extract: Day): Generator<RadiologyAppointment> {
  yield* damagedOf(traits);
  let day = traits.anchor - HISTORY_DAYS + random.int(0, GAP_DAYS);
  for (let index = 0; ; index += 1) {
    const exam = random.pick(EXAMS);
    const bookedOn = day - random.int(1, BOOKED_AHEAD_DAYS);
    const fate = random.next();
    const appointment = {
      id: appointmentId(traits, index),
      examCode: exam.code,
      day,
      seconds: random.int(7 * 4, 18 * 4) * QUARTER_SECONDS,
      minutes: exam.minutes,
      room: random.pick(ROOMS),
      remark: random.pick(REMARKS),
      bookedOn,
      statusCode: statusOf(day >= extract, fate),
      isImpossible: false,
    };
    day += random.int(GAP_DAYS / 2, GAP_DAYS * 2);
    // Nobody books so far ahead, so nothing later was booked either.
    if (appointment.day > extract + BOOKED_AHEAD_DAYS) return;
    if (bookedOn < extract && (traits.died === undefined || appointment.day <= traits.died)) yield appointment;
  }
}

function appointmentId({ person }: Traits, index: number): string {
  return String((800_000 + person) * 100 + index);
}

function statusOf(isAhead: boolean, fate: number): string {
  if (fate < 0.1) return 'C';
  if (isAhead) return 'B';
  return fate < 0.17 ? 'N' : 'D';
}

/** Lines that cannot be mapped, and one that cannot even be loaded. */
function* damagedOf(traits: Traits): Generator<RadiologyAppointment> {
  const { anchor, damageKind } = traits;
  if (damageKind !== 'unknown-appointment-status' && damageKind !== 'orphan-appointment') return;
  const line = {
    examCode: 'CXR2',
    day: anchor - 20,
    seconds: 36_000,
    minutes: 15,
    room: ROOMS[0],
    remark: null,
    bookedOn: anchor - 30,
  };
  const statusCode = damageKind === 'unknown-appointment-status' ? 'Z' : 'D';
  yield { ...line, id: appointmentId(traits, 90), statusCode, damage: damageKind, isImpossible: false };
  if (damageKind === 'orphan-appointment')
    yield { ...line, id: appointmentId(traits, 91), statusCode: 'D', isImpossible: true };
}
