import {
  alias,
  code,
  compare,
  contactPoint,
  defineBranch,
  identifier,
  isFlag,
  isNotNull,
  join,
  localCode,
  many,
  not,
  orAbsentConcept,
  ordinalDate,
  period,
  reference,
  string,
} from 'fascia/mapping';
import { MEMBER_ROLE, TEAM_TYPE } from './codes-plans.ts';
import { DEPT, PATMAST, PROVMST } from './tables.ts';
import { PATREL } from './tables-affiliations.ts';
import { CARTEAM, CARTMBR } from './tables-plans.ts';

const local = (name: string): string => `https://meridian.example/cs/${name}`;

/** What was withdrawn has a version below zero. */
export const team = (name: string) => alias(name, CARTEAM, { live: (row) => not(compare(row.VERS, '<', '0')) });

const t = team('ct');
const registration = alias('ctp', PATMAST);
const responsible = alias('ctd', DEPT);

const byProvider = alias('cmv', CARTMBR);
const provider = alias('cmvp', PROVMST);
const byDepartment = alias('cmd', CARTMBR);
const department = alias('cmdd', DEPT);
const byRelative = alias('cmr', CARTMBR);
const relative = alias('cmrr', PATREL, { live: (row) => not(isFlag(row.DEL_FLG, 'Y')) });

function role(member: typeof byProvider) {
  return [
    orAbsentConcept(
      localCode({ column: member.ROLE_CD, system: local('member-role'), maps: [MEMBER_ROLE] }),
      'unknown',
    ),
  ];
}

/** The members of one kind who exist: a member who leads nowhere is none. */
function members(member: typeof byProvider) {
  return {
    from: member,
    on: [[member.TEAM_NO, t.TEAM_NO]],
    order: [member.SEQ],
  } as const;
}

export const careTeam = defineBranch('CareTeam', {
  prefix: 'mct',
  from: t,
  joins: [
    join(registration, [
      [registration.FAC_CD, t.FAC_CD],
      [registration.PT_NO, t.PT_NO],
    ]),
    join(responsible, [[responsible.DEPT_CD, t.DEPT_CD]]),
  ],
  where: not(isFlag(registration.DEL_FLG, 'Y')),
  key: [t.TEAM_NO],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-careteam'],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/care-team', value: t.TEAM_NO })],
    status: code(
      t.ST_CD,
      { P: 'proposed', A: 'active', S: 'suspended', I: 'inactive', E: 'entered-in-error' },
      { unmapped: 'damaged', system: 'http://hl7.org/fhir/care-team-status' },
    ),
    category: [localCode({ column: t.TYP_CD, system: local('team-type'), maps: [TEAM_TYPE] })],
    name: string(t.TEAM_NM),
    subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
    period: period(ordinalDate(t.BEG_JD), ordinalDate(t.END_JD)),
    participant: [
      many({
        ...members(byProvider),
        joins: [join(provider, [[provider.PROV_NO, byProvider.PROV_NO]])],
        where: isNotNull(provider.PROV_NO),
        element: {
          role: role(byProvider),
          member: reference('Practitioner', 'mq', [provider.PROV_NO]),
          period: period(ordinalDate(byProvider.BEG_JD), ordinalDate(byProvider.END_JD)),
        },
      }),
      many({
        ...members(byDepartment),
        joins: [join(department, [[department.DEPT_CD, byDepartment.DEPT_CD]])],
        where: isNotNull(department.DEPT_CD),
        element: {
          role: role(byDepartment),
          member: reference('Organization', 'mo', [department.DEPT_CD]),
          period: period(ordinalDate(byDepartment.BEG_JD), ordinalDate(byDepartment.END_JD)),
        },
      }),
      many({
        ...members(byRelative),
        joins: [join(relative, [[relative.REL_NO, byRelative.REL_NO]])],
        where: isNotNull(relative.REL_NO),
        element: {
          role: role(byRelative),
          member: reference('RelatedPerson', 'mr', [relative.REL_NO]),
          period: period(ordinalDate(byRelative.BEG_JD), ordinalDate(byRelative.END_JD)),
        },
      }),
    ],
    managingOrganization: [reference('Organization', 'mo', [responsible.DEPT_CD])],
    telecom: [contactPoint({ system: 'phone', value: t.TEAM_PH })],
  },
});
