import { entriesOf } from './equality.ts';
import type { Shape } from './growth.ts';
import type { Contender } from './measure/rounds.ts';

/**
 * The parameter of the commonest search of types that are not asked for by patient. A name finds more patients where there are more, so that
 * they are asked for by identifier.
 */
const COMMONEST: Readonly<Record<string, string>> = {
  Organization: 'name',
  Location: 'name',
  Practitioner: 'name',
  PractitionerRole: 'practitioner',
  HealthcareService: 'name',
  Patient: 'identifier',
  Group: 'member',
  Provenance: 'target',
};

/** Resources of one type that requests are drawn from. */
const DRAWN = 300;

interface Resource {
  readonly id: string;
  readonly [element: string]: unknown;
}

/** Of each type that is served: a read, and the commonest search. */
export async function shapesOfTypes(contender: Contender): Promise<readonly Shape[]> {
  const [statement] = (await entriesOf(contender, '/fhir/metadata')).entries;
  const [rest] = statement?.['rest'] as readonly {
    readonly resource: readonly { type: string; searchParam: readonly { name: string }[] }[];
  }[];
  return (rest?.resource ?? []).flatMap(({ type, searchParam }): readonly Shape[] => {
    const wanted = COMMONEST[type] ?? 'patient';
    const param = searchParam.some(({ name }) => name === wanted) ? wanted : '_id';
    return [
      {
        name: `${type}-read`,
        pathsOf: async (_, asked) => (await drawn(asked, type)).map(({ id }) => `/fhir/${type}/${id}`),
      },
      {
        name: `${type}-by-${param}`,
        pathsOf: async (_, asked) =>
          (await drawn(asked, type)).flatMap((resource) => {
            const value = valueOf(resource, param);
            return value === undefined ? [] : [`/fhir/${type}?${param}=${encodeURIComponent(value)}&_count=20`];
          }),
      },
    ];
  });
}

async function drawn(contender: Contender, type: string): Promise<readonly Resource[]> {
  // The first rows by key of a large register of patients are those whose numbers are damaged.
  const order = type === 'Patient' ? '&_sort=-birthdate' : '';
  return (await entriesOf(contender, `/fhir/${type}?_count=${DRAWN}${order}`)).entries as readonly Resource[];
}

/** A value that finds the resource. */
function valueOf(resource: Resource, param: string): string | undefined {
  if (param === '_id') return resource.id;
  if (param === 'name') return nameOf(resource['name']);
  if (param === 'identifier') return identifierOf(resource['identifier']);
  const elements = param === 'patient' ? ['subject', 'patient', 'beneficiary', 'participant', 'for'] : [param];
  return elements.map((element) => referenceIn(resource[element])).find((found) => found !== undefined);
}

function nameOf(name: unknown): string | undefined {
  if (typeof name === 'string') return name;
  const [first] = (name ?? []) as readonly { readonly family?: string }[];
  return first?.family;
}

function identifierOf(identifier: unknown): string | undefined {
  const [first] = (identifier ?? []) as readonly { readonly system?: string; readonly value?: string }[];
  return first?.value === undefined ? undefined : `${first.system ?? ''}|${first.value}`;
}

/** The first relative reference in an element. */
function referenceIn(element: unknown): string | undefined {
  return /"reference":"([A-Za-z]+\/[^"]+)"/.exec(JSON.stringify(element ?? null))?.[1];
}
