import {
  alias,
  and,
  code,
  codeableConcept,
  coding,
  date,
  decimal,
  decimalNumber,
  defineBranch,
  defineModule,
  instant,
  instantTime,
  integer,
  join,
  localDateTime,
  localTimestamp,
  isNotNull,
  civilDate,
  constant,
  many,
  reference,
  string,
  table,
  text,
  uri,
} from 'fascia/mapping';
import { panel } from './panel.ts';
import { allergy, condition, device } from './problems.ts';
import { bloodPressure, vitals } from './vitals.ts';

const person = alias('p', table('person', { id: integer(), surname: text(), born: date() }));
const nickname = alias('n', table('nickname', { person_id: integer(), position: integer(), value: text() }));

const patient = defineBranch('Patient', {
  prefix: 'sp',
  from: person,
  key: [person.id],
  elements: {
    name: [{ family: string(person.surname) }],
    birthDate: civilDate(person.born),
    contact: many({
      from: nickname,
      on: [[nickname.person_id, person.id]],
      order: [nickname.position],
      element: { name: { text: string(nickname.value) } },
    }),
  },
});

const STATUS = { P: 'preliminary', F: 'final' } as const;

const local = alias(
  'l',
  table('risk_local', {
    id: integer(),
    person_id: integer(),
    status: text(),
    probability: decimal(),
    at: localTimestamp('Australia/Lord_Howe', 3),
  }),
);
const localPerson = alias('lp', table('person', { id: integer() }));
const riskLocal = defineBranch('RiskAssessment', {
  prefix: 'sl',
  from: local,
  joins: [join(localPerson, [[localPerson.id, local.person_id]])],
  key: [local.id],
  elements: {
    status: code(local.status, STATUS, {
      unmapped: { fallback: 'unknown' },
      system: 'http://hl7.org/fhir/observation-status',
    }),
    subject: reference('Patient', 'sp', [localPerson.id], { required: true }),
    occurrenceDateTime: localDateTime(local.at),
    prediction: [{ probabilityDecimal: decimalNumber(local.probability) }],
  },
});

const universal = alias(
  'u',
  table('risk_utc', { id: integer(), part: text(), person_id: integer(), probability: decimal(), at: instant() }),
);
const riskUtc = defineBranch('RiskAssessment', {
  prefix: 'su',
  from: universal,
  where: isNotNull(universal.person_id),
  key: [universal.id, universal.part],
  elements: {
    status: constant('final'),
    subject: reference('Patient', 'sp', [universal.person_id]),
    occurrenceDateTime: instantTime(universal.at),
    prediction: [{ probabilityDecimal: decimalNumber(universal.probability) }],
  },
});

const set = alias('v', table('value_set', { id: text(), url: text(), name: text(), place: text() }));
const valueSet = defineBranch('ValueSet', {
  prefix: 'sv',
  from: set,
  where: and(isNotNull(set.id)),
  key: [set.id],
  elements: {
    url: uri(set.url),
    status: constant('draft'),
    name: string(set.name),
    jurisdiction: [codeableConcept({ coding: [coding({ system: 'urn:iso:std:iso:3166', code: set.place })] })],
  },
});

/** Parameter types and habits that the demo hospital lacks: numbers, uris, milliseconds, a zone whose clocks move by half an hour. */
export default defineModule({
  id: 'synthetic',
  title: 'Synthetic system for the suites',
  stewardship: {
    owner: 'tests',
    clinicalSteward: 'tests',
    contact: 'tests@example.org',
    serviceLevel: 'none',
    reviewDate: '2030-01-01',
  },
  branches: [patient, riskLocal, riskUtc, valueSet, ...vitals, bloodPressure, panel, condition, allergy, device],
});
