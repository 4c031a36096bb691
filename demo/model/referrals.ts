import { admissionsOf } from './admissions.ts';
import type { Day } from './calendar.ts';
import { dischargeTestsOf } from './discharge-tests.ts';
import { missingKey, patientKey, referralNumber } from './keys.ts';
import { keyOn } from './key-on.ts';
import { isRichDischarge } from './medication-stories.ts';
import type { PackedCode } from './problem-catalogue.ts';
import type { DamageKind } from './damage-kinds.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import {
  CONSULT_REASONS,
  FOLLOW_UP,
  FOLLOW_UP_OF_TEST,
  REFERRAL_SERVICES,
  type ReferralReason,
  type ReferralService,
} from './referral-catalogue.ts';
import { MISSING_PROVIDER, providerNumber } from './staff.ts';
import { wholeStaysOf, type Stay } from './stays.ts';
import type { Course, Traits } from './traits.ts';
import type { LocalTime, PatientKey } from './types.ts';
import { lastDayOf, visitsOf, within, type Span } from './visits.ts';

/** A row of REFHST: what became of a request. */
export interface ReferralEvent {
  readonly sequence: number;
  readonly day: Day;
  readonly code: string;
}

/** A row of REFREQ, a referral or the request of a consult, and what became of it. */
export interface Referral {
  readonly number: string;
  readonly patient: PatientKey;
  /** A stay; it may be deleted. */
  readonly stay: string | null;
  readonly day: Day;
  /** False: the row was written on an earlier day than those that are wanted. */
  readonly recorded: boolean;
  readonly kind: string | null;
  readonly intent: string;
  readonly service: string | null;
  readonly priority: string | null;
  readonly reason: string | null;
  readonly codes: readonly PackedCode[];
  readonly requester: string | null;
  readonly department: string | null;
  readonly consultant: string | null;
  readonly wished: Day | undefined;
  readonly note: string | null;
  readonly sensitivity: string | null;
  /** Why the clerk took it back: it never was. */
  readonly removal: string | null;
  readonly events: readonly ReferralEvent[];
  readonly damage?: DamageKind;
}

const CHANCE: Record<Course, number> = { diabetic: 0.16, chronic: 0.12, occasional: 0.2, rare: 0.3, never: 0 };
const CONSULT_CHANCE = 0.4;
const FIRST_CONSULT = 1000;
const FIRST_FOLLOW_UP = 2000;
const FOLLOW_UP_CHANCE = 0.6;
const DAMAGED = 4900;
const PRIORITIES = ['1', '2', '3', '3', '3', '7', null] as const;
const NOTES = [null, null, 'Interpreter needed', ' Prefers mornings '] as const;

/** The days on which something was written of a request. */
export function daysOfReferral({ recorded, day, events }: Referral): readonly Day[] {
  const days = events.map((event) => event.day);
  return recorded ? [day, ...days] : days;
}

/** What was written of a request on the wanted days; undefined where that is nothing. */
export function referralWithin(referral: Referral, span: Span): Referral | undefined {
  const limited: Referral = {
    ...referral,
    recorded: referral.recorded && within(span, referral.day),
    events: referral.events.filter(({ day }) => within(span, day)),
  };
  return daysOfReferral(limited).length === 0 ? undefined : limited;
}

/** The requests of the wanted days, and what became of earlier ones on them. */
export function referralsOf(traits: Traits, span: Span): readonly Referral[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const last = lastDayOf(traits, span);
  const until = { through: last };
  const drawn = [...atVisits(traits, until), ...inStays(traits, until), ...atDischarges(traits, until)];
  return [
    ...drawn.flatMap((referral) => referralWithin(referral, { ...span, through: last }) ?? []),
    ...damagedReferrals(traits).flatMap((referral) => referralWithin(referral, span) ?? []),
  ];
}

/** Some visits end with a referral; the first one of the person with diabetes who has a story does. */
function* atVisits(traits: Traits, span: Span): Generator<Referral> {
  for (const { index, day, kind } of visitsOf(traits, span)) {
    const random = randomOf(traits.seed, STREAMS.referrals, traits.person, index);
    const isDue = random.chance(CHANCE[traits.course]) || (traits.person === 2 && index === 0);
    if (!isDue || kind !== 'ordinary') continue;
    const service = traits.course === 'diabetic' && random.chance(0.4) ? REFERRAL_SERVICES[1] : undefined;
    yield {
      ...request(traits, random, index, day, service ?? random.pick(REFERRAL_SERVICES)),
      kind: random.chance(0.05) ? null : 'RF',
      events: eventsOf(random, day, [1, 9], [3, 60]),
    };
  }
}

/** Cardiology is called to some inpatients, and always to people with a story. */
function* inStays(traits: Traits, span: Span): Generator<Referral> {
  for (const { referral } of consultsOf(traits, span.through)) yield referral;
}

/** The request of a consult in the ward, and its stay as it ends, even where that is later. */
export interface Consult {
  readonly stay: Stay;
  readonly left: LocalTime;
  readonly referral: Referral;
}

