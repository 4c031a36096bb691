import type { Links, MemberKey, Person, PersonException, PersonMember } from '../contracts/index.ts';
import type { Database, StoreRow, StoreStatement } from './database.ts';
import { replaceLinks } from './links-replace.ts';
import { findStatement, membersOf } from './links-find.ts';
import { groupReads } from './grouped-reads.ts';
import { keyParts, listEntries, memberOf, memberText } from './link-text.ts';

const WITH_SECONDARIES: StoreStatement = {
  name: 'links.with-secondaries',
  text: membersOf(
    'select distinct person from fascia.person_member where not is_primary and branch = any ($1::text[]) limit $2::integer',
  ),
};

const EXCEPTIONS: StoreStatement = {
  name: 'links.exceptions',
  text: 'select branch, key, kind from fascia.person_exception order by branch, key',
};

const AS_OF: StoreStatement = { name: 'links.as-of', text: 'select as_of_ms from fascia.link_state' };

const EVERYBODY = 2_147_483_647;

/** The links of the installation. Each look-up is one statement whose size does not depend on the number of keys asked for. */
export function createLinks(database: Database): Links {
  const find: Links['find'] = async (members, identifiers = [], max = EVERYBODY) => {
    const { statement, values } = findStatement(members, identifiers, max);
    return values.length === 0 ? [] : personsOf(await database.run(statement, values));
  };
  const findGrouped = groupReads(async (members: readonly MemberKey[]) => byMember(await find(members)));
  return {
    find: async (members, identifiers = [], max = EVERYBODY) => {
      if (identifiers.length > 0 || members.length === 0) return find(members, identifiers, max);
      const persons = await findGrouped(members);
      return [...new Set(members.flatMap((member) => persons.get(memberText(member)) ?? []))];
    },
    withSecondariesIn: async (branches, max) => {
      const persons = personsOf(await database.run(WITH_SECONDARIES, [branches, max + 1]));
      return persons.length > max ? undefined : persons;
    },
    replace: (persons, asOfMs, exceptions = []) =>
      database.transact((client) => replaceLinks(client, persons, asOfMs, exceptions)),
    exceptions: async () => {
      const rows = (await database.run(EXCEPTIONS, [])) as readonly [string, string, PersonException['is']][];
      return rows.map(([branch, key, is]) => ({ branch, key: keyParts(key), is }));
    },
    asOfMs: async () => {
      const [row] = await database.run(AS_OF, []);
      return row?.[0] == null ? undefined : Number(row[0]);
    },
  };
}

function byMember(persons: readonly Person[]): ReadonlyMap<string, Person> {
  return new Map(persons.flatMap((person) => person.members.map((member) => [memberText(member), person] as const)));
}

/** Rows come in the order of persons, and of members within each. */
function personsOf(rows: readonly StoreRow[]): readonly Person[] {
  const persons: { members: PersonMember[]; candidates: Person['candidates'] }[] = [];
  let current: unknown;
  for (const row of rows as readonly [string, string, string, boolean, string, string][]) {
    const [person, branch, key, primary, identifiers, candidates] = row;
    if (person !== current) persons.push({ members: [], candidates: listEntries(candidates).map(memberOf) });
    current = person;
    persons.at(-1)?.members.push({ branch, key: keyParts(key), primary, identifiers: listEntries(identifiers) });
  }
  return persons;
}
