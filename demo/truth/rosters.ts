import { civilOf } from '../model/calendar.ts';
import type { Population } from '../model/population.ts';
import type { Roster, RosterEntry } from '../model/rosters.ts';
import type { Person } from '../model/types.ts';
import { SYSTEMS } from './codes.ts';
import { partnerRef } from './consents.ts';
import { departmentRef, registrationOf } from './labs.ts';
import { known, plain, referenceTo } from './resources.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

export function rosterNative({ number }: Roster): Native {
  return { table: 'ROSTER', key: [number] };
}

/** What a sound entry says; undefined where nobody is served whom it could name. */
function memberOf(entry: RosterEntry, { records }: Person): TruthValue | undefined {
  const { patient, from, to, isFormer, removed } = entry;
  const named = records.find(({ key }) => key.facility === patient.facility && key.number === patient.number);
  if (removed || named === undefined || named.deleteFlag === 'Y') return undefined;
  const period = known({ start: from && civilOf(from), end: to && civilOf(to) });
  return known({
    entity: referenceTo('Patient', registrationOf(named)),
    period: Object.keys(period).length === 0 ? undefined : period,
    inactive: isFormer ?? undefined,
  });
}

/** The Groups of all sound rosters, with their members in the order of the lists. */
export function rosterTruths(population: Population): readonly TruthResource[] {
  const members = new Map<string, TruthValue[]>();
  for (const person of population.people()) {
    for (const entry of person.rosterEntries) {
      const member = memberOf(entry, person);
      if (member !== undefined) members.set(entry.roster, [...(members.get(entry.roster) ?? []), member]);
    }
  }
  return population.rosters
    .filter(({ damage }) => damage === undefined)
    .map((roster) => rosterTruth(roster, members.get(roster.number)));
}

function rosterTruth(roster: Roster, member: readonly TruthValue[] | undefined): TruthResource {
  const { number, kind, name, owner, active } = roster;
  return plain(rosterNative(roster), 'Group', {
    identifier: [{ system: SYSTEMS.roster, value: number }],
    active,
    type: 'person',
    actual: true,
    code: { coding: [{ system: SYSTEMS.localRoster, code: kind }] },
    name: name ?? undefined,
    member,
    managingEntity: kind === 'S' ? partnerRef(owner) : referenceTo('Organization', departmentRef(owner)),
  });
}
