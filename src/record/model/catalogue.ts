import { Fault } from '../../core/index.ts';
import type {
  Branch,
  MappingModule,
  ParamType,
  ResourceType,
  Served,
  ServedParam,
  ServedType,
  SqlSystem,
  Unavailable,
} from '../../contracts/index.ts';
import { patientPathOf, searchParameters } from '../../fhir/index.ts';
import { adaptBranch } from '../expectations/adapt.ts';
import { nothingLost, type Lost } from '../expectations/compare.ts';
import { elementProblems } from './declared-elements.ts';
import { namesPatient, patientHits } from './patient-hits.ts';
import { documentationOf, modifiersOf, type BranchParam, type BranchParams } from './params.ts';

/** A module with its connected system. The order of installation is the order of systems: it ranks persons' members. */
export interface Installed {
  readonly module: MappingModule;
  readonly system: SqlSystem;
}

/** One branch with all that was derived from its declaration at start. */
export interface CatalogueBranch {
  readonly branch: Branch;
  readonly system: SqlSystem;
  readonly moduleId: string;
  /** What it tells of, where it is derived from another branch. */
  readonly of?: CatalogueBranch;
  readonly params: BranchParams;
  /** Its tables are not what it expects: it is asked nothing, and what needs it is refused. */
  readonly closed: boolean;
  /** FHIRPaths of elements that it declares, and that are left out for the same reason. */
  readonly without: readonly string[];
  /** Position among all branches: the tie-break of merges. */
  readonly index: number;
}

/** Everything that is served, derived once from the modules. */
export interface Catalogue {
  readonly branches: readonly CatalogueBranch[];
  readonly byPrefix: ReadonlyMap<string, CatalogueBranch>;
  readonly byType: ReadonlyMap<string, readonly CatalogueBranch[]>;
  readonly served: Served;
  /** Nothing is closed, and no element is left out. */
  readonly isWhole: boolean;
}

/** Throws `module.invalid` where modules cannot be served together. In: what each system, by its id, has lost of what its module declares. */
export function buildCatalogue(
  installed: readonly Installed[],
  lostIn: (system: string) => Lost = () => nothingLost,
): Catalogue {
  const branches = installed
    .flatMap(({ module, system }) =>
      module.branches.map((branch) => ({ ...adaptBranch(branch, lostIn(system.id)), system, moduleId: module.id })),
    )
    .map((entry, index): CatalogueBranch => ({ ...entry, index }))
    .map(withTarget);
  const byPrefix = new Map<string, CatalogueBranch>();
  const byType = new Map<ResourceType, CatalogueBranch[]>();
  for (const entry of branches) {
    const { prefix, type } = entry.branch;
    if (byPrefix.has(prefix))
      throw new Fault('module.invalid', `Two branches have the id prefix '${prefix}'; choose another for one of them.`);
    byPrefix.set(prefix, entry);
    byType.set(type, [...(byType.get(type) ?? []), entry]);
  }
  for (const entry of branches) checkBranch(entry, byPrefix);
  const isWhole = branches.every(({ closed, without }) => !closed && without.length === 0);
  return { branches, byPrefix, byType, served: servedTypes(byType), isWhole };
}

/** What tells of resources that cannot be served cannot be served either: nobody could say who may see it. */
function withTarget(entry: CatalogueBranch, _: number, all: readonly CatalogueBranch[]): CatalogueBranch {
  const { about } = entry.branch;
  const of = all.find((other) => other.branch.prefix === about);
  return of === undefined ? entry : { ...entry, of, closed: entry.closed || of.closed };
}

function checkBranch(entry: CatalogueBranch, byPrefix: ReadonlyMap<string, CatalogueBranch>): void {
  const { branch } = entry;
  const problems = elementProblems(branch);
  if (problems.length > 0)
    throw new Fault('module.invalid', `Branch '${branch.prefix}' of ${entry.moduleId}: ${problems.join('; ')}.`);
  const path = patientPathOf(branch.type);
  if (path === 'target' && entry.of === undefined)
    throw new Fault('module.invalid', `${branch.type} (branch '${branch.prefix}') is made from the other branches.`);
  if (namesPatient(branch) && patientHits(branch, entry.params).length === 0) {
    const place =
      typeof path === 'object' && path.is === 'element' ? `element '${path.element}'` : "parameter 'patient'";
    throw new Fault(
      'module.invalid',
      `${branch.type} (branch '${branch.prefix}') is about a patient, but its ${place} has no invertible codec, so access cannot be narrowed.`,
    );
  }
  for (const param of entry.params.values()) {
    for (const hit of param?.hits ?? []) {
      const target = hit.codec.reference?.target;
      if (target !== undefined && byPrefix.get(target.branch)?.branch.type !== target.type) {
        throw new Fault(
          'module.invalid',
          `${hit.path} (branch '${branch.prefix}') refers to a branch '${target.branch}' of ${target.type}, which no module declares.`,
        );
      }
      if (target?.type === 'Patient' && byPrefix.get(target.branch)?.system !== entry.system) {
        throw new Fault(
          'module.invalid',
          `${hit.path} (branch '${branch.prefix}') must refer to a Patient of its own system; persons join patients across systems.`,
        );
      }
    }
  }
  if (branch.type === 'Patient' && branch.person === undefined && entry.index > 0) {
    throw new Fault(
      'module.invalid',
      `Patient (branch '${branch.prefix}') belongs to a later system, so it must declare which of its rows are secondary.`,
    );
  }
}

