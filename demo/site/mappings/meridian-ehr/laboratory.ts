import {
  alias,
  and,
  code,
  constant,
  defineBranch,
  equals,
  fact,
  identifier,
  isFlag,
  join,
  localCode,
  localDateTime,
  not,
  reference,
  required,
  resultText,
  textDateTime,
  textQuantity,
  ymdTime,
  type Column,
} from 'fascia/mapping';
import { ABNORMAL_FLAG, LAB_TEST, LAB_UNITS } from './codes.ts';
import { joinedLabels } from './labels.ts';
import { specimenAlias } from './tables-specimens.ts';
import { DEPT, HOSPITAL_ZONE, LABCD, LABEAV, LABORD, LABRSLT, PATMAST, PROVMST } from './tables.ts';

const PROFILE = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-lab';
const OBSERVATION_STATUS = 'http://hl7.org/fhir/observation-status';
const LOCAL_TEST = 'https://meridian.example/cs/lab-test';

const laboratory = constant({
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/observation-category',
      code: 'laboratory',
      display: 'Laboratory',
    },
  ],
});

type Text = Column<'text' | 'char'>;

const unitIn = (column: Text): { readonly column: Text; readonly units: typeof LAB_UNITS } => ({
  column,
  units: LAB_UNITS,
});

/** The value of a result, whatever it is: a number with a comparator, words, or nothing. */
const resultOf = (value: Text, unit: Text): ReturnType<typeof resultText> =>
  resultText(value, { unit: unitIn(unit), decimalComma: true, absent: 'unknown' });

const limit = (value: Text, unit: Text): ReturnType<typeof textQuantity> =>
  textQuantity(value, unitIn(unit), { decimalComma: true });

const r = alias('r', LABRSLT, { live: (row) => not(isFlag(row.SUPR_FLG, 'Y')) });
const registration = alias('pt', PATMAST);
const test = alias('cd', LABCD);
const performer = alias('pd', DEPT);
const verifier = alias('vf', PROVMST);
const specimen = specimenAlias('rs');
const result = resultOf(r.RSLT_TXT, r.UNIT_CD);

/** One row per result; a result whose registration is deleted is not served, one without a registration is damaged. */
export const labResult = defineBranch('Observation', {
  prefix: 'ml',
  from: r,
  joins: [
    join(registration, [
      [registration.FAC_CD, r.FAC_CD],
      [registration.PT_NO, r.PT_NO],
    ]),
    join(test, [[test.TEST_CD, r.TEST_CD]]),
    join(performer, [[performer.DEPT_CD, r.PERF_DEPT]]),
    join(verifier, [[verifier.PROV_NO, r.VERIF_NO]]),
    join(specimen, [[specimen.SPC_NO, r.SPC_NO]]),
  ],
  where: not(isFlag(registration.DEL_FLG, 'Y')),
  key: [r.RSLT_SEQ],
  labels: joinedLabels({ named: r.TEST_CD, found: test.TEST_CD, sensitivity: test.SENS_CD }),
  profiles: [PROFILE],
  // LOAD_TS is when a result was released: its row may change later.
  absentInSource: ['meta.lastUpdated', 'encounter'],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/lab-result', value: r.RSLT_SEQ })],
    status: code(
      r.STAT_CD,
      { F: 'final', P: 'preliminary', C: 'corrected', X: 'entered-in-error', I: 'registered' },
      { unmapped: 'damaged', system: OBSERVATION_STATUS },
    ),
    category: [laboratory],
    code: required(localCode({ column: r.TEST_CD, system: LOCAL_TEST, display: test.TEST_DESC, maps: [LAB_TEST] })),
    subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
    effectiveDateTime: ymdTime({ date: r.DRAW_DT, time: r.DRAW_TM, zone: HOSPITAL_ZONE }),
    issued: localDateTime(r.LOAD_TS),
    performer: [
      reference('Organization', 'mo', [performer.DEPT_CD]),
      reference('Practitioner', 'mq', [verifier.PROV_NO]),
    ],
    valueQuantity: result.quantity,
    valueString: result.text,
    dataAbsentReason: result.absentReason,
    specimen: reference('Specimen', 'msp', [specimen.SPC_NO]),
    interpretation: [
      localCode({ column: r.ABN_FLG, system: 'https://meridian.example/cs/abnormal-flag', maps: [ABNORMAL_FLAG] }),
    ],
    referenceRange: [
      {
        low: limit(r.REF_LO, r.UNIT_CD),
        high: limit(r.REF_HI, r.UNIT_CD),
        text: resultOf(r.REF_LO, r.UNIT_CD).text,
      },
    ],
  },
});

