import type pg from 'pg';
import type { Person, PersonException, PersonMember } from '../contracts/index.ts';
import { identifierParts, keyText, listText, memberText } from './link-text.ts';

const BATCH_PERSONS = 2_000;

const MEMBER_COLUMNS = 'branch, key, person, position, is_primary, identifiers, candidates';
const MEMBER_ARRAYS = '$1::text[], $2::text[], $3::text[], $4::integer[], $5::boolean[], $6::text[], $7::text[]';

/**
 * Replaces all links inside the caller's transaction. Readers are not blocked: they see the old links until it commits. Only what differs
 * is written, so that a linker that runs every few minutes does not rewrite the tables each time.
 */
export async function replaceLinks(
  client: pg.ClientBase,
  persons: readonly Person[],
  asOfMs: number,
  exceptions: readonly PersonException[],
): Promise<void> {
  await client.query('update fascia.link_state set as_of_ms = $1', [asOfMs]);
  await client.query('create temporary table incoming_member (like fascia.person_member) on commit drop');
  await client.query('create temporary table incoming_identifier (like fascia.person_identifier) on commit drop');
  for (let start = 0; start < persons.length; start += BATCH_PERSONS) {
    await stage(client, persons.slice(start, start + BATCH_PERSONS));
  }
  await client.query('analyze incoming_member; analyze incoming_identifier');
  await applyDifference(client);
  // Plans of look-ups are kept: one that was made before there were statistics would stay until a vacuum comes by.
  await client.query('analyze fascia.person_member, fascia.person_identifier');
  await replaceExceptions(client, exceptions);
}

async function stage(client: pg.ClientBase, persons: readonly Person[]): Promise<void> {
  const members: MemberRows = [[], [], [], [], [], [], []];
  const identifiers: IdentifierRows = [[], [], []];
  for (const person of persons) {
    const [first] = person.members;
    if (first === undefined) continue;
    const name = memberText(first);
    for (const [position, member] of person.members.entries()) {
      pushMember(members, name, position, member, position === 0 ? listText(person.candidates.map(memberText)) : '');
      pushIdentifiers(identifiers, name, member);
    }
  }
  await client.query(`insert into incoming_member (${MEMBER_COLUMNS}) select * from unnest(${MEMBER_ARRAYS})`, members);
  await client.query(
    'insert into incoming_identifier (system, value, person) select * from unnest($1::text[], $2::text[], $3::text[])',
    identifiers,
  );
}

type MemberRows = [string[], string[], string[], number[], boolean[], string[], string[]];
type IdentifierRows = [string[], string[], string[]];

function pushMember(
  rows: MemberRows,
  person: string,
  position: number,
  member: PersonMember,
  candidates: string,
): void {
  rows[0].push(member.branch);
  rows[1].push(keyText(member.key));
  rows[2].push(person);
  rows[3].push(position);
  rows[4].push(member.primary);
  rows[5].push(listText(member.identifiers));
  rows[6].push(candidates);
}

function pushIdentifiers(rows: IdentifierRows, person: string, member: PersonMember): void {
  for (const json of member.identifiers) {
    const parts = identifierParts(json);
    if (parts === undefined) continue;
    rows[0].push(parts.system);
    rows[1].push(parts.value);
    rows[2].push(person);
  }
}

async function applyDifference(client: pg.ClientBase): Promise<void> {
  const rest = 'person, position, is_primary, identifiers, candidates';
  const of = (alias: string): string => `(${rest.replaceAll(/\w+/g, (column) => `${alias}.${column}`)})`;
  await client.query(
    `delete from fascia.person_member m where not exists (
       select from incoming_member i where i.branch = m.branch and i.key = m.key and ${of('i')} = ${of('m')})`,
  );
  await client.query(
    `insert into fascia.person_member (${MEMBER_COLUMNS}) select ${MEMBER_COLUMNS} from incoming_member i
     where not exists (select from fascia.person_member m where m.branch = i.branch and m.key = i.key and m.person = i.person)`,
  );
  await client.query(
    `delete from fascia.person_identifier p where not exists (
       select from incoming_identifier i where i.system = p.system and i.value = p.value and i.person = p.person)`,
  );
  await client.query(
    `insert into fascia.person_identifier (system, value, person) select distinct system, value, person from incoming_identifier i
     where not exists (select from fascia.person_identifier p where p.system = i.system and p.value = i.value and p.person = i.person)`,
  );
}

async function replaceExceptions(client: pg.ClientBase, exceptions: readonly PersonException[]): Promise<void> {
  await client.query('delete from fascia.person_exception');
  await client.query(
    'insert into fascia.person_exception (branch, key, kind) select * from unnest($1::text[], $2::text[], $3::text[])',
    [exceptions.map(({ branch }) => branch), exceptions.map(({ key }) => keyText(key)), exceptions.map(({ is }) => is)],
  );
}