/** The consults of the stays that begin up to a day. What becomes of one is written before the patient leaves. */
export function* consultsOf(traits: Traits, last: Day): Generator<Consult> {
  for (const [index, stay] of wholeStaysOf(traits, last).entries()) {
    const random = randomOf(traits.seed, STREAMS.referrals, traits.person, FIRST_CONSULT + index);
    const left = stay.moves.at(-1)?.at;
    if (stay.classCode !== 'I' || left === undefined) continue;
    if (!random.chance(CONSULT_CHANCE) && traits.story === undefined) continue;
    const { day } = stay.arrived;
    const service = { code: 'CARD', department: 'MGCARD', reasons: CONSULT_REASONS };
    const referral: Referral = {
      ...request(traits, random, FIRST_CONSULT + index, day, service),
      ...{ kind: 'CO', intent: 'O', stay: stay.number, patient: stay.patient },
      events: eventsOf(random, day, [0, 1], [1, 2]).map((event) => ({ ...event, day: Math.min(event.day, left.day) })),
    };
    yield { stay, left, referral };
  }
}

/** Most people who leave the ward are to be seen by a practice soon; the request of a rich discharge is there to stay. */
function* atDischarges(traits: Traits, { through }: Span): Generator<Referral> {
  const isRich = isRichDischarge(traits);
  const tests = dischargeTestsOf(traits, through);
  for (const { index, stay, left, died } of admissionsOf(traits, through)) {
    const random = randomOf(traits.seed, STREAMS.referrals, traits.person, FIRST_FOLLOW_UP + index);
    const isWanted = random.chance(FOLLOW_UP_CHANCE) || isRich;
    if (died || left.day > through || !isWanted) continue;
    const { day } = left;
    const service = tests.some(({ visit }) => visit.day === day) ? FOLLOW_UP_OF_TEST : FOLLOW_UP;
    const drawn = request(traits, random, FIRST_FOLLOW_UP + index, day, service);
    const wished = day + random.pick([7, 14, 14, 28]);
    const events = eventsOf(random, day, [0, 2], [7, 30]);
    yield {
      ...drawn,
      ...{ kind: 'FU', intent: 'O', stay: stay.number, patient: stay.patient, consultant: null },
      wished,
      ...(isRich ? { removal: null, events: events.filter(({ code }) => code !== 'ER') } : { events }),
    };
  }
}

type Draft = Omit<Referral, 'kind' | 'events'>;

function request(traits: Traits, random: Random, index: number, day: Day, service: ReferralService): Draft {
  const reason: ReferralReason = random.pick(service.reasons);
  return {
    number: referralNumber(traits.person, index),
    patient: keyOn(traits, day),
    ...{ stay: null, day, recorded: true, service: service.code, department: service.department },
    intent: random.chance(0.88) ? 'O' : random.pick(['P', 'L']),
    priority: random.pick(PRIORITIES),
    ...{ reason: reason.text, codes: reason.codes, sensitivity: reason.sensitivity ?? null },
    requester: random.chance(0.04) ? MISSING_PROVIDER : random.chance(0.03) ? null : providerNumber(random.int(0, 59)),
    consultant: random.chance(0.15) ? providerNumber(random.int(0, 59)) : null,
    wished: random.chance(0.5) ? day + random.int(1, 40) : undefined,
    note: random.pick(NOTES),
    removal: random.chance(0.04) ? random.pick(['DOUBLE', 'wrong patient']) : null,
  };
}

/** Open, then accepted, refused or put off, then answered. Of a few nothing was ever written. */
function eventsOf(
  random: Random,
  day: Day,
  acceptedAfter: readonly [number, number],
  answeredAfter: readonly [number, number],
): readonly ReferralEvent[] {
  const fate = random.next();
  const accepted = day + random.int(...acceptedAfter);
  const answered = accepted + random.int(...answeredAfter);
  const open: ReferralEvent = { sequence: 1, day, code: 'OP' };
  if (fate < 0.02) return [];
  if (fate < 0.05) return [open, { sequence: 2, day, code: 'ER' }];
  if (fate < 0.15) return [open];
  if (fate < 0.22) return [open, { sequence: 2, day: accepted, code: 'RJ' }];
  if (fate < 0.27) return [open, { sequence: 2, day: accepted, code: 'HD' }];
  const done: readonly ReferralEvent[] = fate < 0.4 ? [] : [{ sequence: 3, day: answered, code: 'AN' }];
  return [open, { sequence: 2, day: accepted, code: 'AC' }, ...done];
}

const REFERRAL_KINDS: readonly DamageKind[] = [
  'unknown-referral-status',
  'impossible-referral-date',
  'referral-without-service',
  'orphan-referral',
];

/** One sound request, which the projection then damages; always before the anchor, so that catch-up adds none. */
function damagedReferrals(traits: Traits): readonly Referral[] {
  const { person, anchor, damageKind: damage } = traits;
  if (damage === undefined || !REFERRAL_KINDS.includes(damage)) return [];
  const day = anchor - 70 - (person % 200);
  return [
    {
      ...{ number: referralNumber(person, DAMAGED), stay: null, day, recorded: true, kind: 'RF', intent: 'O' },
      patient: damage === 'orphan-referral' ? missingKey(person) : patientKey(person),
      ...{ service: damage === 'referral-without-service' ? null : 'CARD', priority: '3', reason: 'Damaged' },
      ...{ codes: [], requester: null, department: null, consultant: null, wished: undefined, note: null },
      ...{ sensitivity: null, removal: null, damage },
      events: [{ sequence: 1, day, code: 'OP' }],
    },
  ];
}
