import {
  alias,
  and,
  codeableConcept,
  coding,
  constant,
  Damaged,
  defineBranch,
  derive,
  descending,
  equals,
  identifier,
  isFlag,
  isNotNull,
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
import { REPORT_LABELS, sensitiveJoins } from './report-labels.ts';
import { specimenAlias } from './tables-specimens.ts';
import { DEPT, HOSPITAL_ZONE, LABEAV, LABORD, LABRSLT, PATMAST } from './tables.ts';

const o = alias('ro', LABORD);
const registration = alias('rpt', PATMAST);
const department = alias('rde', DEPT);
const current = (name: string) => alias(name, LABRSLT, { live: (row) => not(isFlag(row.SUPR_FLG, 'Y')) });
const newest = current('rnew');
const result = current('rres');
const group = alias('rgrp', LABEAV);
const tube = specimenAlias('rsp');

const isInProgress = equals(o.STAT_CD, 'IP');
const hasResult = isNotNull(newest.RSLT_SEQ);

/** An order that nobody closed has a report as soon as it has a result, which may not be the last. */
const status = derive({
  columns: [o.STAT_CD, newest.RSLT_SEQ],
  write: (stored, sequence) => {
    if (stored === 'CM') return 'final';
    if (stored !== 'IP') throw new Damaged('', 'a state that no table knows');
    return sequence === null ? 'registered' : 'partial';
  },
  when: {
    final: equals(o.STAT_CD, 'CM'),
    partial: and(isInProgress, hasResult),
    registered: and(isInProgress, not(hasResult)),
  },
  system: 'http://hl7.org/fhir/diagnostic-report-status',
  policy: 'damaged',
});

/** An order of the laboratory, with its results of both habits as soon as there are any. */
export const labReport = defineBranch('DiagnosticReport', {
  prefix: 'mlr',
  from: o,
  key: [o.ORD_NO],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-diagnosticreport-lab'],
  joins: [
    join(registration, [
      [registration.FAC_CD, o.FAC_CD],
      [registration.PT_NO, o.PT_NO],
    ]),
    join(department, [[department.DEPT_CD, o.DEPT_CD]]),
    joinFirst(newest, [[newest.ORD_NO, o.ORD_NO]], { order: [descending(newest.LOAD_TS), newest.RSLT_SEQ] }),
    ...sensitiveJoins(o.ORD_NO),
  ],
  where: not(isFlag(registration.DEL_FLG, 'Y')),
  labels: REPORT_LABELS,
  absentInSource: ['meta.lastUpdated', 'encounter'],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/lab-order', value: o.ORD_NO })],
    status,
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
    effectiveDateTime: ymdTime({ date: o.COL_DT, time: o.COL_TM, zone: HOSPITAL_ZONE }),
    issued: orAbsent(localDateTime(newest.LOAD_TS), 'unknown'),
    performer: [reference('Organization', 'mo', [department.DEPT_CD])],
    specimen: [
      many({
        from: tube,
        on: [[tube.ORD_NO, o.ORD_NO]],
        order: [tube.SPC_NO],
        element: reference('Specimen', 'msp', [tube.SPC_NO]),
      }),
    ],
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
