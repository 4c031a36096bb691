import { relativesOf } from './affiliations.ts';
import type { Day } from './calendar.ts';
import { affiliationNumber, consentNumber, missingKey, patientKey } from './keys.ts';
import { MISSING_PARTNER, PARTNERS } from './partners.ts';
import type { DamageKind } from './damage-kinds.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import type { Traits } from './traits.ts';
import type { LocalTime, PatientKey } from './types.ts';
import { lastNotedDay } from './visits.ts';

/** A row of CONSNT: what a patient has decided about the data that the hospital holds. */
export interface Consent {
  readonly number: string;
  readonly patient: PatientKey;
  readonly type: string;
  readonly status: string;
  readonly decision: 'Y' | 'N' | null;
  /** Null: every partner. */
  readonly partner: string | null;
  readonly signed: LocalTime | undefined;
  readonly from: Day | undefined;
  readonly to: Day | undefined;
  readonly revoked: Day | undefined;
  readonly policy: string | null;
  readonly purpose: string | null;
  readonly sensitivity: string | null;
  /** The entry of PATREL who decided for the patient; it may lead nowhere. */
  readonly representative: string | null;
  readonly department: string;
  readonly voided: LocalTime | undefined;
  readonly damage?: DamageKind;
}

type Choice = Pick<Consent, 'type' | 'decision' | 'partner' | 'policy' | 'purpose' | 'sensitivity'>;

const VISITORS = ['pharmacy-only', 'customer-inactive'];
const SOMEBODY = PARTNERS.filter(({ kind }) => kind === 'H').map(({ code }) => code);
const SPONSOR = PARTNERS.filter(({ kind }) => kind === 'S').map(({ code }) => code);
const DAMAGED = 9;

/** Decisions of before the first generation. Most people were never asked. */
export function consentsOf(traits: Traits): readonly Consent[] {
  if (VISITORS.includes(traits.quirk ?? '')) return [];
  const random = randomOf(traits.seed, STREAMS.consents, traits.person);
  const drawn = choices(random).map((choice, i) => consentOf(traits, choice, random, i));
  return [...drawn, ...damagedConsents(traits)];
}

/** A partner with whom the person's data may be shared, and up to which day; undefined: nobody said. */
export interface Sharing {
  readonly partner: string;
  readonly to: Day | undefined;
}

/** The partners whom a consent lets see the person's data on the day of the first generation. */
export function sharingsOf(traits: Traits): readonly Sharing[] {
  return consentsOf(traits).flatMap(({ type, status, decision, partner, revoked, voided, damage, to }) => {
    const isOpen =
      [type, status, decision].join() === 'SH,A,Y' && [revoked, voided, damage].every((one) => one === undefined);
    return isOpen && partner !== null && (to === undefined || to >= traits.anchor) ? [{ partner, to }] : [];
  });
}

function choices(random: Random): readonly Choice[] {
  const none = { policy: null, purpose: null, sensitivity: null };
  const list: Choice[] = [];
  const shares = random.chance(0.3);
  if (shares)
    list.push({
      ...{ type: 'SH', decision: 'Y', partner: random.pick(SOMEBODY) },
      ...{ policy: random.pick(['HA', 'HA', 'M9', null]), purpose: random.pick(['TR', 'TR', 'CM', 'PX', null]) },
      sensitivity: null,
    });
  if (shares && random.chance(0.3))
    list.push({ ...none, type: 'SH', decision: 'N', partner: null, sensitivity: random.pick(['PSY', 'HIV', 'VIP']) });
  if (!shares && random.chance(0.12))
    list.push({ ...none, type: 'SH', decision: 'N', partner: random.chance(0.6) ? null : random.pick(SOMEBODY) });
  if (random.chance(0.12))
    list.push({
      ...{ type: 'RS', decision: random.chance(0.7) ? 'Y' : 'N', partner: random.pick(SPONSOR) },
      ...{ policy: 'HR', purpose: 'RS', sensitivity: null },
    });
  if (random.chance(0.08)) list.push({ ...none, type: random.pick(['TR', 'TR', 'ZZ']), decision: 'Y', partner: null });
  return list;
}

function consentOf(traits: Traits, choice: Choice, random: Random, index: number): Consent {
  const { person } = traits;
  const day = lastNotedDay(traits) - random.int(30, 1800);
  const relatives = relativesOf(traits).filter(({ damage }) => damage === undefined);
  const isRevoked = random.chance(0.15);
  const lasts = random.chance(0.3);
  return {
    ...{ number: consentNumber(person, index), patient: patientKey(person) },
    ...choice,
    status: random.chance(0.06) ? 'E' : random.chance(0.08) ? random.pick(['D', 'P', 'R']) : 'A',
    signed: random.chance(0.08) ? undefined : { day, seconds: random.int(28_800, 61_200) },
    from: random.chance(0.1) ? undefined : day,
    to: lasts ? day + random.int(365, 2500) : undefined,
    revoked: isRevoked ? day + random.int(1, 29) : undefined,
    representative: representativeOf(random, relatives[0]?.number ?? affiliationNumber(person, DAMAGED - 1)),
    department: random.pick(['MG', 'MW', 'MGMED', 'MGXXX']),
    voided: random.chance(0.04) ? { day: day + 1, seconds: 36_000 } : undefined,
  };
}

function representativeOf(random: Random, number: string): string | null {
  return random.chance(0.2) ? number : null;
}

const DAMAGES: readonly (string | undefined)[] = [
  ...['unknown-consent-status', 'consent-without-decision', 'consent-for-nobody', 'orphan-consent'],
];

function damagedConsents({ person, anchor, damageKind: damage }: Traits): readonly Consent[] {
  if (damage === undefined || !DAMAGES.includes(damage)) return [];
  return [
    {
      ...{ number: consentNumber(person, DAMAGED), damage, type: 'SH', status: 'A', purpose: 'TR', policy: 'HA' },
      patient: damage === 'orphan-consent' ? missingKey(person) : patientKey(person),
      decision: damage === 'consent-without-decision' ? null : 'N',
      partner: damage === 'consent-for-nobody' ? MISSING_PARTNER : null,
      ...{ signed: { day: anchor - 50, seconds: 40_000 }, from: anchor - 50, to: undefined, revoked: undefined },
      ...{ sensitivity: null, representative: null, department: 'MG', voided: undefined },
    },
  ];
}
