import { describe, expect, it } from '@jest/globals';
import { refused, rows } from './expected-answers.ts';
import { createOracle } from './oracle.ts';
import { sampleByType, sampleStatement } from './sample-world.ts';

const oracle = createOracle({
  resources: sampleByType(),
  zone: 'America/New_York',
  nowMs: Date.parse('2024-11-13T01:30:00-05:00'),
  advertised: sampleStatement,
  baseUrl: 'http://localhost/fhir',
  folding: (type, code) => (type === 'Patient' && code === 'given' ? 'unaccent-upper' : 'lower'),
  codeSystem: (_type, code) => (code === 'gender' ? 'http://hl7.org/fhir/administrative-gender' : undefined),
});

function answer(path: string, reach?: { readonly patient: string }) {
  const [type = '', query = ''] = path.split('?');
  return oracle.search(type, query, reach);
}

describe.each(Object.entries(rows))('%s', (_name, table) => {
  it.each(table)('%s → %s (%s)', (path, ids) => {
    const expectation = answer(path);
    expect(expectation.refused).toBeUndefined();
    expect([...expectation.ids].sort()).toEqual(ids.split(' ').filter(Boolean).sort());
    expect(expectation.total).toBe(expectation.ids.length);
  });
});

describe('refusals', () => {
  it.each(refused)('%s', (path) => {
    expect(answer(path).refused).toBeDefined();
  });
  it('ignores an undefined parameter beside a criterion', () => {
    expect(answer('Patient?nosuch=x&gender=male').ids).toEqual(['bob']);
  });
  it('finds everything without criteria', () => {
    expect(answer('Patient?_count=2').ids).toEqual(['ann', 'bob', 'cem', 'dan']);
  });
});

describe('order', () => {
  it.each([
    ['Patient?_sort=birthdate', 'cem | bob | ann | dan'],
    ['Patient?_sort=-birthdate', 'ann | bob | cem | dan'],
    ['Patient?_sort=given', 'ann | bob | cem | dan'],
    ['Patient?_sort=-given', 'ann | cem | bob | dan'],
    ['Observation?_sort=value-quantity', 'low | high | glu | hundred | text panel'],
    ['Observation?_sort=-value-quantity', 'hundred | glu | high | low | text panel'],
    ['Observation?_sort=-subject', 'panel | high hundred text | glu low'],
    ['RiskAssessment?_sort=probability', 'risk'],
  ])('%s → %s: missing values last both ways, ties in one group', (path, order) => {
    expect(
      answer(path)
        .order.map((group) => group.join(' '))
        .join(' | '),
    ).toBe(order);
  });
});

describe('includes', () => {
  it.each([
    ['Observation?code=HUN&_include=Observation:subject', 'Patient/bob'],
    ['Observation?_id=panel&_include=Observation:performer', 'Organization/hosp Practitioner/lab'],
    ['Observation?_id=panel&_include=Observation:performer:Organization', 'Organization/hosp'],
    ['Patient?_id=ann&_revinclude=Observation:subject', 'Observation/glu Observation/low'],
    ['Patient?_id=bob&_include=Patient:link', 'Patient/cem'],
    ['Patient?_include=Patient:link', 'Patient/bob Patient/cem'],
  ])('%s → %s', (path, includes) => {
    expect([...answer(path).includes].sort().join(' ')).toBe(includes);
  });
  it('belong to the page that refers to them', () => {
    expect([...oracle.includesOf('Patient', '_include=Patient:link', ['bob'])]).toEqual(['Patient/cem']);
    expect([...oracle.includesOf('Patient', '_include=Patient:link', ['ann'])]).toEqual([]);
  });
});

describe('within reach of one patient', () => {
  const reach = { patient: 'ann' };
  it.each([
    ['Patient', 'ann'],
    ['Observation', 'glu low'],
    ['Observation?patient=bob', ''],
    ['Observation?subject.gender:not=male', 'glu low'],
    ['Practitioner', 'gp lab'],
    ['Practitioner?_has:Patient:general-practitioner:gender=female', 'gp'],
    ['Organization?_has:Observation:performer:status=final', ''],
    ['ValueSet', ''],
    ['RiskAssessment', 'risk'],
  ])('%s → %s', (path, ids) => {
    expect(answer(path, reach).ids.join(' ')).toBe(ids);
  });
  it('holds for includes in both directions', () => {
    expect([...answer('Practitioner?_revinclude=Patient:general-practitioner', reach).includes]).toEqual([
      'Patient/ann',
    ]);
    expect([...answer('Patient?_include=Patient:link', { patient: 'bob' }).includes]).toEqual([]);
  });
});