function servedTypes(byType: ReadonlyMap<ResourceType, readonly CatalogueBranch[]>): Served {
  const served = new Map<string, ServedType>();
  for (const [type, entries] of byType) {
    const params = servedParams(type, entries);
    served.set(type, {
      type,
      profiles: [...new Set(entries.flatMap((entry) => entry.branch.profiles))],
      params,
      elements: new Set(entries.flatMap((entry) => Object.keys(entry.branch.elements))),
      includes: [...params.values()]
        .filter((param) => param.type === 'reference')
        .map((param) => `${type}:${param.code}`),
      revincludes: [],
      unavailable: entries.flatMap(unavailableOf),
    });
  }
  return new Map([...served].map(([type, row]) => [type, { ...row, revincludes: revincludesOf(row.type, served) }]));
}

function unavailableOf({ closed, without, system }: CatalogueBranch): readonly Unavailable[] {
  return closed ? [{ system: system.id }] : without.map((element) => ({ system: system.id, element }));
}

function revincludesOf(type: ResourceType, served: ReadonlyMap<string, ServedType>): readonly string[] {
  return [...served.values()].flatMap((other) =>
    [...other.params.values()]
      .filter((param) => param.type === 'reference' && param.targets.includes(type))
      .map((param) => `${other.type}:${param.code}`),
  );
}

function servedParams(type: ResourceType, entries: readonly CatalogueBranch[]): ReadonlyMap<string, ServedParam> {
  const served = new Map<string, ServedParam>();
  const ownParams = [
    { code: '_id', type: 'token', url: 'http://hl7.org/fhir/SearchParameter/Resource-id', components: [] },
    {
      code: '_lastUpdated',
      type: 'date',
      url: 'http://hl7.org/fhir/SearchParameter/Resource-lastUpdated',
      components: [],
    },
    ...searchParameters(type).filter((definition) => definition.code !== '_id' && definition.code !== '_lastUpdated'),
  ];
  for (const definition of ownParams) {
    const params = entries.map((entry) => entry.params.get(definition.code));
    if (params.length === 0 || params.some((param) => param === undefined)) continue;
    const present = params as BranchParam[];
    const paramType = definition.type as ParamType;
    if (definition.code !== '_id' && !present.some(isAnswered)) continue;
    const documentation = documentationOf({ type: paramType }, present);
    served.set(definition.code, {
      code: definition.code,
      type: paramType,
      definition: definition.url,
      targets: [
        ...new Set(
          present.flatMap((param) =>
            param.hits.flatMap((hit) => (hit.codec.reference ? [hit.codec.reference.target.type as ResourceType] : [])),
          ),
        ),
      ],
      modifiers: definition.code === '_id' ? ['not'] : modifiersOf(paramType, present),
      components: definition.components.map((component) => component.type as ParamType),
      sortable: isSortable(present),
      ...(present.some(({ residual }) => residual !== undefined) ? { residual: true } : {}),
      ...(documentation === undefined ? {} : { documentation }),
    });
  }
  return served;
}

/** What is absent in every row answers nothing. */
function isAnswered({ hits, foci, residual }: BranchParam): boolean {
  return hits.some(({ codec }) => codec.present?.is !== 'never') || foci.length > 0 || residual !== undefined;
}

/** One sort form per branch, at the row itself, and the same scale in all branches; a branch without the element sorts last. */
function isSortable(params: readonly BranchParam[]): boolean {
  if (params.some(({ residual }) => residual !== undefined)) return false;
  const scales = params
    .filter((param) => param.hits.length > 0)
    .map(({ hits: [only, ...more] }) =>
      more.length === 0 && only?.via.length === 0 ? only.codec.sort?.scale : undefined,
    );
  return scales.length > 0 && !scales.includes(undefined) && new Set(scales).size === 1;
}
