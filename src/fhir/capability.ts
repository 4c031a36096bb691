import type { Served, ServedParam, ServedType, Unavailable } from '../contracts/index.ts';

/** What a CapabilityStatement says that does not follow from what is served. */
export interface Installation {
  /** Absolute URL of the API, without a slash at its end. */
  readonly base: string;
  readonly version: string;
  /** When this version was built, not when it was asked: FHIR date or dateTime. */
  readonly date: string;
  readonly description?: string;
}

/**
 * The JSON text of the CapabilityStatement (https://hl7.org/fhir/R4/capabilitystatement.html), from the rows that the parser uses: what is
 * declared works, and what works is declared.
 */
export function capabilityStatement(served: Served, installation: Installation): string {
  const { base, version, date, description = 'A FHIR R4 API in front of the systems of a hospital.' } = installation;
  return JSON.stringify({
    resourceType: 'CapabilityStatement',
    name: 'Fascia',
    title: 'Fascia FHIR R4 facade',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'Fascia', version },
    implementation: { description, url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'Searches work alike by GET and by POST to _search. Chains and _has go one level deep. An R4 parameter that is not listed is refused ' +
          '(400); an undefined one is ignored with a warning, unless Prefer: handling=strict asks otherwise.',
        resource: [...served.values()].sort(byType).map(resourceElement),
        searchParam: systemParams(served),
      },
    ],
  });
}

function byType(a: ServedType, b: ServedType): number {
  return a.type < b.type ? -1 : 1;
}

function resourceElement(row: ServedType): object {
  return {
    type: row.type,
    profile: `http://hl7.org/fhir/StructureDefinition/${row.type}`,
    ...listed('supportedProfile', row.profiles),
    documentation: [
      'vread answers the current version; earlier versions are not kept.',
      ...row.unavailable.map(unavailability),
    ].join(' '),
    interaction: [{ code: 'read' }, { code: 'vread' }, { code: 'search-type' }],
    versioning: 'versioned',
    readHistory: false,
    updateCreate: false,
    conditionalCreate: false,
    conditionalRead: 'not-match',
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    referencePolicy: ['literal', 'local'],
    ...listed('searchInclude', row.includes),
    ...listed('searchRevInclude', row.revincludes),
    ...listed('searchParam', [...row.params.values()].map(searchParam)),
    operation: [{ name: 'validate', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate' }],
  };
}

function unavailability({ system, element }: Unavailable): string {
  return element === undefined
    ? `At the moment the system ${system} lacks what this type needs: searches, and reads of its instances, are answered 503.`
    : `At the moment ${element} is left out of what the system ${system} holds, and is not searched by.`;
}

/** R4's JSON has no empty arrays. */
function listed(name: string, list: readonly unknown[]): object {
  return list.length === 0 ? {} : { [name]: list };
}

function searchParam(param: ServedParam): object {
  const documentation = documentationOf(param);
  const { code, definition, type } = param;
  return { name: code, definition, type, ...(documentation === '' ? {} : { documentation }) };
}

/** What a caller must know about a parameter beside its definition. */
export function documentationOf(param: ServedParam): string {
  const modifiers = [...param.modifiers.map((name) => `:${name}`), ...(param.type === 'reference' ? [':[type]'] : [])];
  return [
    ...(param.documentation === undefined ? [] : [param.documentation]),
    ...(modifiers.length === 0 ? [] : [`Modifiers: ${modifiers.join(', ')}.`]),
    ...(param.targets.length === 0 ? [] : [`Refers to ${param.targets.join(', ')}.`]),
    ...(param.sortable ? ['Sortable.'] : []),
  ].join(' ');
}

/** Parameters of every search (https://hl7.org/fhir/R4/search.html#all and #modifyingresults). R4 defines no SearchParameter for most. */
export const resultParameters = [
  {
    name: '_count',
    type: 'number',
    documentation: 'Matches per page; more than the maximum is capped; 0 asks for the total only.',
  },
  {
    name: '_sort',
    type: 'special',
    documentation: 'One sortable parameter, with - for descending. Missing values come last.',
  },
  {
    name: '_total',
    type: 'special',
    documentation:
      'none (default), accurate; estimate is answered accurately. Rows that match but cannot be mapped are counted, and reported on their page.',
  },
  { name: '_elements', type: 'special', documentation: 'Top-level elements; required ones are always there.' },
  { name: '_summary', type: 'special', documentation: 'true, text, data, count or false.' },
  {
    name: '_include',
    type: 'special',
    documentation: 'Type:parameter or Type:parameter:Target, as listed with the type.',
  },
  { name: '_revinclude', type: 'special', documentation: 'Type:parameter, as listed with the type.' },
  {
    name: '_has',
    type: 'special',
    documentation:
      '_has:Type:reference:parameter, one level. A row that matches but cannot be mapped counts as a match.',
  },
] as const;

function systemParams(served: Served): readonly object[] {
  const everywhere = [...served.values()];
  const shared = [...(everywhere[0]?.params.values() ?? [])].filter(
    (param) => param.code.startsWith('_') && everywhere.every((row) => row.params.has(param.code)),
  );
  return [...shared.map(searchParam), ...resultParameters];
}
