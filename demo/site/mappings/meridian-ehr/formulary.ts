import {
  alias,
  code,
  codeableConcept,
  coding,
  decimalQuantity,
  defineBranch,
  descending,
  flag,
  groupBy,
  isFlag,
  localCode,
  many,
  not,
  string,
} from 'fascia/mapping';
import { AMOUNT_UNITS, DRUG_FORM, VOLUME_UNITS } from './codes-medications.ts';
import { DRUGING, DRUGMST } from './tables-medications.ts';

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

const d = alias('dm', DRUGMST, { live: (row) => not(isFlag(row.WDR_FLG)) });
const part = alias('di', DRUGING);

/** The versions of a code are one Medication: what the newest that was not withdrawn says. */
export const medication = defineBranch('Medication', {
  prefix: 'mmd',
  from: d,
  ...groupBy(d, { by: [d.DRUG_CD], order: [descending(d.VER_NO)] }),
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-medication'],
  elements: {
    code: codeableConcept({
      coding: [
        coding({ system: RXNORM, code: d.RXN_CD }),
        coding({ system: 'https://meridian.example/cs/drug', code: d.DRUG_CD, display: d.DRUG_NM }),
      ],
      text: string(d.DRUG_NM),
    }),
    status: code(
      d.STK_CD,
      { A: 'active', I: 'inactive' },
      { unmapped: 'omit', system: 'http://hl7.org/fhir/CodeSystem/medication-status' },
    ),
    form: localCode({ column: d.FORM_CD, system: 'https://meridian.example/cs/drug-form', maps: [DRUG_FORM] }),
    ingredient: many({
      from: part,
      on: [[part.DRUG_CD, d.DRUG_CD]],
      order: [part.SEQ],
      element: {
        itemCodeableConcept: codeableConcept({
          coding: [coding({ system: RXNORM, code: part.RXN_CD })],
          text: string(part.ING_NM),
        }),
        isActive: flag(part.ACT_FLG, { yes: ['Y'], no: ['N'] }, 'omit'),
        strength: {
          numerator: decimalQuantity(part.AMT_N, { column: part.AMT_U, units: AMOUNT_UNITS }),
          denominator: decimalQuantity(part.VOL_N, { column: part.VOL_U, units: VOLUME_UNITS }),
        },
      },
    }),
  },
});
