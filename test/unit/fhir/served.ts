import type { ParamType, ResourceType, Served, ServedParam, ServedType } from '../../../src/contracts/index.ts';
import { searchParameters } from '../../../src/fhir/index.ts';

/** The modifiers that every kind of parameter may have. */
export const modifiers: Readonly<Record<ParamType, readonly string[]>> = {
  token: ['missing', 'not'],
  string: ['missing', 'exact', 'contains'],
  date: ['missing'],
  reference: ['missing'],
  quantity: ['missing'],
  number: ['missing'],
  uri: ['missing', 'below', 'above'],
  composite: [],
};

/** Rows as the record layer derives them, from the R4 definition: only what is served differs. */
function servedType(
  type: ResourceType,
  codes: readonly string[],
  targets: Readonly<Record<string, readonly ResourceType[]>>,
  revincludes: readonly string[],
): ServedType {
  const params = new Map<string, ServedParam>();
  for (const code of ['_id', ...codes]) {
    const definition = searchParameters(type).find((one) => one.code === code);
    if (definition === undefined) throw new Error(`${type} has no parameter ${code}`);
    const kind = definition.type as ParamType;
    params.set(code, {
      code,
      type: kind,
      definition: definition.url,
      targets: targets[code] ?? [],
      modifiers: code === '_id' ? ['not'] : modifiers[kind],
      components: definition.components.map((component) => component.type as ParamType),
      sortable: kind === 'date' || kind === 'string',
      ...(kind === 'string' ? { documentation: 'Case-insensitive.' } : {}),
    });
  }
  const includes = Object.keys(targets).map((code) => `${type}:${code}`);
  return {
    ...{ type, params, includes, revincludes },
    profiles: [`http://example.org/StructureDefinition/${type}`],
    elements: new Set(['identifier']),
    unavailable: [],
  };
}

/** A small server for tests. */
export const served: Served = new Map(
  [
    servedType(
      'Patient',
      [
        'name',
        'family',
        'birthdate',
        'gender',
        'identifier',
        'active',
        'deceased',
        'general-practitioner',
        '_lastUpdated',
      ],
      { 'general-practitioner': ['Practitioner', 'Organization'] },
      ['Observation:subject', 'Observation:patient'],
    ),
    servedType(
      'Observation',
      [
        'code',
        'date',
        'status',
        'subject',
        'patient',
        'performer',
        'value-quantity',
        'code-value-quantity',
        'code-value-date',
      ],
      { subject: ['Patient'], patient: ['Patient'], performer: ['Practitioner', 'Organization'] },
      [],
    ),
    servedType('Practitioner', ['name', 'identifier'], {}, ['Patient:general-practitioner', 'Observation:performer']),
    servedType('Organization', ['name', 'identifier', 'address'], {}, ['Observation:performer']),
    servedType('RiskAssessment', ['probability', 'patient'], { patient: ['Patient'] }, []),
    servedType('ValueSet', ['url'], {}, []),
  ].map((row) => [row.type, row]),
);
