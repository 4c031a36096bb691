import {
  Damaged,
  type Entry,
  type Issue,
  type MemberKey,
  type Person,
  type ReferenceTarget,
  type Row,
} from '../../contracts/index.ts';
import { onceInARow } from '../../core/index.ts';
import type { JsonObject } from '../../fhir/index.ts';
import type { Lowering } from '../lower/lower.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import type { Overlay } from '../write/rendering.ts';
import type { RenderContext } from '../write/tree.ts';
import { rowsOfChild, type BranchRows, type ChildRows } from './children.ts';
import type { RunEnvironment } from './environment.ts';

/** Reads the persons of all patients that the rows are, or refer to, and that the request does not know yet: at most one link read. */
export async function readPersons(
  groups: readonly BranchRows[],
  children: ChildRows,
  lowering: Lowering,
  env: RunEnvironment,
): Promise<void> {
  const page = referencesOnly(children);
  const members = new Set<MemberKey>();
  for (const { rendering, rows } of groups)
    for (const row of rows) for (const member of rendering.patientsIn(row, page)) members.add(member);
  const unknown = [...members].filter((member) => !lowering.persons.knows(member));
  if (unknown.length === 0) return;
  lowering.persons.add(await env.links.find(unknown));
  lowering.persons.markAsked(unknown);
}

function referencesOnly(children: ChildRows): RenderContext {
  return {
    reference: () => '',
    unmapped: () => undefined,
    childRows: (child, owner) => rowsOfChild(children, child, owner),
  };
}

export interface Writing {
  readonly lowering: Lowering;
  readonly children: ChildRows;
  readonly env: RunEnvironment;
}

/** Writes the rows of one branch; a row that cannot be mapped becomes a warning of the page's outcome entry. */
export function createRowWriter(
  { entry, rendering }: Pick<BranchRows, 'entry' | 'rendering'>,
  mode: Entry['mode'],
  with_: Writing,
): (row: Row) => Entry | Issue {
  const { ids, persons } = with_.lowering;
  const { type } = entry.branch;
  const page = pageContext(entry, with_);
  const overlayFor = overlays(entry, with_);
  const patientsOf = onceInARow((subjects: readonly MemberKey[]): readonly string[] => [
    ...new Set(subjects.flatMap((subject) => persons.patientId(subject) ?? [])),
  ]);
  return (row) => {
    const key = rendering.keyOf(row);
    const id = ids.write(entry.branch, key);
    if (id === undefined) return damaged(entry, new Damaged(`${type}.id`, 'the native key has no id'), with_.env);
    try {
      const written = rendering.write(id, row, page, overlayFor(key));
      return { type, id, mode, patients: patientsOf(rendering.subjectsOf(row, page)), ...written };
    } catch (error) {
      if (error instanceof Damaged) return damaged(entry, error, with_.env);
      throw error;
    }
  };
}

/**
 * Judges the rows of one branch by what its system could not be asked. A row whose judged elements cannot be mapped is a warning, neither a match nor
 * none.
 */
export function createRowJudge(
  { entry, rendering }: Pick<BranchRows, 'entry' | 'rendering'>,
  holds: (resource: JsonObject) => boolean,
  with_: Writing,
): (row: Row) => boolean | Issue {
  // What is unmapped is counted when it is written.
  const page = { ...pageContext(entry, with_), unmapped: () => undefined };
  const overlayFor = overlays(entry, with_);
  return (row) => {
    const key = rendering.keyOf(row);
    const id = with_.lowering.ids.write(entry.branch, key);
    // Its writer says what is wrong with it.
    if (id === undefined) return true;
    try {
      return holds(rendering.judged(id, row, page, overlayFor(key)));
    } catch (error) {
      if (error instanceof Damaged) return damaged(entry, error, with_.env);
      throw error;
    }
  };
}

/** What a person adds to the row of a patient with this key. */
function overlays({ branch }: CatalogueBranch, with_: Writing): (key: Row) => Overlay | undefined {
  if (branch.type !== 'Patient') return () => undefined;
  return (key) => {
    const member = { branch: branch.prefix, key: key as readonly string[] };
    return overlayOf(member, with_.lowering.persons.of(member), with_);
  };
}

export function isIssue(written: Entry | Issue): written is Issue {
  return 'diagnostics' in written;
}

function damaged(entry: CatalogueBranch, error: Damaged, env: RunEnvironment): Issue {
  env.emit({
    event: 'row.damaged',
    system: entry.system.id,
    branch: entry.branch.prefix,
    element: error.element,
    reason: error.message,
  });
  return {
    code: 'exception',
    diagnostics: `A ${entry.branch.type} of ${entry.moduleId} cannot be mapped and is left out: ${error.element}, ${error.message}.`,
    expression: error.element,
  };
}

function pageContext(entry: CatalogueBranch, { lowering, children, env }: Writing): RenderContext {
  const written = new Map<ReferenceTarget, { readonly key: readonly string[]; readonly text: string }>();
  const write = ({ type, branch: prefix }: ReferenceTarget, key: readonly string[]): string => {
    const branch = lowering.catalogue.byPrefix.get(prefix)?.branch;
    const id =
      type === 'Patient'
        ? lowering.persons.patientId({ branch: prefix, key })
        : branch && lowering.ids.write(branch, key);
    return id === undefined ? '' : `${type}/${id}`;
  };
  return {
    reference(target, key) {
      const last = written.get(target);
      if (last !== undefined && isSameKey(last.key, key)) return last.text;
      const text = write(target, key);
      written.set(target, { key, text });
      return text;
    },
    unmapped(element) {
      env.emit({ event: 'code.unmapped', system: entry.system.id, branch: entry.branch.prefix, element });
    },
    childRows: (child, owner) => rowsOfChild(children, child, owner),
  };
}

function isSameKey(left: readonly string[], right: readonly string[]): boolean {
  for (let i = 0; i < right.length; i += 1) if (left[i] !== right[i]) return false;
  return true;
}

function overlayOf(member: MemberKey, person: Person | undefined, { lowering }: Writing): Overlay | undefined {
  if (person === undefined) return undefined;
  const [primary, ...others] = person.members;
  const isPrimary = primary !== undefined && ownId(primary, lowering) === ownId(member, lowering);
  if (!isPrimary)
    return { identifiers: [], links: linkTexts([lowering.persons.patientId(member)], 'replaced-by'), secondary: true };
  const replaced = others.map((other) => ownId(other, lowering));
  const candidates = person.candidates
    .map((candidate) => lowering.persons.patientId(candidate))
    .filter((id) => id !== undefined && (lowering.reach?.includes(id) ?? true));
  return {
    identifiers: others.flatMap((other) => other.identifiers),
    links: [...linkTexts(replaced, 'replaces'), ...linkTexts(candidates, 'seealso')],
    secondary: false,
  };
}

function ownId(member: MemberKey, lowering: Lowering): string | undefined {
  const branch = lowering.catalogue.byPrefix.get(member.branch)?.branch;
  return branch && lowering.ids.write(branch, member.key);
}

function linkTexts(ids: readonly (string | undefined)[], type: string): readonly string[] {
  return [...new Set(ids)].flatMap((id) =>
    id === undefined ? [] : [`{"other":{"reference":"Patient/${id}"},"type":"${type}"}`],
  );
}
