import { relativesOf } from './affiliations.ts';
import type { Day } from './calendar.ts';
import { patientKey, teamNumber } from './keys.ts';
import type { DamageKind } from './damage-kinds.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { MISSING_PROVIDER, providerNumber } from './staff.ts';
import type { Traits } from './traits.ts';
import type { PatientKey } from './types.ts';
import { lastNotedDay } from './visits.ts';

/** A row of CARTMBR: a provider, a relative or a department. */
export interface TeamMember {
  readonly sequence: number;
  readonly provider: string | null;
  readonly relative: string | null;
  readonly department: string | null;
  readonly role: string | null;
  readonly since: Day | undefined;
  readonly until: Day | undefined;
}

/** A row of CARTEAM, and its members. */
export interface CareTeam {
  readonly number: string;
  readonly patient: PatientKey;
  readonly name: string | null;
  readonly type: string | null;
  readonly status: string;
  readonly since: Day | undefined;
  readonly until: Day | undefined;
  readonly department: string | null;
  readonly phone: string | null;
  readonly withdrawn: boolean;
  readonly members: readonly TeamMember[];
  readonly damage?: DamageKind;
}

const NOBODY = { provider: null, relative: null, department: null, since: undefined, until: undefined } as const;
const DAMAGED = 9;

/** How likely somebody is cared for by a team. */
function shareOf({ course, story }: Traits): number {
  if (story !== undefined) return 1;
  return { diabetic: 0.8, chronic: 0.6, occasional: 0.08, rare: 0, never: 0 }[course];
}

/** The teams that care for a person; all of it before the first generation, so that later days add nothing. */
export function careTeamsOf(traits: Traits): readonly CareTeam[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const random = randomOf(traits.seed, STREAMS.careTeams, traits.person);
  const count = random.chance(shareOf(traits)) ? (random.chance(0.25) ? 2 : 1) : 0;
  const drawn = Array.from({ length: count }, (_, i) => team(traits, random, i));
  return [...drawn, ...damagedTeams(traits)];
}

function team(traits: Traits, random: Random, index: number): CareTeam {
  const isDiabetic = traits.course === 'diabetic';
  const since = Math.max(traits.born, lastNotedDay(traits) - random.int(60, 1200));
  const isOver = index > 0;
  return {
    number: teamNumber(traits.person, index),
    patient: patientKey(traits.person),
    name: random.chance(0.15) ? null : isDiabetic ? 'Diabetes care team' : '  Care team of the practice ',
    type: random.chance(0.1) ? null : isOver ? 'EP' : random.pick(['LC', 'LC', 'CO', 'QQ']),
    status: isOver || traits.died !== undefined ? 'I' : random.chance(0.85) ? 'A' : random.pick(['P', 'S', 'E']),
    since: random.chance(0.1) ? undefined : since,
    until: isOver ? since + random.int(5, 50) : traits.died,
    department: isDiabetic ? 'MGENDO' : random.pick(['MWFAM', 'MGXXX']),
    phone: random.chance(0.4) ? '212-555-0195' : null,
    withdrawn: random.chance(0.05),
    members: membersOf(traits, random, since, isDiabetic),
  };
}

/** Of some members nobody noted since when; others have left. */
function spanOf(random: Random, since: Day): Pick<TeamMember, 'since' | 'until'> {
  return {
    since: random.chance(0.2) ? undefined : since,
    until: random.chance(0.15) ? since + random.int(20, 59) : undefined,
  };
}

/** A team always has somebody who exists and whose role is known; others may lead nowhere. */
function membersOf(traits: Traits, random: Random, since: Day, isDiabetic: boolean): readonly TeamMember[] {
  const relative = relativesOf(traits).find(({ damage }) => damage === undefined);
  const specialist = isDiabetic ? 'END' : random.pick(['CRD', 'RN']);
  const members: readonly Omit<TeamMember, 'sequence'>[] = [
    { ...NOBODY, provider: providerNumber(random.int(0, 59)), role: 'PCP', since },
    ...(random.chance(0.8) ? [{ ...NOBODY, provider: providerNumber(random.int(0, 59)), role: specialist }] : []),
    ...(random.chance(0.1) ? [{ ...NOBODY, provider: MISSING_PROVIDER, role: 'RN' }] : []),
    ...(random.chance(0.4)
      ? [{ ...NOBODY, department: 'MWFAM', role: random.pick(['DIE', 'TEL', null]), ...spanOf(random, since) }]
      : []),
    ...(relative === undefined
      ? []
      : [
          {
            ...NOBODY,
            relative: relative.number,
            role: random.pick(['CG', 'CG', 'CG', 'NEI', null]),
            ...spanOf(random, since),
          },
        ]),
    ...(random.chance(0.2)
      ? [{ ...NOBODY, provider: providerNumber(random.int(0, 59)), role: null, since, until: since + 30 }]
      : []),
  ];
  return members.map((member, i) => ({ sequence: i + 1, ...member }));
}

function damagedTeams({ person, anchor, damageKind: damage }: Traits): readonly CareTeam[] {
  if (damage !== 'unknown-team-status') return [];
  return [
    {
      ...{ number: teamNumber(person, DAMAGED), patient: patientKey(person), name: 'Damaged', type: 'LC', status: 'A' },
      ...{ since: anchor - 90, until: undefined, department: null, phone: null, withdrawn: false, members: [], damage },
    },
  ];
}
