import type { MemberKey, Person } from '../../contracts/index.ts';
import { onceInARow } from '../../core/index.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Ids } from '../ids.ts';

/** The persons that one request has met so far. A patient that is not in the book is a person with one member: itself. */
export interface PersonBook {
  add(persons: readonly Person[]): void;
  of(member: MemberKey): Person | undefined;
  /** Whether the store was already asked about this member. */
  knows(member: MemberKey): boolean;
  markAsked(members: readonly MemberKey[]): void;
  /** The Patient id that references to this member are written with; undefined for a key that has no id. */
  patientId(member: MemberKey): string | undefined;
  /** Native keys, in one branch, of the person whose Patient id this is. The id of a secondary member is nobody's: it can only be read. */
  keysOf(patientId: string, prefix: string): readonly (readonly string[])[];
}

const KEY_SEPARATOR = '\u001f';

export function memberText(member: MemberKey): string {
  return `${member.branch}${KEY_SEPARATOR}${member.key.join(KEY_SEPARATOR)}`;
}

export function createPersonBook(catalogue: Catalogue, ids: Ids): PersonBook {
  const byMember = new Map<string, Person>();
  const asked = new Set<string>();
  const patientIds = new Map<string, string | undefined>();

  const of = (member: MemberKey): Person | undefined => byMember.get(memberText(member));
  const patientId = (member: MemberKey): string | undefined => {
    const text = memberText(member);
    if (patientIds.has(text)) return patientIds.get(text);
    const primary = byMember.get(text)?.members[0] ?? member;
    const branch = catalogue.byPrefix.get(primary.branch)?.branch;
    const id = branch && ids.write(branch, primary.key);
    patientIds.set(text, id);
    return id;
  };

  // Each branch asks for the keys of the same person.
  const memberOf = onceInARow((id: string): MemberKey | undefined => {
    const found = ids.read(id);
    return found && { branch: found.branch.prefix, key: found.key };
  });

  return {
    of,
    patientId,
    add(persons) {
      for (const person of persons) {
        for (const member of person.members) {
          const text = memberText(member);
          byMember.set(text, person);
          asked.add(text);
          patientIds.delete(text);
        }
      }
    },
    knows: (member) => asked.has(memberText(member)),
    markAsked(members) {
      for (const member of members) asked.add(memberText(member));
    },
    keysOf(id, prefix) {
      const member = memberOf(id);
      if (member === undefined) return [];
      const person = of(member);
      if (person === undefined) return member.branch === prefix ? [member.key] : [];
      if (patientId(member) !== id) return [];
      return person.members.filter((other) => other.branch === prefix).map((other) => other.key);
    },
  };
}
