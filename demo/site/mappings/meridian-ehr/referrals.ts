import {
  alias,
  code,
  defineBranch,
  descending,
  identifier,
  isFlag,
  isNotBlank,
  join,
  joinFirst,
  localCode,
  not,
  packedConcept,
  reference,
  required,
  string,
  textDateTime,
} from 'fascia/mapping';
import { REQUEST_KIND, SERVICE } from './codes-care.ts';
import { joinedLabels, sensitivityLabels } from './labels.ts';
import { service } from './services.ts';
import { DEPT, HOSPITAL_ZONE, PATMAST, PROVMST } from './tables.ts';
import { REFHST, REFREQ } from './tables-care.ts';
import { STAY } from './tables-stays.ts';

const local = (name: string): string => `https://meridian.example/cs/${name}`;

const r = alias('rf', REFREQ, { live: (row) => not(isNotBlank(row.REM_RSN)) });
const registration = alias('rfp', PATMAST);
const stay = alias('rfs', STAY, { live: (row) => not(isFlag(row.REC_ST, 'Z')) });
const wanted = service('rfv');
const requester = alias('rfq', PROVMST);
const consultant = alias('rfc', PROVMST);
const department = alias('rfd', DEPT);
const status = alias('rfh', REFHST);

export const referral = defineBranch('ServiceRequest', {
  prefix: 'mrf',
  from: r,
  joins: [
    join(registration, [
      [registration.FAC_CD, r.FAC_CD],
      [registration.PT_NO, r.PT_NO],
    ]),
    join(stay, [[stay.STAY_NO, r.STAY_NO]]),
    join(wanted, [[wanted.SVC_CD, r.SVC_CD]]),
    join(requester, [[requester.PROV_NO, r.REQ_NO]]),
    join(consultant, [[consultant.PROV_NO, r.TO_NO]]),
    join(department, [[department.DEPT_CD, r.TO_DEPT]]),
    joinFirst(status, [[status.REF_NO, r.REF_NO]], { order: [descending(status.SEQ)] }),
  ],
  where: not(isFlag(registration.DEL_FLG, 'Y')),
  key: [r.REF_NO],
  labels: {
    security: [
      ...sensitivityLabels(r.SENS_CD).security,
      ...joinedLabels({ named: r.STAY_NO, found: stay.STAY_NO, sensitivity: stay.SENS_CD }).security,
    ],
  },
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-servicerequest'],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/referral', value: r.REF_NO })],
    status: code(
      status.ST_CD,
      {
        ...{ OP: 'active', AC: 'active', HD: 'on-hold', RJ: 'revoked', AN: 'completed' },
        ER: 'entered-in-error',
      },
      { unmapped: 'damaged', missing: { fallback: 'unknown' }, system: 'http://hl7.org/fhir/request-status' },
    ),
    intent: code(
      r.INT_CD,
      { O: 'order', P: 'proposal', L: 'plan' },
      { unmapped: 'damaged', system: 'http://hl7.org/fhir/request-intent' },
    ),
    category: [localCode({ column: r.KIND_CD, system: local('request-kind'), maps: [REQUEST_KIND] })],
    priority: code(
      r.PRI_CD,
      { 1: 'stat', 2: 'urgent', 3: 'routine' },
      { unmapped: 'omit', system: 'http://hl7.org/fhir/request-priority' },
    ),
    code: required(localCode({ column: r.SVC_CD, system: local('service'), display: wanted.SVC_NM, maps: [SERVICE] })),
    subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
    encounter: reference('Encounter', 'mv', [stay.STAY_NO]),
    occurrenceDateTime: textDateTime(r.WISH_DT, 'DD.MM.YYYY', HOSPITAL_ZONE, { unknown: ['00.00.0000'] }),
    authoredOn: textDateTime(r.REQ_DT, 'DD.MM.YYYY', HOSPITAL_ZONE),
    requester: reference('Practitioner', 'mq', [requester.PROV_NO]),
    performer: [
      reference('Organization', 'mo', [department.DEPT_CD]),
      reference('Practitioner', 'mq', [consultant.PROV_NO]),
    ],
    reasonCode: [
      packedConcept({
        column: r.RSN_CODES,
        systems: { ICD10: 'http://hl7.org/fhir/sid/icd-10-cm', SNOMED: 'http://snomed.info/sct' },
        text: string(r.RSN_TXT),
      }),
    ],
    note: [{ text: string(r.NOTE_TXT) }],
  },
});
