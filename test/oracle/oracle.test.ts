import { describe, expect, it } from '@jest/globals';
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

type Row = readonly [query: string, ids: string, why: string];

/** Each answer was worked out by hand from https://hl7.org/fhir/R4/search.html and the decisions of the project. */
const rows: Readonly<Record<string, readonly Row[]>> = {
  'string (rest of a value, folding, escapes)': [
    ['Patient?family=obr', 'bob', 'starts with, whatever the case'],
    ['Patient?family=brien', '', 'not in the middle'],
    ["Patient?family=o'b", 'ann', 'an apostrophe is a letter'],
    ['Patient?family:exact=OBrien', 'bob', 'whole value'],
    ['Patient?family:exact=obrien', '', 'exact minds the case'],
    ['Patient?family:exact=OBrie', '', 'exact is the whole value'],
    ['Patient?family:contains=BRIEN', 'ann bob', 'contains folds'],
    ['Patient?given=ann', 'ann', 'declared folding drops accents'],
    ['Patient?given=%C3%81NN', 'ann', 'accents in the search value fold too'],
    ['Patient?given:exact=Ann', '', 'exact minds accents'],
    ['Patient?name=ann', 'ann', 'another part of the same parameter; the text part starts with Ann'],
    ['Patient?name=%C3%A1nn', 'ann', 'without a declared folding accents are exact'],
    ['Patient?name=dr', 'ann', 'name covers the prefix'],
    ['Patient?family=%C4%B0PEK', 'cem', 'simple lower case of dotted İ is i'],
    ['Patient?family=ipek', 'cem', 'simple lower case of dotted İ is i'],
    ['Patient?given=C%25', '', '% is a letter'],
    ['Patient?given=C_', 'cem', '_ is a letter'],
    ['Patient?given=B_b', '', '_ is no wildcard'],
    ['Patient?given:exact=C_em%5C%5C', 'cem', 'an escaped backslash'],
    ['Patient?name=Annie%5C,%20the', 'ann', 'an escaped comma belongs to the value'],
    ['Patient?name=Annie,Bob', 'ann bob', 'a comma is OR'],
    ['Patient?name:contains=100%25', 'ann', 'contains a percent sign'],
    ['Patient?address-city=Bost', 'ann dan', 'two cities'],
    ['Patient?address-city=bostwick%5C$', 'dan', 'an escaped dollar'],
    ['Patient?address=02101', 'ann', 'address covers the postal code'],
    ['Patient?address=1+main', 'ann', 'a plus is a space'],
    ['Patient?name=ann&name=mary', 'ann', 'AND need not hit the same element'],
    ['Patient?name=ann&name=bob', '', 'AND'],
    ['Organization?name=labman', 'hosp', 'name covers the alias'],
    ['Observation?value-string=n%C3%A9gative%5C,%20see%20%5C$note', 'text', 'valueString, escapes'],
  ],
  token: [
    ['Patient?gender=male', 'bob', 'code'],
    ['Patient?gender=Male', '', 'codes mind the case'],
    ['Patient?gender=http://hl7.org/fhir/administrative-gender%7Cmale', 'bob', 'the declared system of a code'],
    ['Patient?gender=urn:x%7Cmale', '', 'another system'],
    ['Patient?gender:not=male', 'ann cem dan', ':not holds where the element is missing'],
    ['Patient?gender:not=male,female', 'cem dan', ':not of a list excludes all of them'],
    ['Patient?gender=male,female', 'ann bob', 'OR'],
    ['Patient?active=true', 'ann bob', 'boolean; secondary records are no matches'],
    ['Patient?active=false', '', 'the secondary record is the only inactive one'],
    ['Patient?active:missing=true', 'cem dan', 'missing'],
    ['Patient?active:missing=false', 'ann bob', 'present'],
    ['Patient?deceased=true', 'bob', 'a date of death counts'],
    ['Patient?deceased=false', 'ann cem dan', 'the expression is false where nothing is recorded'],
    ['Patient?identifier=A%5C%7C1', 'ann bob', 'any system; an escaped bar'],
    ['Patient?identifier=urn:mrn%7CA%5C%7C1', 'ann', 'system and value'],
    ['Patient?identifier=%7CA%5C%7C1', '', '|value: only without a system'],
    ['Patient?identifier=%7Cbare-1', 'ann', '|value'],
    ['Patient?identifier=bare-1', 'ann', 'value alone'],
    ['Patient?identifier=urn:other%7C', 'bob', 'system|: any value'],
    ['Patient?phone=555-1,555-2', 'ann bob', 'ContactPoint.value'],
    ['Patient?phone=ann@example.org', '', 'phone is only the phone'],
    ['Patient?telecom=ann@example.org', 'ann', 'telecom is any'],
    ['Observation?code=GLU', 'glu low', 'any system; the text of a CodeableConcept is not matched'],
    ['Observation?code=%7CGLU', 'low', 'no system'],
    ['Observation?code=urn:local%7CGLU', 'glu', 'system and code in the same coding'],
    ['Observation?code=http://loinc.org%7CGLU', '', 'not mixed from two codings'],
    ['Observation?code=urn:local%7C', 'glu high hundred', 'any code of a system'],
    ['Observation?code:not=urn:local%7C', 'low text panel', 'text has no coding'],
    ['Observation?code:missing=true', '', 'a text is a value'],
    ['Observation?combo-code=8480-6', 'panel', 'codes of components'],
    ['Patient?_id=ann,dan,nosuch,old', 'ann dan', 'secondary records are never matches'],
    ['Patient?_id=ANN', '', 'ids mind the case'],
  ],
  'date (ranges by precision, zones, DST)': [
    ['Patient?birthdate=1980-05-17', 'ann', 'eq contains'],
    ['Patient?birthdate=1980-05', 'ann bob', 'a month contains its day and itself, not the year'],
    ['Patient?birthdate=1980', 'ann bob cem', 'a year contains all'],
    ['Patient?birthdate=ne1980-05', 'cem', 'ne: a value that is not contained; missing values do not match'],
    ['Patient?birthdate=gt1980-05-17', 'bob cem', 'the target reaches beyond the day'],
    ['Patient?birthdate=gt1980-05-31', 'cem', 'the month ends with the day'],
    ['Patient?birthdate=lt1980-05-17', 'bob cem', 'the target begins before'],
    ['Patient?birthdate=ge1980-05-17', 'ann bob cem', 'gt or eq'],
    [
      'Patient?birthdate=le1980-05-01',
      'cem',
      'the month begins with the day, so it is not less, and it is not contained',
    ],
    ['Patient?birthdate=sa1980-04-30', 'ann bob', 'starts after: the whole target'],
    ['Patient?birthdate=eb1980-05-18', 'ann', 'ends before: the whole target'],
    ['Patient?birthdate=1980-05-17T12:00Z', '', 'a minute contains no day'],
    ['Patient?birthdate=ge1979,lt1970', 'ann bob cem', 'each OR value has its own prefix'],
    ['Patient?birthdate:missing=true', 'dan', 'an element with an extension only has no value'],
    ['Patient?death-date=2024-03-10', 'bob', 'the day in the server zone'],
    ['Patient?death-date=2024-03-10T07:30:00Z', 'bob', 'the same instant in UTC'],
    ['Patient?death-date=2024-03-10T03:30', 'bob', 'wall time after the gap'],
    ['Observation?date=2024-03-10T06:30:00Z', 'glu', 'the same second'],
    ['Observation?date=2024-03-10T01:30', 'glu', 'without offset: the server zone'],
    ['Observation?date=2024-03-10', 'glu low', 'a day of 23 hours'],
    ['Observation?date=ge2024-03-11&date=lt2024-04', 'text', 'the year 2024 reaches both ways; high begins later'],
    ['Observation?date=2024-11-03', 'hundred panel', 'a day of 25 hours; an open period is not contained'],
    [
      'Observation?date=2024-11-03T01:30',
      '',
      'a wall time that occurs twice is its first occurrence: high begins then but is open',
    ],
    ['Observation?date=2024-11-03T01:30-05:00', 'hundred', 'the second occurrence needs its offset'],
    ['Observation?date=sa2024-11-03T01:29', 'high hundred', 'starts after the first 01:29'],
    ['Observation?date=gt2030', 'high', 'an open end is infinite'],
    ['Observation?date=eb2024-11-03T04:15:00.250Z', 'glu low', 'ends before that millisecond'],
    ['Observation?date=2024-11-03T04:15:00.250Z', 'panel', 'a millisecond contains a millisecond'],
    ['Observation?date=2024-11-03T04:15:00Z', 'panel', 'a second contains its milliseconds'],
    ['Observation?date=2024-11-03T04:15:00.251Z', '', 'the next millisecond'],
    ['Observation?date=ap2024-11-03', 'high hundred text panel', 'overlaps the day widened by 0.9 days'],
    ['Observation?date=ap2024-11-04', 'high text', 'widened by a tenth of the distance to now: to 3 November 04:39'],
    ['Observation?date=ap2024-03-09', 'glu low text', 'widened by 24.8 days: 13 February to 3 April'],
    ['ValueSet?_lastUpdated=2023-12-31&status=active', 'vs', 'an instant is on the day before in New York'],
    ['ValueSet?_lastUpdated=2024-01-01', '', 'not on the day of UTC'],
  ],
  'number and quantity': [
    ['Observation?value-quantity=5.4', 'glu', 'exact'],
    ['Observation?value-quantity=5', 'glu', '[4.5, 5.5) contains 5.4; the range of >=5 is not contained'],
    ['Observation?value-quantity=5.40', 'glu', '[5.395, 5.405)'],
    ['Observation?value-quantity=5.44', '', '[5.435, 5.445)'],
    ['Observation?value-quantity=1e2', 'hundred', '[50, 150)'],
    ['Observation?value-quantity=99.6', '', '[99.55, 99.65)'],
    ['Observation?value-quantity=ne100', 'glu low high', 'not contained'],
    ['Observation?value-quantity=gt5.4', 'high hundred', 'a point above; the exact value'],
    ['Observation?value-quantity=ge5.4', 'glu high hundred', 'a point at or above'],
    ['Observation?value-quantity=lt0.5', 'low', 'below 0.5'],
    ['Observation?value-quantity=ge0.5', 'glu high hundred', '<0.5 has no point at 0.5'],
    ['Observation?value-quantity=le5', 'low high', '>=5 has the point 5'],
    ['Observation?value-quantity=lt5', 'low', '>=5 has no point below 5'],
    ['Observation?value-quantity=sa4.9', 'glu high hundred', 'all points above'],
    ['Observation?value-quantity=sa5', 'glu hundred', '>=5 has the point 5'],
    ['Observation?value-quantity=eb0.5', 'low', 'all points of <0.5 are below 0.5'],
    ['Observation?value-quantity=ap110', 'high hundred', '[99, 121], and >=5 overlaps'],
    ['Observation?value-quantity=ap111.2', 'high', '[100.08, 122.32]'],
    ['Observation?value-quantity=5.4%7Chttp://unitsofmeasure.org%7Cmmol/L', 'glu', 'system and code'],
    ['Observation?value-quantity=gt1%7C%7Cmg', 'high hundred', 'the unit as text'],
    ['Observation?value-quantity=lt1%7C%7Cng', 'low', 'the code'],
    ['Observation?value-quantity=gt1%7Chttp://unitsofmeasure.org%7Cmg', '', 'no system'],
    ['Observation?value-quantity:missing=true', 'text panel', 'values of components are another parameter'],
    ['RiskAssessment?probability=0.25', 'risk', 'number'],
    ['RiskAssessment?probability=0.2', '', '[0.15, 0.25) excludes its end'],
    ['RiskAssessment?probability=0.3', 'risk', '[0.25, 0.35) includes its beginning'],
    ['RiskAssessment?probability=lt-99', 'risk', 'negative numbers'],
    ['RiskAssessment?probability=-1e2', 'risk', '[-150, -50)'],
    ['RiskAssessment?probability=ap-91', 'risk', '[-100.1, -81.9]'],
  ],
  'reference, chain, _has, uri, composite': [
    ['Observation?subject=ann', 'glu low', 'id alone'],
    ['Observation?subject=Patient/ann', 'glu low', 'type and id'],
    ['Observation?subject=http://localhost/fhir/Patient/ann', 'glu low', 'absolute URL of this server'],
    ['Observation?subject=http://other/fhir/Patient/ann', '', 'absolute URL of another server'],
    ['Observation?subject:Patient=ann', 'glu low', 'type modifier'],
    ['Observation?subject=Device/ann', '', 'another type'],
    ['Observation?patient=Patient/cem,bob', 'high hundred text panel', 'OR of both forms'],
    ['Observation?performer=hosp', 'panel', 'id alone, any target type'],
    ['Observation?performer:missing=false', 'panel', 'present'],
    ['Observation?patient=old', 'high hundred text', 'the id of a secondary record stands for its person'],
    ['Observation?subject=Patient/old', 'high hundred text', 'the same with a type'],
    ['Patient?organization:missing=true', 'bob cem dan', 'missing'],
    ['Observation?patient.family=o', 'glu low high hundred text', 'chain'],
    ['Observation?subject:Patient.gender=male', 'high hundred text', 'chain with a type'],
    ['Observation?subject.gender:not=male', 'glu low panel', 'chain with a modifier; the reference must exist'],
    ['Observation?performer.name=labman', 'panel', 'both target types have a name'],
    ['Observation?performer:Organization.name=lab', 'panel', 'the alias'],
    ['Observation?performer:Practitioner.name=meridian', '', 'the type restricts'],
    ['Observation?patient.birthdate:missing=true', '', 'nobody with an observation lacks it'],
    ['Observation?patient._id=ann', 'glu low', 'chain to _id'],
    ['Patient?general-practitioner.name=gom', 'ann', 'chain'],
    ['Patient?_has:Observation:patient:code=GLU', 'ann', '_has'],
    ['Patient?_has:Observation:patient:value-quantity=gt99&gender=male', 'bob', '_has and another criterion'],
    ['Patient?_has:Observation:subject:code:not=GLU', 'bob cem', '_has with a modifier'],
    ['Patient?_has:Observation:patient:code=GLU&_has:Observation:patient:status=final', 'ann', 'two _has'],
    ['Practitioner?_has:Patient:general-practitioner:gender=female', 'gp', '_has on a shared type'],
    ['Organization?_has:Organization:partof:name=ward', 'hosp', '_has of the same type'],
    ['ValueSet?url=http://example.org/fhir/vs/one', 'vs', 'uri'],
    ['ValueSet?url=http://example.org/fhir/vs', '', 'uri is exact'],
    ['ValueSet?url:below=http://example.org/fhir', 'vs', ':below'],
    ['ValueSet?url:above=http://example.org/fhir/vs/one/two', 'vs', ':above'],
    ['Observation?component-code-value-quantity=8480-6$gt100', 'panel', 'composite in the same component'],
    ['Observation?component-code-value-quantity=8462-4$gt100', '', 'not across components'],
    ['Observation?component-code=8462-4&combo-code=8480-6', 'panel', 'AND may hit several components'],
    ['Observation?combo-code-value-quantity=http://loinc.org%7C8462-4$80%7C%7CmmHg', 'panel', 'composite with units'],
    ['Observation?code-value-quantity=GLU$lt1', 'low', 'composite on the observation'],
    ['Observation?code-value-quantity=GLU$lt1,2339-0$gt5', 'glu low', 'OR of composites'],
    ['Observation?code-value-string=GLU$neg', '', 'the text of a code is not matched'],
  ],
};

const refused = [
  'Patient?birthdate=1980-02-30',
  'Patient?birthdate=1980-13',
  'Patient?birthdate=05/17/1980',
  'Patient?active=yes',
  'Patient?gender:exact=male',
  'Patient?family:nosuch=x',
  'Patient?gender:missing=maybe',
  'Patient?phonetic=x',
  'Patient?nosuch=x',
  'Patient?_sort=family,given',
  'Patient?_count=abc',
  'Patient?_has:Observation:code:status=final',
  'Patient?_include:iterate=Patient:link',
  'Observation?value-quantity=abc',
  'Observation?value-quantity=5%7Cmg',
  'Observation?code-value-quantity=GLU',
  'Observation?patient.general-practitioner.name=x',
  'Observation?patient.nosuch=x',
  'Observation?subject:Practitioner=ann',
  'Condition?code=x',
];

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
