import type { Day } from './calendar.ts';
import { affiliationNumber, patientKey } from './keys.ts';
import { nameOf } from './names.ts';
import { phoneOf } from './places.ts';
import type { DamageKind, SharedDamageKind } from './damage-kinds.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { MISSING_DEPARTMENT, MISSING_PROVIDER, providerNumber } from './staff.ts';
import { ageOn, type Traits } from './traits.ts';
import type { PatientKey, PersonName } from './types.ts';

/** A row of PATREL: somebody whom the hospital may call. */
export interface Relative {
  readonly number: string;
  readonly patient: PatientKey;
  readonly relation: string | null;
  readonly name: PersonName;
  readonly phone: string | null;
  readonly active: boolean | null;
  readonly since: Day | undefined;
  readonly until: Day | undefined;
  readonly deleted: boolean;
  readonly damage?: DamageKind;
}

/** A row of PATINS. */
export interface Insurance {
  readonly number: string;
  readonly patient: PatientKey;
  readonly payer: string;
  readonly member: string;
  readonly relation: string | null;
  readonly plan: string | null;
  readonly status: string;
  readonly from: Day | undefined;
  readonly to: Day | undefined;
  readonly group: string | null;
  readonly damage?: DamageKind;
}

export interface Payer {
  readonly code: string;
  readonly name: string;
  readonly phone: string | null;
  readonly active: boolean;
}

/** A row of PROVROLE: what a provider does in a department. */
export interface ProviderRole {
  readonly number: string;
  readonly provider: string;
  readonly department: string;
  readonly specialty: string | null;
  readonly phone: string | null;
  readonly active: boolean;
  readonly since: Day;
  readonly until: Day | undefined;
  readonly damage?: SharedDamageKind;
}

export const PAYERS: readonly Payer[] = [
  { code: 'HARB', name: 'Harbor Mutual', phone: '212-555-0180', active: true },
  { code: 'ALDER', name: 'Alder Health Plan', phone: null, active: true },
  { code: 'STATE', name: 'State Public Health Cover', phone: '518-555-0181', active: true },
  { code: 'OLDCO', name: 'Quayside Sickness Fund (closed)', phone: null, active: false },
];

const PLANS = ['HMO', 'PPO', 'PUB', 'OTH', null] as const;
const SPECIALTIES = ['FM', 'IM', 'EM', 'ENDO', 'CARD', 'XX', null] as const;
const ROLE_DEPARTMENTS = ['MGED', 'MGMED', 'MGENDO', 'MWFAM', 'MGXXX'] as const;
const VISITORS = ['pharmacy-only', 'customer-inactive'];
const DAMAGED = 9;

export function relativesOf(traits: Traits): readonly Relative[] {
  if (VISITORS.includes(traits.quirk ?? '')) return [];
  const random = randomOf(traits.seed, STREAMS.relatives, traits.person);
  const drawn = Array.from({ length: random.int(0, 2) }, (_, i) => relative(traits, random, i));
  if (traits.damageKind !== 'control-character-relative') return drawn;
  return [...drawn, { ...relative(traits, random, DAMAGED), deleted: false, damage: traits.damageKind }];
}

function relationsAt(age: number): readonly (string | null)[] {
  if (age < 18) return ['PAR', 'PAR', 'GUA', 'DOG', null];
  return ['SPO', 'CHI', 'FRN', 'DOG', null, ...(age < 70 ? ['PAR'] : []), ...(age > 80 ? ['GUA'] : [])];
}

function relative({ person, anchor, born }: Traits, random: Random, index: number): Relative {
  return {
    number: affiliationNumber(person, index),
    patient: patientKey(person),
    relation: random.pick(relationsAt(ageOn({ born }, anchor))),
    name: nameOf(random, 'latin', random.chance(0.5)),
    phone: random.chance(0.85) ? phoneOf(random) : null,
    active: random.chance(0.08) ? null : random.chance(0.9),
    since: random.chance(0.5) ? Math.max(born, anchor - random.int(10, 3000)) : undefined,
    until: random.chance(0.1) ? anchor - random.int(1, 9) : undefined,
    deleted: random.chance(0.05),
  };
}

export function insurancesOf(traits: Traits): readonly Insurance[] {
  if (VISITORS.includes(traits.quirk ?? '')) return [];
  const random = randomOf(traits.seed, STREAMS.insurances, traits.person);
  const drawn = Array.from({ length: random.chance(0.8) ? random.int(1, 2) : 0 }, (_, i) =>
    insurance(traits, random, i),
  );
  if (traits.damageKind !== 'unknown-coverage-status') return drawn;
  return [...drawn, { ...insurance(traits, random, DAMAGED), damage: traits.damageKind }];
}

/** Children are insured through their parents, until they are 26. */
function insuredAs(age: number): readonly (string | null)[] {
  if (age < 18) return ['C', 'C', 'C', 'S', 'Q', null];
  return ['S', 'S', 'P', 'Q', null, ...(age < 26 ? ['C'] : [])];
}

function insurance({ person, anchor, born }: Traits, random: Random, index: number): Insurance {
  const from = Math.max(born, anchor - random.int(200, 2000));
  const over = random.chance(0.25);
  return {
    number: affiliationNumber(person, index),
    patient: patientKey(person),
    payer: random.chance(0.04) ? 'NONE' : random.pick(PAYERS).code,
    member: `M${String(random.int(1_000_000, 9_999_999))}`,
    relation: random.pick(insuredAs(ageOn({ born }, anchor))),
    plan: random.pick(PLANS),
    status: over ? 'C' : random.chance(0.04) ? 'E' : random.chance(0.04) ? 'D' : 'A',
    from: random.chance(0.1) ? undefined : from,
    to: over ? from + random.int(30, 190) : undefined,
    group: random.chance(0.5) ? `G${String(random.int(100, 999))}` : null,
  };
}

/** One or two roles of each provider. The damaged one, where damage is wanted, leads nowhere, so that nobody is found through it. */
export function providerRolesOf(seed: number, anchor: Day, damage: boolean): readonly ProviderRole[] {
  const roles = Array.from({ length: 60 }, (_, i) => {
    const random = randomOf(seed, STREAMS.staff, 20_000 + i);
    return Array.from({ length: random.int(1, 2) }, (__, k): ProviderRole => ({
      number: String(1000 + 10 * i + k),
      provider: providerNumber(i),
      department: random.pick(ROLE_DEPARTMENTS),
      specialty: random.pick(SPECIALTIES),
      // US Core requires a way to reach the provider (pd-1).
      phone: phoneOf(random),
      active: random.chance(0.9),
      since: anchor - random.int(100, 4000),
      until: random.chance(0.1) ? anchor - random.int(1, 90) : undefined,
    }));
  }).flat();
  const damaged: ProviderRole = {
    ...{
      number: '999',
      provider: MISSING_PROVIDER,
      department: MISSING_DEPARTMENT,
      specialty: null,
      phone: null,
      active: true,
    },
    ...{ since: anchor - 400, until: undefined, damage: 'impossible-role-date' },
  };
  return damage ? [...roles, damaged] : roles;
}
