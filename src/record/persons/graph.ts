import type { MemberKey } from '../../contracts/index.ts';
import { memberText } from './book.ts';

/** A directed certain link: `from` is the same person as `to`, and `to` is nearer to the primary. */
export interface CertainLink {
  readonly from: MemberKey;
  readonly to: MemberKey;
}

export interface LinkedPersons {
  /** Members of each person with more than one, the primary first. */
  readonly persons: readonly (readonly MemberKey[])[];
  /** Links that contradict others (two survivors for one member, a cycle): shown as candidates, never merged. */
  readonly conflicts: readonly CertainLink[];
}

/**
 * Follows every certain link to its survivor. A member that leads to two different survivors, or into a cycle, is not merged at all: its own
 * links become conflicts, because a wrong merge shows one patient's allergies to another.
 */
export function linkPersons(links: readonly CertainLink[]): LinkedPersons {
  const members = new Map<string, MemberKey>();
  const outgoing = new Map<string, CertainLink[]>();
  for (const link of links) {
    members.set(memberText(link.from), link.from);
    members.set(memberText(link.to), link.to);
    const text = memberText(link.from);
    outgoing.set(text, [...(outgoing.get(text) ?? []), link]);
  }
  const conflicts: CertainLink[] = [];
  const survivors = new Map<string, string | undefined>();
  for (const text of [...members.keys()].sort()) survivorOf(text, outgoing, survivors, conflicts, new Set());
  const groups = new Map<string, MemberKey[]>();
  for (const [text, survivor] of survivors) {
    const member = members.get(text);
    if (survivor === undefined || survivor === text || member === undefined) continue;
    groups.set(survivor, [...(groups.get(survivor) ?? []), member]);
  }
  const persons = [...groups].flatMap(([survivor, others]) => {
    const primary = members.get(survivor);
    return primary === undefined
      ? []
      : [[primary, ...others.toSorted((a, b) => (memberText(a) < memberText(b) ? -1 : 1))]];
  });
  return { persons, conflicts };
}

function survivorOf(
  text: string,
  outgoing: ReadonlyMap<string, readonly CertainLink[]>,
  known: Map<string, string | undefined>,
  conflicts: CertainLink[],
  path: Set<string>,
): string | undefined {
  if (known.has(text)) return known.get(text);
  const links = outgoing.get(text) ?? [];
  if (links.length === 0) {
    known.set(text, text);
    return text;
  }
  if (path.has(text)) return undefined;
  path.add(text);
  const ends = new Set(links.map((link) => survivorOf(memberText(link.to), outgoing, known, conflicts, path)));
  path.delete(text);
  const [end] = ends;
  if (ends.size !== 1 || end === undefined) {
    conflicts.push(...links);
    const own = ends.has(undefined) ? undefined : text;
    known.set(text, own);
    return own;
  }
  known.set(text, end);
  return end;
}
