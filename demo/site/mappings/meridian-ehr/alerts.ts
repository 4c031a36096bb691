import {
  and,
  codeableConcept,
  coding,
  constant,
  defineBranch,
  derive,
  equals,
  mappedCoding,
  not,
  period,
  required,
  string,
} from 'fascia/mapping';
import { ALERT } from './codes-problems.ts';
import {
  abatement,
  encounter,
  entries,
  isInError,
  LABELS,
  onset,
  p,
  patient,
  PROBLEM_JOINS,
  recorder,
} from './problem-list.ts';

const isActive = and(equals(p.CLIN_ST, 'A'), not(isInError));

export const alert = defineBranch('Flag', {
  from: p,
  joins: PROBLEM_JOINS,
  key: [p.PRB_NO],
  prefix: 'mw',
  where: entries('AT'),
  labels: LABELS,
  elements: {
    status: derive({
      columns: [p.CLIN_ST, p.VER_ST],
      write: (clinical, verification) =>
        verification === 'E'
          ? ('entered-in-error' as const)
          : clinical === 'A'
            ? ('active' as const)
            : ('inactive' as const),
      when: { 'entered-in-error': isInError, active: isActive, inactive: and(not(isActive), not(isInError)) },
      policy: 'entered-in-error whatever CLIN_ST says; else inactive, unless it is active',
      system: 'http://hl7.org/fhir/flag-status',
    }),
    category: [
      constant({
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/flag-category', code: 'safety', display: 'Safety' }],
      }),
    ],
    code: required(
      codeableConcept({
        coding: [
          mappedCoding({ column: p.ALR_CD, map: ALERT }),
          coding({ system: 'https://meridian.example/cs/alert', code: p.ALR_CD }),
        ],
        text: string(p.DESC_TXT),
      }),
    ),
    subject: patient,
    period: period(onset, abatement),
    encounter,
    author: recorder,
  },
});
