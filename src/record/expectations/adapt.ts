import {
  never,
  type Branch,
  type Codec,
  type Column,
  type Join,
  type Many,
  type Node,
  type Table,
} from '../../contracts/index.ts';
import { elementsOf, jsonNamesOf, lacksRequired } from '../../fhir/index.ts';
import { elementProblems } from '../model/declared-elements.ts';
import { branchParams, type BranchParam, type BranchParams } from '../model/params.ts';
import { isCodec, isList, isMany, type ElementMap } from '../model/nodes.ts';
import { namesPatient, patientHits } from '../model/patient-hits.ts';
import { isConstant } from '../model/presence.ts';
import type { Lost } from './compare.ts';
import { usesOf, type Uses } from './uses.ts';

/** A branch as it can be served at the moment. */
export interface Adapted {
  readonly branch: Branch;
  readonly params: BranchParams;
  /** It cannot be served at all: the branch is as it was declared. */
  readonly closed: boolean;
  /** FHIRPaths of the elements that are left out. */
  readonly without: readonly string[];
}

/**
 * Takes lost columns out of a branch. What is built on an optional one is left out, with every search parameter that would then find only a part;
 * a required one closes the branch, and so does an element that no resource may lack, or that changes the meaning of the others.
 */
export function adaptBranch(branch: Branch, lost: Lost): Adapted {
  const params = branchParams(branch);
  const open: Adapted = { branch, params, closed: false, without: [] };
  const uses = usesOf(branch);
  const isLost = lostColumns(uses, lost);
  const losses = uses.columns.map(isLost);
  if (losses.every((loss) => loss === undefined)) return open;
  const closed = { ...open, closed: true };
  if (losses.includes('required') || isStructural(branch, (column) => isLost(column) !== undefined)) return closed;
  const gone = goneAliases(branch.joins, (column) => isLost(column) !== undefined);
  const without = new Set<string>();
  const left = leaveOut(branch, gone, without);
  const adapted = branchParams(left);
  const whole = new Map([...params].map(([code, param]) => [code, wholeParam(param, adapted.get(code))]));
  if (elementProblems(left).length > 0 || !isNarrowable(left, whole) || changesMeaning(branch, without)) return closed;
  return { branch: left, params: whole, closed: false, without: [...without].sort() };
}

type IsGone = (column: Column) => boolean;

function lostColumns({ tables }: Uses, lost: Lost): (column: Column) => ReturnType<Lost> {
  const byAlias = new Map<string, Table[]>();
  for (const { alias, table } of tables) byAlias.set(alias, [...(byAlias.get(alias) ?? []), table]);
  return ({ alias, name }) => {
    const found = (byAlias.get(alias) ?? []).map((table) => lost(table, name));
    return found.includes('required') ? 'required' : found.find((loss) => loss !== undefined);
  };
}

/** Which rows there are, whose, and who may see them: nothing of it can be left out. */
function isStructural(branch: Branch, isLost: IsGone): boolean {
  const gone = goneAliases(branch.joins, isLost);
  return usesOf(branch.from.live, branch.where, branch.key, branch.labels, branch.person).columns.some(gone);
}

/** A column is gone if it is lost, or if the row that holds it can no longer be joined. */
function goneAliases(joins: readonly Join[], isLost: IsGone): IsGone {
  const aliases = new Set<string>();
  const isGone: IsGone = (column) => aliases.has(column.alias) || isLost(column);
  for (let before = -1; before < aliases.size;) {
    before = aliases.size;
    for (const join of joins)
      if (usesOf(join.on, join.where, join.to.live).columns.some(isGone)) aliases.add(join.to.alias);
  }
  return isGone;
}

