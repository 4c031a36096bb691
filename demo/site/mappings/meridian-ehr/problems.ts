import {
  code,
  codeableConcept,
  constant,
  defineBranch,
  localCode,
  mappedCoding,
  packedConcept,
  required,
  string,
} from 'fascia/mapping';
import { ALLERGY_VERIFICATION, CLINICAL, CONDITION_VERIFICATION, NO_ALLERGY, REACTION } from './codes-problems.ts';
import {
  abatement,
  clinicalStatus,
  encounter,
  entries,
  LABELS,
  onset,
  p,
  patient,
  PROBLEM_JOINS,
  recordedDate,
  recorder,
  verificationStatus,
} from './problem-list.ts';

const SNOMED = 'http://snomed.info/sct';
const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/';

const text = string(p.DESC_TXT);
const row = { from: p, joins: PROBLEM_JOINS, key: [p.PRB_NO] } as const;

export const condition = defineBranch('Condition', {
  ...row,
  prefix: 'mc',
  where: entries('PR'),
  labels: LABELS,
  profiles: [`${US_CORE}us-core-condition-problems-health-concerns`],
  absentInSource: ['meta.lastUpdated', 'extension'],
  elements: {
    clinicalStatus: clinicalStatus('http://terminology.hl7.org/CodeSystem/condition-clinical', CLINICAL),
    verificationStatus: verificationStatus(CONDITION_VERIFICATION),
    category: [
      constant({
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/condition-category',
            code: 'problem-list-item',
            display: 'Problem List Item',
          },
        ],
      }),
    ],
    code: required(
      packedConcept({
        column: p.CODES,
        systems: { ICD10: 'http://hl7.org/fhir/sid/icd-10-cm', SNOMED },
        text,
      }),
    ),
    subject: patient,
    encounter,
    onsetDateTime: onset,
    abatementDateTime: abatement,
    recordedDate,
    recorder,
  },
});

const category = code(
  p.CAT_CD,
  { M: 'medication', F: 'food', E: 'environment' },
  { unmapped: 'omit', system: 'http://hl7.org/fhir/allergy-intolerance-category' },
);

const ofAllergy = {
  clinicalStatus: clinicalStatus('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', {
    A: 'active',
    C: 'active',
    I: 'inactive',
    R: 'resolved',
  }),
  verificationStatus: verificationStatus(ALLERGY_VERIFICATION),
} as const;

export const allergy = defineBranch('AllergyIntolerance', {
  ...row,
  prefix: 'ma',
  where: entries('AL'),
  labels: LABELS,
  profiles: [`${US_CORE}us-core-allergyintolerance`],
  elements: {
    ...ofAllergy,
    category: [category],
    criticality: code(
      p.CRIT_CD,
      { H: 'high', L: 'low', U: 'unable-to-assess' },
      { unmapped: 'omit', system: 'http://hl7.org/fhir/allergy-intolerance-criticality' },
    ),
    code: required(
      packedConcept({
        column: p.CODES,
        systems: { RXN: 'http://www.nlm.nih.gov/research/umls/rxnorm', SNOMED },
        text,
      }),
    ),
    patient,
    encounter,
    recordedDate,
    recorder,
    reaction: [
      {
        manifestation: [
          localCode({ column: p.RCT_CD, system: 'https://meridian.example/cs/reaction', maps: [REACTION] }),
        ],
        severity: code(
          p.RCT_SEV,
          { M: 'mild', O: 'moderate', S: 'severe' },
          { unmapped: 'omit', system: 'http://hl7.org/fhir/reaction-event-severity' },
        ),
      },
    ],
  },
});

/** Somebody asked, and there are none: a statement of its own, not the absence of one. */
export const noKnownAllergy = defineBranch('AllergyIntolerance', {
  ...row,
  prefix: 'mn',
  where: entries('NK'),
  labels: LABELS,
  profiles: [`${US_CORE}us-core-allergyintolerance`],
  absentInSource: ['reaction'],
  elements: {
    ...ofAllergy,
    code: codeableConcept({
      coding: [
        mappedCoding({
          column: p.CAT_CD,
          map: NO_ALLERGY,
          unmapped: 'damaged',
          missing: { fallback: { system: SNOMED, code: '716186003', display: 'No known allergy' } },
        }),
      ],
    }),
    patient,
    encounter,
    recordedDate,
    recorder,
  },
});