const group = alias('t', LABEAV);
const order = alias('o', LABORD);
const orderRegistration = alias('opt', PATMAST);
const groupTest = alias('gcd', LABCD);
const orderDepartment = alias('od', DEPT);
const groupSpecimen = specimenAlias('gs');
const [value, unit, status, time, low, high, named] = [
  alias('v', LABEAV),
  alias('u', LABEAV),
  alias('s', LABEAV),
  alias('w', LABEAV),
  alias('lo', LABEAV),
  alias('hi', LABEAV),
  alias('sn', LABEAV),
];

const attribute = (of: typeof group, name: string): ReturnType<typeof fact> =>
  fact(
    of,
    [
      [of.ORD_NO, group.ORD_NO],
      [of.SEQ, group.SEQ],
    ],
    equals(of.ATTR_CD, name),
  );
const groupResult = resultOf(value.ATTR_VAL, unit.ATTR_VAL);

/** One group of attributes per result, found by its TEST attribute. */
export const pointOfCareResult = defineBranch('Observation', {
  prefix: 'me',
  from: group,
  joins: [
    attribute(value, 'VALUE'),
    attribute(unit, 'UNIT'),
    attribute(status, 'STATUS'),
    attribute(time, 'TIME'),
    attribute(low, 'LOW'),
    attribute(high, 'HIGH'),
    attribute(named, 'SPEC'),
    join(groupSpecimen, [[groupSpecimen.SPC_NO, named.ATTR_VAL]]),
    join(order, [[order.ORD_NO, group.ORD_NO]]),
    join(orderRegistration, [
      [orderRegistration.FAC_CD, order.FAC_CD],
      [orderRegistration.PT_NO, order.PT_NO],
    ]),
    join(groupTest, [[groupTest.TEST_CD, group.ATTR_VAL]]),
    join(orderDepartment, [[orderDepartment.DEPT_CD, order.DEPT_CD]]),
  ],
  where: and(equals(group.ATTR_CD, 'TEST'), not(isFlag(orderRegistration.DEL_FLG, 'Y'))),
  key: [group.ORD_NO, group.SEQ],
  labels: joinedLabels({ named: group.ATTR_VAL, found: groupTest.TEST_CD, sensitivity: groupTest.SENS_CD }),
  profiles: [PROFILE],
  absentInSource: ['meta.lastUpdated', 'encounter', 'interpretation'],
  elements: {
    status: code(
      status.ATTR_VAL,
      { FINAL: 'final', PRELIM: 'preliminary', CORR: 'corrected', ERROR: 'entered-in-error' },
      { unmapped: { fallback: 'unknown' }, system: OBSERVATION_STATUS },
    ),
    category: [laboratory],
    code: required(
      localCode({ column: group.ATTR_VAL, system: LOCAL_TEST, display: groupTest.TEST_DESC, maps: [LAB_TEST] }),
    ),
    subject: reference('Patient', 'mp', [orderRegistration.FAC_CD, orderRegistration.PT_NO], { required: true }),
    effectiveDateTime: textDateTime(time.ATTR_VAL, 'YYYYMMDDhhmmss', HOSPITAL_ZONE),
    performer: [reference('Organization', 'mo', [orderDepartment.DEPT_CD])],
    valueQuantity: groupResult.quantity,
    valueString: groupResult.text,
    dataAbsentReason: groupResult.absentReason,
    specimen: reference('Specimen', 'msp', [groupSpecimen.SPC_NO]),
    referenceRange: [
      {
        low: limit(low.ATTR_VAL, unit.ATTR_VAL),
        high: limit(high.ATTR_VAL, unit.ATTR_VAL),
        text: resultOf(low.ATTR_VAL, unit.ATTR_VAL).text,
      },
    ],
  },
});
