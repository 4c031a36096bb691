import {
  alias,
  and,
  code,
  coding,
  constant,
  defineBranch,
  equals,
  integer,
  isNotBlank,
  localCode,
  mappedCoding,
  orAbsentConcept,
  packedConcept,
  reference,
  string,
  table,
  text,
  textDateTime,
} from 'fascia/mapping';

const problem = alias(
  'pb',
  table('problem', {
    id: integer(),
    kind: text(),
    person_id: integer(),
    codes: text(),
    name: text(),
    begun: text(),
    secrecy: text(),
    ward: text(),
  }),
);

const systems = { ICD10: 'http://hl7.org/fhir/sid/icd-10-cm', SNOMED: 'http://snomed.info/sct' };
const meaning = packedConcept({ column: problem.codes, systems, text: string(problem.name) });
const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';

const labels = {
  security: [
    mappedCoding({
      column: problem.secrecy,
      map: { name: 'secrecy', version: '1', system: CONFIDENTIALITY, codes: { S: 'R', T: 'V' } },
      missing: { fallback: { system: CONFIDENTIALITY, code: 'N' } },
    }),
  ],
  tag: [coding({ system: 'urn:ward', code: problem.ward }), constant({ system: 'urn:origin', code: 'synthetic' })],
};

const begun = textDateTime(problem.begun, 'YYYY-MM-DD', 'Australia/Lord_Howe', {
  unknown: ['0000-00-00', '9999-12-31'],
});

/** One table that holds two types, told apart by a column. */
export const condition = defineBranch('Condition', {
  prefix: 'sc',
  from: problem,
  where: and(equals(problem.kind, 'P'), isNotBlank(problem.codes)),
  key: [problem.id],
  labels,
  elements: {
    code: meaning,
    subject: reference('Patient', 'sp', [problem.person_id], { required: true }),
    onsetDateTime: begun,
  },
});

export const allergy = defineBranch('AllergyIntolerance', {
  prefix: 'sa',
  from: problem,
  where: equals(problem.kind, 'A'),
  key: [problem.id],
  labels,
  elements: {
    code: meaning,
    patient: reference('Patient', 'sp', [problem.person_id], { required: true }),
    onsetDateTime: begun,
    criticality: code(
      problem.secrecy,
      { S: 'high' },
      { unmapped: 'omit', system: 'http://hl7.org/fhir/allergy-intolerance-criticality' },
    ),
  },
});

/** Found by three texts: a name of its own, the name that a map gives its code, and the name that is stored beside the code. */
export const device = defineBranch('Device', {
  prefix: 'sd',
  from: problem,
  where: equals(problem.kind, 'X'),
  key: [problem.id],
  elements: {
    deviceName: [
      { name: string(problem.codes), type: constant('other', { system: 'http://hl7.org/fhir/device-nametype' }) },
    ],
    type: orAbsentConcept(
      localCode({
        column: problem.ward,
        system: 'urn:ward',
        display: problem.name,
        maps: [
          {
            name: 'wards',
            version: '1',
            system: 'urn:wards',
            codes: { W1: { code: '1', display: 'Snowmed pump' }, W3: '3' },
          },
        ],
      }),
      'unknown',
    ),
    patient: reference('Patient', 'sp', [problem.person_id], { required: true }),
  },
});
