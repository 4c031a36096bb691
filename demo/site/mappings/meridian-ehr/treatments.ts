import {
  alias,
  code,
  codeableConcept,
  coding,
  decimalQuantity,
  defineBranch,
  flag,
  identifier,
  isFlag,
  isNull,
  join,
  localCode,
  localDateTime,
  mappedCoding,
  not,
  orAbsent,
  orAbsentElement,
  period,
  reference,
  required,
  string,
  ucum,
  ymd,
} from 'fascia/mapping';
import { NOT_GIVEN, TREATMENT, VACCINATION_SITE } from './codes-treatments.ts';
import { joinedLabels } from './labels.ts';
import { PATMAST, PROVMST } from './tables.ts';
import { LOCMST, STAY } from './tables-stays.ts';
import { IMMHST, PROCCD, PROCLOG } from './tables-treatments.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/';
const EVENT_STATUS = 'http://hl7.org/fhir/event-status';

const v = alias('v', IMMHST, { live: (row) => not(isFlag(row.ARC_FLG, '1')) });
const vaccinated = alias('vpt', PATMAST);
const vaccinator = alias('vpv', PROVMST);
const place = alias('vl', LOCMST, { live: (row) => isNull(row.DEL_TS) });

export const vaccination = defineBranch('Immunization', {
  prefix: 'mi',
  from: v,
  joins: [
    join(vaccinated, [
      [vaccinated.FAC_CD, v.FAC_CD],
      [vaccinated.PT_NO, v.PT_NO],
    ]),
    join(vaccinator, [[vaccinator.PROV_NO, v.GIV_BY]]),
    join(place, [[place.LOC_CD, v.LOC_CD]]),
  ],
  where: not(isFlag(vaccinated.DEL_FLG, 'Y')),
  key: [v.IMM_NO],
  profiles: [`${US_CORE}us-core-immunization`],
  absentInSource: ['encounter'],
  elements: {
    status: code(
      v.STAT_CD,
      { C: 'completed', N: 'not-done', E: 'entered-in-error' },
      { unmapped: 'damaged', system: EVENT_STATUS },
    ),
    statusReason: localCode({
      column: v.RSN_CD,
      system: 'https://meridian.example/cs/not-given-reason',
      maps: [NOT_GIVEN],
    }),
    vaccineCode: required(
      codeableConcept({
        coding: [coding({ system: 'http://hl7.org/fhir/sid/cvx', code: v.CVX_CD })],
        text: string(v.VAC_TXT),
      }),
    ),
    patient: reference('Patient', 'mp', [vaccinated.FAC_CD, vaccinated.PT_NO], { required: true }),
    occurrenceDateTime: orAbsent(ymd(v.GIV_DT), 'unknown'),
    primarySource: orAbsent(flag(v.OWN_FLG, { yes: ['Y'], no: ['N'] }, 'omit'), 'unknown'),
    location: reference('Location', 'mk', [place.LOC_CD]),
    lotNumber: string(v.LOT_NO),
    expirationDate: ymd(v.EXP_DT),
    site: codeableConcept({ coding: [mappedCoding({ column: v.SITE_CD, map: VACCINATION_SITE })] }),
    doseQuantity: decimalQuantity(v.DOSE_ML, ucum('mL')),
    performer: [{ actor: reference('Practitioner', 'mq', [vaccinator.PROV_NO]) }],
  },
});

const t = alias('pl', PROCLOG, { live: (row) => not(isFlag(row.CAN_FLG)) });
const treated = alias('plp', PATMAST);
const stay = alias('pls', STAY, { live: (row) => not(isFlag(row.REC_ST, 'Z')) });
const catalogue = alias('plc', PROCCD);
const doneBy = alias('plv', PROVMST);

export const treatment = defineBranch('Procedure', {
  prefix: 'mz',
  from: t,
  joins: [
    join(treated, [
      [treated.FAC_CD, t.FAC_CD],
      [treated.PT_NO, t.PT_NO],
    ]),
    join(stay, [[stay.STAY_NO, t.STAY_NO]]),
    join(catalogue, [[catalogue.PROC_CD, t.PROC_CD]]),
    join(doneBy, [[doneBy.PROV_NO, t.DONE_BY]]),
  ],
  where: not(isFlag(treated.DEL_FLG, 'Y')),
  key: [t.PRC_NO],
  labels: joinedLabels(
    { named: t.PROC_CD, found: catalogue.PROC_CD, sensitivity: catalogue.SENS_CD },
    { named: t.STAY_NO, found: stay.STAY_NO, sensitivity: stay.SENS_CD },
  ),
  profiles: [`${US_CORE}us-core-procedure`],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/procedure', value: t.PRC_NO })],
    status: code(
      t.STAT_CD,
      {
        ...{ P: 'preparation', I: 'in-progress', C: 'completed', S: 'stopped', N: 'not-done' },
        X: 'entered-in-error',
      },
      { unmapped: 'damaged', missing: { fallback: 'unknown' }, system: EVENT_STATUS },
    ),
    code: required(
      localCode({
        column: t.PROC_CD,
        system: 'https://meridian.example/cs/procedure',
        display: catalogue.PROC_DESC,
        maps: [TREATMENT],
      }),
    ),
    subject: reference('Patient', 'mp', [treated.FAC_CD, treated.PT_NO], { required: true }),
    encounter: reference('Encounter', 'mv', [stay.STAY_NO]),
    performedPeriod: orAbsentElement(period(localDateTime(t.BEG_TS), localDateTime(t.END_TS)), 'unknown'),
    performer: [{ actor: reference('Practitioner', 'mq', [doneBy.PROV_NO]) }],
    outcome: codeableConcept({ coding: [], text: string(t.OUT_TXT) }),
    note: [{ text: string(t.RMK_TXT) }],
  },
});
