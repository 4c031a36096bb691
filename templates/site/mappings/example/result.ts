import {
  alias,
  code,
  constant,
  decimalQuantity,
  defineBranch,
  instantTime,
  localCode,
  reference,
  required,
  ucum,
  type CodeMap,
} from 'fascia/mapping';
import * as tables from './tables.ts';

const LOINC: CodeMap = {
  name: 'tests',
  version: '1',
  system: 'http://loinc.org',
  codes: { GLU: '2345-7', A1C: '4548-4', CREA: '2160-0', K: '2823-3' },
};

const UNITS = { 'mg/dL': ucum('mg/dL'), 'mmol/L': ucum('mmol/L'), '%': ucum('%') };

const laboratory = constant({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }],
});

const r = alias('r', tables.result);

export const result = defineBranch('Observation', {
  prefix: 'exres',
  from: r,
  key: [r.id],
  elements: {
    status: code(
      r.status,
      { F: 'final', P: 'preliminary', X: 'cancelled' },
      { unmapped: 'damaged', system: 'http://hl7.org/fhir/observation-status' },
    ),
    category: [laboratory],
    code: required(localCode({ column: r.test, system: 'https://example.org/cs/test', maps: [LOINC] })),
    subject: reference('Patient', 'expat', [r.patient_id], { required: true }),
    effectiveDateTime: instantTime(r.taken_at),
    valueQuantity: decimalQuantity(r.value, { column: r.unit, units: UNITS }),
  },
});
