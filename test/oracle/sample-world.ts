import type { CapabilityStatement, Resource } from '@medplum/fhirtypes';
import { parameterOf } from './definitions.ts';

const ucum = 'http://unitsofmeasure.org';
const loinc = 'http://loinc.org';

/** A hand-written hospital whose answers can be worked out on paper. The zone is America/New_York: 2024 changed clocks on 10 March and 3 November. */
export const sampleResources: readonly Resource[] = [
  {
    resourceType: 'Patient',
    id: 'ann',
    active: true,
    identifier: [{ system: 'urn:mrn', value: 'A|1' }, { value: 'bare-1' }],
    name: [
      { family: "O'Brien", given: ['Ánn', 'Mary'], prefix: ['Dr'] },
      { use: 'nickname', text: 'Annie, the 100%' },
    ],
    gender: 'female',
    birthDate: '1980-05-17',
    deceasedBoolean: false,
    telecom: [
      { system: 'phone', value: '555-1' },
      { system: 'email', value: 'ann@example.org' },
    ],
    address: [{ line: ['1 Main St'], city: 'Boston', state: 'MA', postalCode: '02101' }],
    generalPractitioner: [{ reference: 'Practitioner/gp' }],
    managingOrganization: { reference: 'Organization/hosp' },
  },
  {
    resourceType: 'Patient',
    id: 'bob',
    active: true,
    identifier: [
      { system: 'urn:mrn', value: 'a|1' },
      { system: 'urn:other', value: 'A|1' },
    ],
    name: [{ family: 'OBrien', given: ['Bob'] }],
    gender: 'male',
    birthDate: '1980-05',
    deceasedDateTime: '2024-03-10T03:30:00-04:00',
    telecom: [{ system: 'phone', value: '555-2' }],
    link: [
      { type: 'seealso', other: { reference: 'Patient/cem' } },
      { type: 'replaces', other: { reference: 'Patient/old' } },
    ],
  },
  {
    resourceType: 'Patient',
    id: 'cem',
    name: [{ family: 'İpek', given: ['C_em\\'] }],
    birthDate: '1980',
    link: [{ type: 'seealso', other: { reference: 'Patient/bob' } }],
  },
  { resourceType: 'Patient', id: 'dan', _birthDate: { extension: [] }, address: [{ city: 'Bostwick$' }] } as Resource,
  {
    resourceType: 'Patient',
    id: 'old',
    active: false,
    identifier: [{ system: 'urn:mrn', value: 'A|1' }],
    gender: 'female',
    link: [{ type: 'replaced-by', other: { reference: 'Patient/bob' } }],
  },
  { resourceType: 'Practitioner', id: 'gp', name: [{ family: 'Gomez' }], active: true },
  { resourceType: 'Practitioner', id: 'lab', name: [{ family: 'Labman' }], active: false },
  { resourceType: 'Organization', id: 'hosp', name: 'Meridian', alias: ['Labman House'] },
  { resourceType: 'Organization', id: 'ward', name: 'Ward', partOf: { reference: 'Organization/hosp' } },
  observation(
    'glu',
    'ann',
    {
      effectiveDateTime: '2024-03-10T01:30:00-05:00',
      valueQuantity: { value: 5.4, unit: 'mmol/L', system: ucum, code: 'mmol/L' },
    },
    [
      { system: loinc, code: '2339-0' },
      { system: 'urn:local', code: 'GLU' },
    ],
  ),
  observation(
    'low',
    'ann',
    {
      effectiveDateTime: '2024-03-10',
      valueQuantity: { value: 0.5, comparator: '<', unit: 'ng', code: 'ng', system: ucum },
    },
    [{ code: 'GLU' }],
  ),
  observation(
    'high',
    'bob',
    {
      effectivePeriod: { start: '2024-11-03T01:30:00-04:00' },
      valueQuantity: { value: 5, comparator: '>=', unit: 'mg' },
    },
    [{ system: 'urn:local', code: 'glu' }],
  ),
  observation(
    'hundred',
    'bob',
    { effectiveDateTime: '2024-11-03T01:30:00-05:00', valueQuantity: { value: 100, unit: 'mg' } },
    [{ system: 'urn:local', code: 'HUN' }],
  ),
  observation('text', 'bob', { effectiveDateTime: '2024', valueString: 'Négative, see $note' }),
  {
    ...observation('panel', 'cem', { effectiveDateTime: '2024-11-03T00:15:00.250-04:00' }, [
      { system: loinc, code: '85354-9' },
    ]),
    performer: [{ reference: 'Practitioner/lab' }, { reference: 'Organization/hosp' }],
    component: [
      {
        code: { coding: [{ system: loinc, code: '8480-6' }] },
        valueQuantity: { value: 120, unit: 'mmHg', system: ucum, code: 'mm[Hg]' },
      },
      {
        code: { coding: [{ system: loinc, code: '8462-4' }] },
        valueQuantity: { value: 80, unit: 'mmHg', system: ucum, code: 'mm[Hg]' },
      },
    ],
  } as Resource,
  {
    resourceType: 'RiskAssessment',
    id: 'risk',
    status: 'final',
    subject: { reference: 'Patient/ann' },
    prediction: [{ probabilityDecimal: 0.25 }, { probabilityDecimal: -100 }],
  },
  {
    resourceType: 'ValueSet',
    id: 'vs',
    status: 'active',
    url: 'http://example.org/fhir/vs/one',
    meta: { lastUpdated: '2024-01-01T00:00:00.000Z' },
  },
];

function observation(id: string, patient: string, rest: object, coding?: readonly object[]): Resource {
  const code = coding ? { coding } : { text: 'GLU' };
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code,
    subject: { reference: `Patient/${patient}` },
    ...rest,
  } as Resource;
}

export function sampleByType(): Map<string, Resource[]> {
  const byType = new Map<string, Resource[]>();
  for (const resource of sampleResources) {
    byType.set(resource.resourceType, [...(byType.get(resource.resourceType) ?? []), resource]);
  }
  return byType;
}

const served: Readonly<Record<string, string>> = {
  Patient:
    'active address address-city birthdate death-date deceased email family gender general-practitioner given identifier link name organization phone telecom',
  Practitioner: 'active family name',
  Organization: 'name partof',
  Observation:
    'category code code-value-quantity code-value-string combo-code combo-code-value-quantity component-code component-code-value-quantity date patient performer status subject value-quantity value-string',
  RiskAssessment: 'probability subject patient',
  ValueSet: 'url status',
};

export const sampleStatement: CapabilityStatement = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2024-01-01',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['json'],
  rest: [
    {
      mode: 'server',
      searchParam: [searchParam('Patient', '_id'), searchParam('Patient', '_lastUpdated')],
      resource: Object.entries(served).map(([type, codes]) => ({
        type: type as 'Patient',
        searchParam: codes.split(' ').map((code) => searchParam(type, code)),
        ...(type === 'Observation' ? { searchInclude: ['Observation:subject', 'Observation:performer'] } : {}),
        ...(type === 'Patient' ? { searchInclude: ['Patient:link'], searchRevInclude: ['Observation:subject'] } : {}),
      })),
    },
  ],
};

function searchParam(type: string, name: string) {
  return { name, type: parameterOf(type, name)?.type ?? 'string' };
}