function leaveOut(branch: Branch, isGone: IsGone, without: Set<string>): Branch {
  const { lastUpdated, asOf, joins, elements, profiles, profileNeeds = [], ...rest } = branch;
  const canConform = !usesOf(profileNeeds).columns.some(isGone);
  const kept = (node: Node | undefined, path: string): Node | undefined =>
    node === undefined ? undefined : prune(node, path, isGone, without);
  const updated = kept(lastUpdated, `${branch.type}.meta.lastUpdated`) as typeof lastUpdated;
  const read = kept(asOf, `${branch.type}.meta`) as typeof asOf;
  return {
    ...rest,
    profiles: canConform ? profiles : [],
    ...(canConform ? { profileNeeds } : {}),
    joins: joins.filter((join) => !usesOf(join.on, join.where, join.to.live).columns.some(isGone)),
    elements: (kept(elements, branch.type) ?? {}) as ElementMap,
    ...(updated === undefined ? {} : { lastUpdated: updated }),
    ...(read === undefined ? {} : { asOf: read }),
  };
}

/** The node without what is gone; undefined where nothing that changes is left. */
function prune(node: Node, path: string, isGone: IsGone, without: Set<string>): Node | undefined {
  if (isCodec(node)) {
    if (!usesOf(node).columns.some(isGone)) return node;
    without.add(path);
    return node.absentReason === undefined ? undefined : reasonAlone(node);
  }
  if (isMany(node)) return pruneMany(node, path, isGone, without);
  if (isList(node)) {
    const kept = node.flatMap((child) => prune(child, path, isGone, without) ?? []);
    return kept.length === 0 ? undefined : kept;
  }
  const kept = Object.entries(node as ElementMap).flatMap(([name, child]) => {
    const left = prune(child, `${path}.${name}`, isGone, without);
    return left === undefined ? [] : ([[name, left]] as const);
  });
  const changes = kept.some(([, child]) => !isConstant(child)) || isConstant(node);
  const names = kept.map(([name]) => name);
  const isWhole = names.length === Object.keys(node).length || !lacksPart(path, names);
  return kept.length === 0 || !changes || !isWhole ? undefined : Object.fromEntries(kept);
}

/** Without a part that R4 requires of it an element would be no valid one; what the whole resource requires is judged apart. */
function lacksPart(path: string, names: readonly string[]): boolean {
  const [type = '', ...rest] = path.split('.');
  return rest.length > 0 && lacksRequired(type, rest.join('.'), names);
}

/** What says why it is missing in a row says so of every row. */
function reasonAlone({ absentReason = '' }: Codec): Codec {
  return { is: 'codec', columns: [], compile: () => () => '', present: never, absentReason };
}

function pruneMany(many: Many, path: string, isLost: IsGone, without: Set<string>): Many | undefined {
  const isGone = goneAliases(many.joins, isLost);
  const tied = usesOf(many.from.live, many.on, many.where, many.order).columns.some(isGone);
  const element = tied ? undefined : prune(many.element, path, isGone, without);
  if (element !== undefined) return { ...many, element };
  without.add(path);
  return undefined;
}

/** A parameter that lost one of its places would find a part, and call it everything. */
function wholeParam(declared: BranchParam | undefined, left: BranchParam | undefined): BranchParam | undefined {
  if (declared === undefined || left === undefined) return undefined;
  return placesOf(left) < placesOf(declared) ? undefined : left;
}

function placesOf({ hits, foci, residual }: BranchParam): number {
  if (residual !== undefined) return residual.places;
  return hits.length + foci.flatMap((focus) => focus.components.flatMap((component) => component.hits)).length;
}

/** Whether a modifier element would be left out (https://hl7.org/fhir/R4/conformance-rules.html#isModifier): a refuted allergy would read as an allergy. */
function changesMeaning({ type }: Branch, without: ReadonlySet<string>): boolean {
  const left = new Set([...without].map((path) => path.split('.')[1]));
  return elementsOf(type).some((element) => element.isModifier && jsonNamesOf(element).some((name) => left.has(name)));
}

function isNarrowable(branch: Branch, params: BranchParams): boolean {
  return !namesPatient(branch) || patientHits(branch, params).length > 0;
}
