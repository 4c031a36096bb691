import {
  alias,
  code,
  codeableConcept,
  defineBranch,
  descending,
  equals,
  identifier,
  isFlag,
  isNotNull,
  isNull,
  join,
  joinFirst,
  localCode,
  localDateTime,
  many,
  mappedCoding,
  not,
  orAbsentConcept,
  period,
  reference,
  string,
  ymdTime,
} from 'fascia/mapping';
import { ADMIT_SOURCE, DISPOSITION, PROVIDER_ROLE, STAY_CLASS, STAY_TYPE } from './codes-stays.ts';
import { sensitivityLabels } from './labels.ts';
import { DEPT, HOSPITAL_ZONE, PATMAST, PROVMST } from './tables.ts';
import { LOCMST, STAY, STAYDIS, STAYMOVE, STAYPROV, STAYSTAT, STAYTYP } from './tables-stays.ts';

const local = (name: string): string => `https://meridian.example/cs/${name}`;

const s = alias('s', STAY, { live: (row) => not(isFlag(row.REC_ST, 'Z')) });
const registration = alias('spt', PATMAST);
const department = alias('sd', DEPT);
const type = alias('sty', STAYTYP);
const discharge = alias('sdi', STAYDIS);
const status = alias('st', STAYSTAT);

const provider = alias('sp', STAYPROV);
const practitioner = alias('spv', PROVMST);
const move = alias('sm', STAYMOVE);
const nextMove = alias('smn', STAYMOVE);
const place = alias('sl', LOCMST, { live: (row) => isNull(row.DEL_TS) });

const time = { zone: HOSPITAL_ZONE, format: 'HHMMSS' } as const;

export const stay = defineBranch('Encounter', {
  prefix: 'mv',
  from: s,
  joins: [
    join(registration, [
      [registration.FAC_CD, s.FAC_CD],
      [registration.PT_NO, s.PT_NO],
    ]),
    join(department, [[department.DEPT_CD, s.DEPT_CD]]),
    join(type, [[type.TYP_CD, s.TYP_CD]], equals(type.VLD_TO, '99999999')),
    join(discharge, [[discharge.STAY_NO, s.STAY_NO]]),
    joinFirst(status, [[status.STAY_NO, s.STAY_NO]], { order: [descending(status.CHG_TS)] }),
  ],
  where: not(isFlag(registration.DEL_FLG, 'Y')),
  key: [s.STAY_NO],
  labels: sensitivityLabels(s.SENS_CD),
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-encounter'],
  absentInSource: ['meta.lastUpdated', 'participant.period', 'reasonReference'],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/stay', value: s.STAY_NO })],
    status: code(
      status.STAT_CD,
      { AR: 'arrived', IN: 'in-progress', LV: 'onleave', FI: 'finished', CX: 'cancelled' },
      { unmapped: 'damaged', missing: { fallback: 'unknown' }, system: 'http://hl7.org/fhir/encounter-status' },
    ),
    class: mappedCoding({ column: s.CLS_CD, map: STAY_CLASS, unmapped: 'damaged', missing: 'damaged' }),
    type: [
      orAbsentConcept(
        localCode({ column: s.TYP_CD, system: local('stay-type'), display: type.TYP_DESC, maps: [STAY_TYPE] }),
        'unknown',
      ),
    ],
    subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
    participant: many({
      from: provider,
      joins: [join(practitioner, [[practitioner.PROV_NO, provider.PROV_NO]])],
      on: [[provider.STAY_NO, s.STAY_NO]],
      order: [provider.SEQ],
      element: {
        type: [localCode({ column: provider.ROLE_CD, system: local('provider-role'), maps: [PROVIDER_ROLE] })],
        individual: reference('Practitioner', 'mq', [practitioner.PROV_NO]),
      },
    }),
    period: period(
      ymdTime({ date: s.ARR_DT, time: s.ARR_TM, ...time }),
      ymdTime({ date: discharge.DIS_DT, time: discharge.DIS_TM, ...time }),
    ),
    reasonCode: [codeableConcept({ coding: [], text: string(s.RSN_TXT) })],
    hospitalization: {
      admitSource: localCode({ column: s.SRC_CD, system: local('admit-source'), maps: [ADMIT_SOURCE] }),
      dischargeDisposition: localCode({
        column: discharge.DISPO_CD,
        system: local('discharge-disposition'),
        maps: [DISPOSITION],
      }),
    },
    location: many({
      from: move,
      joins: [
        join(place, [[place.LOC_CD, move.LOC_CD]]),
        join(nextMove, [
          [nextMove.STAY_NO, move.STAY_NO],
          [nextMove.PREV_SEQ, move.SEQ],
        ]),
      ],
      on: [[move.STAY_NO, s.STAY_NO]],
      where: isNotNull(place.LOC_CD),
      order: [move.SEQ],
      element: {
        location: reference('Location', 'mk', [place.LOC_CD]),
        period: period(localDateTime(move.MOVE_TS), localDateTime(nextMove.MOVE_TS)),
      },
    }),
    serviceProvider: reference('Organization', 'mo', [department.DEPT_CD]),
  },
});
