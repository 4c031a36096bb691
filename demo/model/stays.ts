import type { Day } from './calendar.ts';
import { damagedStaysOf } from './damaged-stays.ts';
import { stayNumber } from './keys.ts';
import { keyOn } from './key-on.ts';
import type { DamageKind } from './damage-kinds.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { movesOf, providersOf, statusesOf } from './stay-course.ts';
import { ADMISSION, DISPOSITIONS, KINDS, REASONS, SOURCES, type Kind } from './stay-kinds.ts';
import type { Course, Traits } from './traits.ts';
import type { LocalTime, PatientKey } from './types.ts';
import { lastDayOf, within, type Span } from './visits.ts';

export interface StayStatus {
  readonly at: LocalTime;
  readonly code: string;
}

/** A movement into a place, or (`D`) out of the house. */
export interface StayMove {
  readonly sequence: number;
  readonly kind: 'A' | 'T' | 'D';
  readonly location: string | null;
  readonly at: LocalTime;
  /** The movement that this one ended. */
  readonly previous: number | null;
}

export interface StayProvider {
  readonly sequence: number;
  readonly role: string | null;
  readonly provider: string | null;
}

/** A stay in the hospital, a call at the emergency department or a visit: its row of STAY, and what happened in it. */
export interface Stay {
  readonly number: string;
  readonly patient: PatientKey;
  readonly arrived: LocalTime;
  /** False: the rows of the arrival were written on an earlier day than those that are wanted. */
  readonly recorded: boolean;
  readonly classCode: string;
  readonly typeCode: string | null;
  readonly department: string | null;
  readonly source: string | null;
  readonly reason: string | null;
  /** PSY psychiatry, ADO an adolescent came alone, VIP nobody knows what it means. */
  readonly sensitivity: string | null;
  readonly deleted: boolean;
  readonly providers: readonly StayProvider[];
  readonly statuses: readonly StayStatus[];
  readonly moves: readonly StayMove[];
  readonly discharge?: { readonly at: LocalTime; readonly disposition: string | null };
  readonly damage?: DamageKind;
}

const GAP_DAYS: Record<Course, number> = { diabetic: 210, chronic: 150, occasional: 330, rare: 700, never: 0 };
const HISTORY_DAYS = 730;
const LAST_STAY = 899;
const LAST_STAY_NIGHTS = 20;

/** The days on which something was written of a stay. */
export function daysOf({ recorded, arrived, statuses, moves, discharge }: Stay): readonly Day[] {
  const times = [...statuses, ...moves, ...(discharge === undefined ? [] : [discharge])].map(({ at }) => at.day);
  return recorded ? [arrived.day, ...times] : times;
}

/** What was written of a stay on the wanted days; undefined where that is nothing. */
export function stayWithin(stay: Stay, span: Span): Stay | undefined {
  const isWanted = ({ at }: { readonly at: LocalTime }): boolean => within(span, at.day);
  const { discharge, ...rest } = stay;
  const limited: Stay = {
    ...rest,
    recorded: stay.recorded && within(span, stay.arrived.day),
    statuses: stay.statuses.filter(isWanted),
    moves: stay.moves.filter(isWanted),
    ...(discharge !== undefined && isWanted(discharge) ? { discharge } : {}),
  };
  return daysOf(limited).length === 0 ? undefined : limited;
}

/** Whether the patient came, as far as anybody wrote. */
export function isAttended({ damage, statuses }: Stay): boolean {
  return damage === undefined && !statuses.some(({ code }) => code === 'CX');
}

/** The sound stays that begin up to a day, each with what happens later in it. */
export function wholeStaysOf(traits: Traits, last: Day): readonly Stay[] {
  return [...drawnStays(traits, last)];
}

/** The stays of the wanted days. They follow one another from a fixed beginning, so that a later end only adds. */
export function staysOf(traits: Traits, span: Span): readonly Stay[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const stays = [...drawnStays(traits, lastDayOf(traits, span)), ...damagedStaysOf(traits)];
  return stays.flatMap((stay) => stayWithin(stay, span) ?? []);
}

