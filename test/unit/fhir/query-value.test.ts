import { describe, expect, it } from '@jest/globals';
import { queryValueOf } from '../../../src/fhir/index.ts';

const patient = JSON.stringify({
  resourceType: 'Patient',
  id: 'p.1',
  identifier: [{ system: 'https://a.example/sid', value: '1|2' }],
  active: true,
  name: [{ _family: { extension: [] }, given: ['Ann'] }],
  telecom: [{ system: 'phone', value: '555' }],
  gender: 'female',
  birthDate: '1980-05',
  generalPractitioner: [{ reference: 'Practitioner/q.1' }],
});
const observation =
  '{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"1-2"}],"text":"x"},' +
  '"effectivePeriod":{"start":"2026-01-01"},"valueQuantity":{"value":5.0,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}}';

describe('a value with which a search finds a resource', () => {
  it.each([
    ['_id', 'p.1'],
    ['identifier', 'https://a.example/sid|1\\|2'],
    ['active', 'true'],
    ['name', 'Ann'],
    ['given', 'Ann'],
    ['family', undefined],
    ['phone', '555'],
    ['gender', 'female'],
    ['birthdate', '1980-05'],
    ['general-practitioner', 'Practitioner/q.1'],
    ['nonsense', undefined],
  ])('Patient?%s=%s', (code, expected) => {
    expect(queryValueOf('Patient', code, patient)).toBe(expected);
  });

  it.each([
    ['status', 'final'],
    ['code', 'http://loinc.org|1-2'],
    ['date', '2026-01-01'],
    ['value-quantity', '5.0|http://unitsofmeasure.org|mg'],
    ['code-value-quantity', undefined],
  ])('Observation?%s=%s', (code, expected) => {
    expect(queryValueOf('Observation', code, observation)).toBe(expected);
  });
});
