import { absent, code, codeableConcept, coding, constant, contactPoint, decimalQuantity, defineBranch, identifier, localCode, many, namePart, orAbsent, reference, string, ucum, ymd } from 'fascia/mapping';
import { a, p, r } from './legacy.ts';

export const patient = defineBranch('Patient', {
  prefix: 'p',
  from: p,
  key: [p.PT_NO],
  maskKey: true,
  elements: {
    identifier: [identifier({ system: 'urn:oid:1.2.3.4', value: p.PT_NO, use: 'usual' })],
    active: constant(true),
    name: [{ use: constant('official'), family: namePart(p.PT_NM, '^', 1), given: [namePart(p.PT_NM, '^', 2)] }],
    telecom: [contactPoint({ system: 'phone', value: p.PT_NM })],
    gender: code(p.SEX_CD, { 1: 'male', 2: 'female' }, { unmapped: { fallback: 'unknown' }, system: 'urn:system' }),
    birthDate: orAbsent(ymd(p.DOB), 'unknown'),
    address: many({ from: a, on: [[a.PT_NO, p.PT_NO]], order: [a.SEQ], element: { use: constant('home'), city: string(a.CITY) } }),
    maritalStatus: constant({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M' }] }),
  },
});

export const observation = defineBranch('Observation', {
  prefix: 'lab',
  from: r,
  key: [r.RSLT_SEQ],
  elements: {
    status: code(r.STAT_CD, { F: 'final', P: 'preliminary' }, { unmapped: 'damaged', system: 'urn:system' }),
    category: [constant({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] })],
    code: localCode({ column: r.TEST_CD, system: 'urn:local', maps: [{ name: 'labs', version: '1', system: 'http://loinc.org', codes: { GLU: '2345-7' } }] }),
    subject: reference('Patient', 'p', [r.PT_NO]),
    valueQuantity: decimalQuantity(r.RSLT, ucum('mg/dL')),
    method: codeableConcept({ coding: [coding({ code: r.TEST_CD })] }),
    effectiveDateTime: absent('unknown'),
  },
});

export const dispense = defineBranch('MedicationDispense', {
  prefix: 'disp',
  from: r,
  key: [r.RSLT_SEQ],
  elements: { status: constant('completed'), medicationCodeableConcept: codeableConcept({ coding: [coding({ code: r.TEST_CD })] }) },
});
