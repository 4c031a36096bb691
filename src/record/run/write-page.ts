import { Damaged, type Entry, type Issue, type MemberKey, type Person, type Row } from '../../contracts/index.ts';
import type { Lowering } from '../lower/lower.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import type { BranchRendering, Overlay } from '../write/rendering.ts';
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
  const unknown = groups
    .flatMap((group) => group.rows.flatMap((row) => group.rendering.patientsIn(row, page)))
    .filter((member) => !lowering.persons.knows(member));
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

/** Writes one row; a row that cannot be mapped becomes a warning of the page's outcome entry. */
export function writeRow(
  entry: CatalogueBranch,
  rendering: BranchRendering,
  row: Row,
  mode: Entry['mode'],
  with_: Writing,
): Entry | Issue {
  const { ids, persons } = with_.lowering;
  const id = ids.write(entry.branch, rendering.keyOf(row));
  if (id === undefined)
    return damaged(entry, new Damaged(`${entry.branch.type}.id`, 'the native key has no id'), with_.env);
  try {
    const member = { branch: entry.branch.prefix, key: rendering.keyOf(row).map((part) => part ?? '') };
    const overlay = entry.branch.type === 'Patient' ? overlayOf(member, persons.of(member), with_) : undefined;
    const written = rendering.write(id, row, pageContext(entry, with_), overlay);
    const patients = [...new Set(rendering.subjectsOf(row).flatMap((subject) => persons.patientId(subject) ?? []))];
    return { type: entry.branch.type, id, mode, patients, ...written };
  } catch (error) {
    if (error instanceof Damaged) return damaged(entry, error, with_.env);
    throw error;
  }
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
  return {
    reference(target, key) {
      const branch = lowering.catalogue.byPrefix.get(target.branch)?.branch;
      const id =
        target.type === 'Patient'
          ? lowering.persons.patientId({ branch: target.branch, key })
          : branch && lowering.ids.write(branch, key);
      return id === undefined ? '' : `${target.type}/${id}`;
    },
    unmapped(element) {
      env.emit({ event: 'code.unmapped', system: entry.system.id, branch: entry.branch.prefix, element });
    },
    childRows: (child, owner) => rowsOfChild(children, child, owner),
  };
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
