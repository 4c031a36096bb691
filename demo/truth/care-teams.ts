import { civilOf, type Day } from '../model/calendar.ts';
import type { CareTeam, TeamMember } from '../model/care-teams.ts';
import type { Person } from '../model/types.ts';
import { MEMBER_ROLE, TEAM_STATUS, TEAM_TYPE } from './codes-plans.ts';
import { CARE_SYSTEMS } from './codes-care.ts';
import { SYSTEMS } from './codes.ts';
import { departmentRef, providerRef, registrationOf } from './labs.ts';
import { localConcept } from './local-codes.ts';
import { known, listOf, referenceTo, unknownConcept, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

function teamNative({ number }: Pick<CareTeam, 'number'>): Native {
  return { table: 'CARTEAM', key: [number] };
}

export function days(since: Day | undefined, until: Day | undefined): TruthValue | undefined {
  if (since === undefined && until === undefined) return undefined;
  return known({ start: since && civilOf(since), end: until && civilOf(until) });
}

/** The relative who is not deleted, or nothing. */
function relativeRef(number: string, { relatives }: Person): Native | undefined {
  const found = relatives.find((relative) => relative.number === number && !relative.deleted);
  return found && { table: 'PATREL', key: [found.number] };
}

function memberRef({ provider, relative, department }: TeamMember, person: Person): ReturnType<typeof referenceTo> {
  if (provider !== null) return referenceTo('Practitioner', providerRef(provider));
  if (relative !== null) return referenceTo('RelatedPerson', relativeRef(relative, person));
  return referenceTo('Organization', departmentRef(department));
}

/** Who does not exist is no member. Providers first, then departments, then relatives. */
function participants({ members }: CareTeam, person: Person): readonly TruthValue[] {
  const rank = ({ provider, department }: TeamMember): number => (provider !== null ? 0 : department !== null ? 1 : 2);
  return members
    .toSorted((a, b) => rank(a) - rank(b) || a.sequence - b.sequence)
    .flatMap((one) => {
      const member = memberRef(one, person);
      const snomed = { system: SYSTEMS.snomed, meanings: MEMBER_ROLE };
      const role = localConcept(one.role, CARE_SYSTEMS.localMemberRole, snomed) ?? unknownConcept();
      const period = days(one.since, one.until);
      return member === undefined ? [] : [known({ role: [role], member, period })];
    });
}

/** The CareTeam of a sound row. */
function teamTruth(team: CareTeam, person: Person): TruthResource {
  const { name, phone } = team;
  const loinc = { system: SYSTEMS.loinc, meanings: TEAM_TYPE };
  return usCore(teamNative(team), 'CareTeam', 'us-core-careteam', {
    identifier: [{ system: CARE_SYSTEMS.careTeam, value: team.number }],
    status: TEAM_STATUS[team.status],
    category: listOf(localConcept(team.type, CARE_SYSTEMS.localTeamType, loinc)),
    name: name?.trim(),
    subject: referenceTo('Patient', registrationOf({ key: team.patient })),
    period: days(team.since, team.until),
    participant: participants(team, person),
    managingOrganization: listOf(referenceTo('Organization', departmentRef(team.department))),
    telecom: phone === null ? undefined : [{ system: 'phone', value: phone }],
  });
}

export function careTeamRows(person: Person): readonly TruthRow[] {
  return person.careTeams.map((team) => ({
    native: teamNative(team),
    about: { registration: team.patient },
    damage: team.damage,
    hidden: team.withdrawn ? 'deleted' : undefined,
    resource: () => teamTruth(team, person),
  }));
}

/** The team that exists and was not withdrawn, or nothing. */
export function teamRef(number: string | null, { careTeams }: Person): ReturnType<typeof referenceTo> {
  const found = careTeams.find((team) => team.number === number && !team.withdrawn);
  return referenceTo('CareTeam', found && teamNative(found));
}
