import {
  alias,
  and,
  codeableConcept,
  coding,
  constant,
  defineBranch,
  equals,
  flag,
  identifier,
  isFlag,
  isNotNull,
  join,
  many,
  not,
  period,
  reference,
  string,
  ymd,
} from 'fascia/mapping';
import { DEPT, PATMAST } from './tables.ts';
import { PARTNER } from './tables-consents.ts';
import { ROSTER, ROSTMEM } from './tables-rosters.ts';

const list = alias('rl', ROSTER);
const entry = alias('rm', ROSTMEM, { live: (row) => not(isFlag(row.REM_FLG, 'Y')) });
const registration = alias('rmp', PATMAST);
const practice = alias('rld', DEPT);
const partner = alias('rlp', PARTNER);

const elements = {
  identifier: [identifier({ system: 'https://meridian.example/sid/roster', value: list.RST_NO })],
  active: flag(list.ACTV_FLG, { yes: ['Y'], no: ['N'] }),
  type: constant('person', { system: 'http://hl7.org/fhir/group-type' }),
  actual: constant(true),
  code: codeableConcept({
    coding: [coding({ system: 'https://meridian.example/cs/roster-type', code: list.RST_TYP })],
  }),
  name: string(list.RST_NM),
  member: many({
    from: entry,
    joins: [
      join(registration, [
        [registration.FAC_CD, entry.FAC_CD],
        [registration.PT_NO, entry.PT_NO],
      ]),
    ],
    on: [[entry.RST_NO, list.RST_NO]],
    where: and(isNotNull(registration.FAC_CD), not(isFlag(registration.DEL_FLG, 'Y'))),
    order: [entry.SEQ],
    element: {
      entity: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
      period: period(ymd(entry.FROM_DT), ymd(entry.TO_DT)),
      inactive: flag(entry.FRM_FLG, { yes: ['Y'], no: ['N'] }, 'omit'),
    },
  }),
};

export const panel = defineBranch('Group', {
  prefix: 'mgp',
  from: list,
  joins: [join(practice, [[practice.DEPT_CD, list.OWN_CD]])],
  where: equals(list.RST_TYP, 'P'),
  key: [list.RST_NO],
  elements: { ...elements, managingEntity: reference('Organization', 'mo', [practice.DEPT_CD]) },
});

export const sharedRoster = defineBranch('Group', {
  prefix: 'mgs',
  from: list,
  joins: [join(partner, [[partner.PRT_CD, list.OWN_CD]])],
  where: equals(list.RST_TYP, 'S'),
  key: [list.RST_NO],
  elements: { ...elements, managingEntity: reference('Organization', 'mpa', [partner.PRT_CD]) },
});