/** Half of those who die do so in the hospital. */
function* drawnStays(traits: Traits, last: Day): Generator<Stay> {
  const random = randomOf(traits.seed, STREAMS.stays, traits.person, LAST_STAY);
  const before = random.int(0, LAST_STAY_NIGHTS);
  if (traits.died === undefined || traits.died - before < traits.born || random.chance(0.5)) {
    yield* ordinaryStays(traits, last);
    return;
  }
  yield* ordinaryStays(traits, Math.min(last, traits.died - 2 * LAST_STAY_NIGHTS));
  if (traits.died - before <= last)
    yield stayOf(traits, LAST_STAY, traits.died - before, {
      ...ADMISSION,
      nights: [LAST_STAY_NIGHTS, LAST_STAY_NIGHTS],
    });
}

function* ordinaryStays(traits: Traits, last: Day): Generator<Stay> {
  const gap = traits.story === undefined ? GAP_DAYS[traits.course] : 120;
  if (gap === 0) return;
  const random = randomOf(traits.seed, STREAMS.stays, traits.person);
  let day = Math.max(traits.born, traits.anchor - HISTORY_DAYS) + Math.floor(gap * random.next());
  for (let index = 0; day <= last; index += 1) {
    const stay = stayOf(traits, index, day, kindOf(traits, index));
    yield stay;
    const end = stay.moves.at(-1)?.at.day ?? day;
    day = Math.max(end + 1, day + Math.round(gap * (0.5 + random.next())));
  }
}

function kindOf(traits: Traits, index: number): Kind {
  const draw = randomOf(traits.seed, STREAMS.stays, traits.person, index, 1).next();
  if (traits.story !== undefined && index === 0) return ADMISSION;
  let sum = 0;
  for (const [share, kind] of KINDS) if (draw < (sum += share)) return kind;
  return ADMISSION;
}

function stayOf(traits: Traits, index: number, day: Day, kind: Kind): Stay {
  const random = randomOf(traits.seed, STREAMS.stays, traits.person, index, 2);
  const cancelled = random.chance(0.04);
  const arrived: LocalTime = { day, seconds: random.int(7 * 3600, 19 * 3600) };
  const moves = cancelled ? [] : movesOf(traits, kind, arrived, random);
  const left = moves.at(-1)?.at ?? arrived;
  const died = traits.died !== undefined && left.day === traits.died;
  const noRecord = random.chance(0.02);
  return {
    number: stayNumber(traits.person, index),
    patient: keyOn(traits, day),
    arrived,
    recorded: true,
    classCode: kind.classCode,
    typeCode: random.pick(kind.types),
    department: random.pick(kind.departments),
    source: kind.classCode === 'I' ? random.pick(SOURCES) : null,
    reason: random.pick(REASONS),
    sensitivity: kind.sensitivity ?? sensitivityOf(traits, index, day),
    deleted: random.chance(0.02),
    providers: providersOf(random, kind.classCode === 'I'),
    statuses: noRecord ? [] : statusesOf(kind, arrived, left, cancelled, random),
    moves: kind.wards.length === 0 ? [] : moves,
    ...(cancelled || noRecord
      ? {}
      : { discharge: { at: left, disposition: died ? 'EXP' : dispositionOf(kind, random) } }),
  };
}

/** Some adolescents come alone. */
function sensitivityOf({ seed, person, born }: Traits, index: number, day: Day): string | null {
  const random = randomOf(seed, STREAMS.stays, person, index, 3);
  const age = (day - born) / 365.25;
  if (age >= 13 && age < 18 && random.chance(0.4)) return 'ADO';
  return random.chance(0.01) ? 'VIP' : null;
}

function dispositionOf({ classCode }: Kind, random: Random): string | null {
  const drawn = random.pick(DISPOSITIONS);
  return classCode === 'O' || classCode === 'V' ? null : drawn;
}
