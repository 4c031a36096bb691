import { describe, expect, it } from '@jest/globals';
import { createValidator, type JsonResource, type ValidateRequest } from '../../../src/fhir/index.ts';

describe('$validate (https://hl7.org/fhir/R4/resource-operation-validate.html)', () => {
  const validator = createValidator();
  async function issues(resource: object, request: Partial<ValidateRequest> = {}): Promise<string[]> {
    const text = await validator.validate({
      ...{ is: 'validate', type: 'Patient', resource: resource as JsonResource },
      ...request,
    });
    const outcome = JSON.parse(text) as {
      readonly issue: readonly { severity: string; diagnostics: string; expression?: string[] }[];
    };
    return outcome.issue
      .filter((issue) => issue.severity !== 'information')
      .map((issue) => `${issue.severity} ${issue.expression?.[0] ?? ''}: ${issue.diagnostics}`);
  }
  const patient = { resourceType: 'Patient', name: [{ family: 'Doe' }], birthDate: '2000-01-01' };

  it.each([
    ['a good Patient', patient, {}, undefined],
    ['an unknown element', { ...patient, nme: 1 }, {}, 'error Patient.nme'],
    ['a wrong date', { ...patient, birthDate: '01.02.2000' }, {}, 'error Patient.birthDate'],
    [
      'a missing element',
      { resourceType: 'Observation', status: 'final' },
      { type: 'Observation' },
      'error Observation.code',
    ],
    ['an empty array', { ...patient, name: [] }, {}, 'error Patient.name'],
    ['an empty string', { ...patient, name: [{ family: '' }] }, {}, 'error Patient.name[0].family'],
    ['a bad id', { ...patient, id: 'a b' }, {}, 'error Patient.id'],
    ['another type', patient, { type: 'Observation' }, 'error Patient: This is a Patient'],
    ['no type of R4', { resourceType: 'Nothing' }, {}, 'error Patient: R4 has no such'],
    ['an invariant', { ...patient, contact: [{ gender: 'male' }] }, {}, 'error Patient.contact[0]: Constraint pat-1'],
    [
      'a contained resource',
      { ...patient, contained: [{ resourceType: 'Device', foo: 1 }] },
      {},
      'error Patient.contained[0].foo',
    ],
    ['base R4 as profile', patient, { profile: 'http://hl7.org/fhir/StructureDefinition/Patient' }, undefined],
    ['an unsupported profile', patient, { profile: 'http://example.org/p' }, 'error : The profile is not supported'],
    ['an update of another id', { ...patient, id: '1' }, { mode: 'update', id: '2' }, 'error Patient.id: An update'],
    [
      'two types of one choice',
      { ...patient, deceasedBoolean: true, deceasedDateTime: '2020' },
      {},
      'error : Conflicting choice of type properties: "deceasedDateTime", "deceasedBoolean"',
    ],
    ['a deletion', patient, { mode: 'delete' }, 'error : Nothing can be deleted'],
    ['a code that its value set lacks', { ...patient, gender: 'man' }, {}, 'error Patient.gender: The code is not in'],
    [
      'such a code deep inside',
      { ...patient, contact: [{ name: { family: 'Doe' }, telecom: [{ system: 'pager', value: '1', use: 'car' }] }] },
      {},
      'error Patient.contact[0].telecom[0].use: The code is not in the required value set http://hl7.org/fhir/ValueSet/contact-point-use',
    ],
    [
      'a concept whose codings a required binding lacks',
      {
        ...{ resourceType: 'Condition', subject: { reference: 'Patient/1' } },
        clinicalStatus: { coding: [{ system: 'http://example.org', code: 'active' }] },
      },
      { type: 'Condition' },
      'error Condition.clinicalStatus: The code is not in',
    ],
    [
      'a concept with a coding that it has',
      {
        ...{ resourceType: 'Condition', subject: { reference: 'Patient/1' } },
        clinicalStatus: {
          coding: [
            { system: 'http://example.org', code: '1' },
            { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'relapse' },
          ],
        },
      },
      { type: 'Condition' },
      undefined,
    ],
    [
      'an invariant of a datatype',
      { ...patient, telecom: [{ value: '1' }] },
      {},
      'error Patient.telecom[0]: Constraint cpt-2',
    ],
    [
      'a unit without its system',
      { resourceType: 'Observation', status: 'final', code: { text: 'x' }, valueQuantity: { value: 1, code: 'mg' } },
      { type: 'Observation' },
      'error Observation.value: Constraint qty-3',
    ],
    [
      'a period that ends before it starts',
      { ...patient, identifier: [{ value: 'x', period: { start: '2021', end: '2020' } }] },
      {},
      'error Patient.identifier[0].period: Constraint per-1',
    ],
    [
      'an invariant of the whole',
      { resourceType: 'Organization' },
      { type: 'Organization' },
      'error Organization: Constraint org-1',
    ],
    [
      'a reference to what is not contained',
      { ...patient, managingOrganization: { reference: '#x' } },
      {},
      'error Patient.managingOrganization: Constraint ref-1',
    ],
    [
      'a reference to what is contained',
      {
        ...patient,
        contained: [{ resourceType: 'Organization', id: 'x', name: 'X' }],
        managingOrganization: { reference: '#x' },
      },
      {},
      undefined,
    ],
    ['a media type, which cannot be listed', { ...patient, photo: [{ contentType: 'image/x-odd' }] }, {}, undefined],
    [
      'a name of every object',
      JSON.parse('{"resourceType":"Patient","constructor":1}') as object,
      {},
      'error Patient: R4 knows no',
    ],
    ['nulls', { ...patient, birthDate: null }, {}, 'error Patient.birthDate'],
    ['nonsense', { resourceType: 'Bundle', entry: 5, type: {} }, { type: 'Bundle' }, 'error Bundle'],
    ['nonsense in meta', { ...patient, meta: { profile: 'x' } }, {}, 'error Patient.meta'],
  ])('%s', async (_, resource, request, expected) => {
    const found = await issues(resource, request as Partial<ValidateRequest>);
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found.join('\n')).toContain(expected);
  });

  it('says what it could not check yet, where the structure is wrong', async () => {
    const text = async (resource: JsonResource): Promise<string> =>
      validator.validate({ is: 'validate', type: 'Patient', resource });
    expect(await text(patient)).toContain('invariants and required bindings of R4. Not checked: other bindings');
    expect(await text({ ...patient, gender: 'm', birthDate: '1990-02-30' })).toContain(
      'Checked: structure, cardinality and data types of R4. Not checked before these are right: invariants and required bindings.',
    );
  });

  it('does not follow nesting without end', async () => {
    const deep = JSON.parse(
      `{"resourceType":"Patient","extension":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    ) as object;
    expect((await issues(deep)).join()).toContain('levels deep');
  });

  it('validates what is stored, where nothing is sent', async () => {
    const request: ValidateRequest = { is: 'validate', type: 'Patient', id: '1' };
    expect(await validator.validate(request, { ...patient, id: '1' })).toContain('Not checked');
  });
});
