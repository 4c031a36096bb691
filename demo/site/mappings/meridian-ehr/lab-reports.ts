import {
  alias,
  and,
  code,
  codeableConcept,
  coding,
  constant,
  defineBranch,
  descending,
  equals,
  identifier,
  isFlag,
  join,
  joinFirst,
  localDateTime,
  many,
  mappedCoding,
  not,
  orAbsent,
  reference,
  ymdTime,
} from 'fascia/mapping';
import { LAB_PANEL, LAB_REPORT } from './codes-reports.ts';
import { specimenAlias } from './tables-specimens.ts';
import { DEPT, HOSPITAL_ZONE, LABEAV, LABORD, LABRSLT, PATMAST } from './tables.ts';

const REPORT_STATUS = 'http://hl7.org/fhir/diagnostic-report-status';

const o = alias('ro', LABORD);
const registration = alias('rpt', PATMAST);
const department = alias('rde', DEPT);
const current = (name: string) => alias(name, LABRSLT, { live: (row) => not(isFlag(row.SUPR_FLG, 'Y')) });
const newest = current('rnew');
const result = current('rres');
const group = alias('rgrp', LABEAV);
const tube = specimenAlias('rsp');

const order = {
  from: o,
  key: [o.ORD_NO],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-diagnosticreport-lab'],
} as const;

const joins = [
  join(registration, [
    [registration.FAC_CD, o.FAC_CD],
    [registration.PT_NO, o.PT_NO],
  ]),
  join(department, [[department.DEPT_CD, o.DEPT_CD]]),
] as const;

const isInProgress = equals(o.STAT_CD, 'IP');
const isServed = not(isFlag(registration.DEL_FLG, 'Y'));

const ofOrder = {
  identifier: [identifier({ system: 'https://meridian.example/sid/lab-order', value: o.ORD_NO })],
  category: [
    constant({
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB', display: 'Laboratory' }],
    }),
  ],
  code: codeableConcept({
    coding: [
      mappedCoding({ column: o.PNL_CD, map: LAB_PANEL, missing: { fallback: LAB_REPORT } }),
      coding({ system: 'https://meridian.example/cs/lab-panel', code: o.PNL_CD }),
    ],
  }),
  subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
  performer: [reference('Organization', 'mo', [department.DEPT_CD])],
  specimen: [
    many({
      from: tube,
      on: [[tube.ORD_NO, o.ORD_NO]],
      order: [tube.SPC_NO],
      element: reference('Specimen', 'msp', [tube.SPC_NO]),
    }),
  ],
} as const;

/** An order that was carried out, with its results of both habits. */
export const labReport = defineBranch('DiagnosticReport', {
  ...order,
  prefix: 'mlr',
  joins: [
    ...joins,
    joinFirst(newest, [[newest.ORD_NO, o.ORD_NO]], { order: [descending(newest.LOAD_TS), newest.RSLT_SEQ] }),
  ],
  where: and(not(isInProgress), isServed),
  absentInSource: ['meta.lastUpdated', 'encounter'],
  elements: {
    ...ofOrder,
    status: code(o.STAT_CD, { CM: 'final' }, { unmapped: 'damaged', system: REPORT_STATUS }),
    effectiveDateTime: ymdTime({ date: o.COL_DT, time: o.COL_TM, zone: HOSPITAL_ZONE }),
    issued: orAbsent(localDateTime(newest.LOAD_TS), 'unknown'),
    result: [
      many({
        from: result,
        on: [[result.ORD_NO, o.ORD_NO]],
        order: [result.RSLT_SEQ],
        element: reference('Observation', 'ml', [result.RSLT_SEQ]),
      }),
      many({
        from: group,
        on: [[group.ORD_NO, o.ORD_NO]],
        where: equals(group.ATTR_CD, 'TEST'),
        order: [group.SEQ],
        element: reference('Observation', 'me', [group.ORD_NO, group.SEQ]),
      }),
    ],
  },
});

/** An order of which nothing is there yet. */
export const labReportToCome = defineBranch('DiagnosticReport', {
  ...order,
  prefix: 'mlp',
  joins,
  where: and(isInProgress, isServed),
  absentInSource: ['meta.lastUpdated', 'encounter', 'effective[x]', 'issued', 'result'],
  elements: { ...ofOrder, status: constant('registered', { system: REPORT_STATUS }) },
});
