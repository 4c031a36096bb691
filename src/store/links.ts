import type { Links, Person, PersonException, PersonMember } from '../contracts/index.ts';
import type { Database, StoreRow, StoreStatement } from './database.ts';
import { replaceLinks } from './links-replace.ts';
import { isStorable, keyParts, keyText, listEntries, memberOf } from './link-text.ts';

const MEMBERS = `select m.person, m.branch, m.key, m.is_primary, m.identifiers, m.candidates from fascia.person_member m`;
const IN_ORDER = 'order by m.person, m.position';
const BY_MEMBER = `select hit.person from unnest($1::text[], $2::text[]) as asked (branch, key) join fascia.person_member hit using (branch, key)`;

const FIND: StoreStatement = { name: 'links.find', text: `${MEMBERS} where m.person in (${BY_MEMBER}) ${IN_ORDER}` };

/** Each kind of token has a branch of its own, so that each uses its index: system and value, value alone, system alone. */
const FIND_WITH_IDENTIFIERS: StoreStatement = {
  name: 'links.find-with-identifiers',
  text: `${MEMBERS} where m.person in (
    ${BY_MEMBER}
    union select i.person from unnest($3::text[], $4::text[]) as asked (system, value) join fascia.person_identifier i using (system, value)
    union select i.person from fascia.person_identifier i where i.value = any ($5::text[])
    union select i.person from fascia.person_identifier i where i.system = any ($6::text[])
  ) ${IN_ORDER}`,
};

const WITH_SECONDARIES: StoreStatement = {
  name: 'links.with-secondaries',
  text: `${MEMBERS} where m.person in (
    select distinct s.person from fascia.person_member s where not s.is_primary and s.branch = any ($1::text[]) limit $2::integer
  ) ${IN_ORDER}`,
};

const EXCEPTIONS: StoreStatement = {
  name: 'links.exceptions',
  text: 'select branch, key, kind from fascia.person_exception order by branch, key',
};

const AS_OF: StoreStatement = { name: 'links.as-of', text: 'select as_of_ms from fascia.link_state' };

/** The links of the installation. Each look-up is one statement whose size does not depend on the number of keys asked for. */
export function createLinks(database: Database): Links {
  return {
    find: async (members, identifiers = []) => {
      const asked = members.filter(({ branch, key }) => isStorable(branch + keyText(key)));
      const keys = [asked.map(({ branch }) => branch), asked.map(({ key }) => keyText(key))];
      if (identifiers.length === 0) return asked.length === 0 ? [] : personsOf(await database.run(FIND, keys));
      return personsOf(await database.run(FIND_WITH_IDENTIFIERS, [...keys, ...tokenLists(identifiers)]));
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

type Token = NonNullable<Parameters<Links['find']>[1]>[number];

/** Systems and values of full tokens, then values without a system, then systems without a value. */
function tokenLists(tokens: readonly Token[]): readonly [string[], string[], string[], string[]] {
  const lists: [string[], string[], string[], string[]] = [[], [], [], []];
  for (const { system, value } of tokens) {
    if (!isStorable(`${system ?? ''}${value ?? ''}`)) continue;
    if (system !== undefined && value !== undefined) {
      lists[0].push(system);
      lists[1].push(value);
    } else if (value !== undefined) lists[2].push(value);
    else if (system !== undefined) lists[3].push(system);
  }
  return lists;
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
