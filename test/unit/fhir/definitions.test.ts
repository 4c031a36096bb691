import { describe, expect, it } from '@jest/globals';
import {
  elementsOf,
  jsonNamesAsked,
  mandatoryElements,
  patientPathOf,
  resourceTypes,
  searchParameters,
  summaryElements,
} from '../../../src/fhir/index.ts';

const parameter = (type: string, code: string) => searchParameters(type).find((p) => p.code === code);

describe('R4 definitions', () => {
  it('knows all types of https://hl7.org/fhir/R4/resourcelist.html', () => {
    expect(resourceTypes.size).toBe(146);
    expect(resourceTypes.has('Observation')).toBe(true);
    expect(resourceTypes.has('SubscriptionStatus')).toBe(false);
    expect(resourceTypes.has('constructor')).toBe(false);
  });

  it('cuts a shared expression to the type and adds the parameters of the base types', () => {
    expect(parameter('Observation', 'date')).toEqual({
      code: 'date',
      type: 'date',
      url: 'http://hl7.org/fhir/SearchParameter/clinical-date',
      expression: 'Observation.effective',
      targets: [],
      components: [],
    });
    expect(parameter('InsurancePlan', 'name')?.expression).toBe('InsurancePlan.name | InsurancePlan.alias');
    expect(parameter('Patient', '_id')?.expression).toBe('Resource.id');
    expect(parameter('Patient', '_text')).toBeDefined();
    expect(parameter('Binary', '_text')).toBeUndefined();
    expect(searchParameters('Nothing')).toEqual([]);
  });

  it('resolves the components of every composite', () => {
    const of = parameter('Observation', 'code-value-quantity')?.components;
    expect(of?.map((c) => [c.code, c.type, c.expression])).toEqual([
      ['code', 'token', 'code'],
      ['value-quantity', 'quantity', 'value.ofType(Quantity)'],
    ]);
    for (const type of resourceTypes) expect(searchParameters(type).length).toBeGreaterThan(5);
  });

  it('writes choice elements by their JSON names', () => {
    expect([...mandatoryElements('Observation')].sort()).toEqual(['code', 'id', 'meta', 'status']);
    expect(mandatoryElements('MedicationDispense').has('medicationCodeableConcept')).toBe(true);
    expect(summaryElements('Observation').has('valueQuantity')).toBe(true);
    expect(summaryElements('Observation').has('note')).toBe(false);
    expect(jsonNamesAsked('Patient', 'deceased')).toEqual(['deceasedBoolean', 'deceasedDateTime']);
    expect(jsonNamesAsked('Patient', 'deceased[x]')).toEqual(['deceasedBoolean', 'deceasedDateTime']);
    expect(jsonNamesAsked('Patient', 'deceasedBoolean')).toEqual(['deceasedBoolean']);
    expect(jsonNamesAsked('Patient', 'nme')).toBeUndefined();
    expect(elementsOf('Patient').find((e) => e.name === 'name')).toMatchObject({ min: 0, max: '*', isSummary: true });
  });
});

describe('the patient compartment', () => {
  it('names, for every type, a reference parameter that can point at a patient', () => {
    for (const type of resourceTypes) {
      const path = patientPathOf(type);
      if (typeof path !== 'object' || path.is === 'element' || type === 'Patient') continue;
      const found = parameter(type, path.code);
      expect([type, found?.type]).toEqual([type, 'reference']);
      expect([type, found?.targets.length === 0 || found?.targets.includes('Patient')]).toEqual([type, true]);
      expect(path.code).not.toMatch(/performer|author|asserter|recorder|owner|requester|agent|source/);
    }
  });

  it.each([
    ['Patient', { is: 'patient', code: '_id' }],
    ['Observation', { is: 'patient', code: 'patient' }],
    ['Coverage', { is: 'patient', code: 'beneficiary' }],
    ['Practitioner', 'shared'],
    ['Group', undefined],
    ['Provenance', 'target'],
    ['Binary', { is: 'element', element: 'securityContext' }],
    ['ValueSet', undefined],
    ['constructor', undefined],
  ])('%s', (type, path) => {
    expect(patientPathOf(type)).toEqual(path);
  });
});
