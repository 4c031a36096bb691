import {
  alias,
  code,
  constant,
  contactPoint,
  defineBranch,
  flag,
  identifier,
  isFlag,
  join,
  localCode,
  namePart,
  not,
  orAbsent,
  orAbsentConcept,
  orAbsentElement,
  period,
  reference,
  string,
  ymd,
} from 'fascia/mapping';
import { INSURANCE_PLAN, RELATION, SPECIALTY, SUBSCRIBER_RELATION } from './codes-affiliations.ts';
import { DEPT, PATMAST, PROVMST } from './tables.ts';
import { PATINS, PATREL, PAYER, PROVROLE } from './tables-affiliations.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/';
const local = (name: string): string => `https://meridian.example/cs/${name}`;

const r = alias('pr', PATREL, { live: (row) => not(isFlag(row.DEL_FLG, 'Y')) });
const called = alias('prp', PATMAST);

export const relative = defineBranch('RelatedPerson', {
  prefix: 'mr',
  from: r,
  joins: [
    join(called, [
      [called.FAC_CD, r.FAC_CD],
      [called.PT_NO, r.PT_NO],
    ]),
  ],
  where: not(isFlag(called.DEL_FLG, 'Y')),
  key: [r.REL_NO],
  profiles: [`${US_CORE}us-core-relatedperson`],
  absentInSource: ['address'],
  elements: {
    active: orAbsent(flag(r.ACTV_FLG, { yes: ['Y'], no: ['N'] }, 'omit'), 'unknown'),
    patient: reference('Patient', 'mp', [called.FAC_CD, called.PT_NO], { required: true }),
    relationship: [localCode({ column: r.REL_CD, system: local('relation'), maps: [RELATION] })],
    name: [{ family: namePart(r.REL_NM, '^', 1), given: [namePart(r.REL_NM, '^', 2), namePart(r.REL_NM, '^', 3)] }],
    telecom: [contactPoint({ system: 'phone', value: r.REL_PH })],
    period: period(ymd(r.FROM_DT), ymd(r.TO_DT)),
  },
});

const payer = alias('py', PAYER);

export const insurer = defineBranch('Organization', {
  prefix: 'my',
  from: payer,
  key: [payer.PAY_CD],
  profiles: [`${US_CORE}us-core-organization`],
  absentInSource: ['address'],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/payer', value: payer.PAY_CD })],
    active: flag(payer.ACTV_FLG, { yes: ['Y'], no: ['N'] }),
    type: [
      constant({
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'pay', display: 'Payer' }],
      }),
    ],
    name: string(payer.PAY_NM),
    telecom: [contactPoint({ system: 'phone', value: payer.PAY_PH })],
  },
});

const i = alias('ins', PATINS);
const insured = alias('inp', PATMAST);
const insurance = alias('iny', PAYER);

export const coverage = defineBranch('Coverage', {
  prefix: 'mu',
  from: i,
  joins: [
    join(insured, [
      [insured.FAC_CD, i.FAC_CD],
      [insured.PT_NO, i.PT_NO],
    ]),
    join(insurance, [[insurance.PAY_CD, i.PAY_CD]]),
  ],
  where: not(isFlag(insured.DEL_FLG, 'Y')),
  key: [i.INS_NO],
  profiles: [`${US_CORE}us-core-coverage`],
  absentInSource: ['class.name'],
  elements: {
    identifier: [
      identifier({
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MB' }] },
        value: i.MBR_ID,
      }),
    ],
    status: code(
      i.INS_ST,
      { A: 'active', C: 'cancelled', D: 'draft', E: 'entered-in-error' },
      { unmapped: 'damaged', system: 'http://hl7.org/fhir/fm-status' },
    ),
    type: localCode({ column: i.PLAN_CD, system: local('insurance-plan'), maps: [INSURANCE_PLAN] }),
    subscriberId: string(i.MBR_ID),
    beneficiary: reference('Patient', 'mp', [insured.FAC_CD, insured.PT_NO], { required: true }),
    relationship: orAbsentConcept(
      localCode({ column: i.REL_CD, system: local('subscriber-relation'), maps: [SUBSCRIBER_RELATION] }),
      'unknown',
    ),
    period: period(ymd(i.EFF_DT), ymd(i.TRM_DT)),
    payor: [orAbsentElement(reference('Organization', 'my', [insurance.PAY_CD]), 'unknown')],
    class: [
      {
        type: constant({
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-class', code: 'group', display: 'Group' }],
        }),
        value: string(i.GRP_NO),
      },
    ],
  },
});

const role = alias('ro', PROVROLE);
const holder = alias('rov', PROVMST);
const department = alias('rod', DEPT);

export const providerRole = defineBranch('PractitionerRole', {
  prefix: 'mj',
  from: role,
  joins: [join(holder, [[holder.PROV_NO, role.PROV_NO]]), join(department, [[department.DEPT_CD, role.DEPT_CD]])],
  key: [role.ROLE_NO],
  profiles: [`${US_CORE}us-core-practitionerrole`],
  absentInSource: ['code', 'location', 'endpoint'],
  elements: {
    active: flag(role.ACTV_FLG, { yes: ['Y'], no: ['N'] }),
    period: period(ymd(role.FROM_DT), ymd(role.TO_DT)),
    practitioner: reference('Practitioner', 'mq', [holder.PROV_NO]),
    organization: reference('Organization', 'mo', [department.DEPT_CD]),
    specialty: [localCode({ column: role.SPEC_CD, system: local('specialty'), maps: [SPECIALTY] })],
    telecom: [contactPoint({ system: 'phone', value: role.ROLE_PH })],
  },
});
