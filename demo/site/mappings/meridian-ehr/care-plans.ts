import {
  alias,
  and,
  code,
  codeableConcept,
  coding,
  compare,
  constant,
  defineBranch,
  equals,
  identifier,
  isFlag,
  join,
  localCode,
  many,
  narrative,
  not,
  ordinalDate,
  period,
  reference,
  required,
  string,
  textQuantity,
} from 'fascia/mapping';
import { team } from './care-teams.ts';
import { ACHIEVEMENT, ACTIVITY, GOAL_UNITS, MEASURE, PLAN_TYPE } from './codes-plans.ts';
import { listed } from './problem-list.ts';
import { PATMAST, PROVMST } from './tables.ts';
import { CARLIN, CARPLN } from './tables-plans.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/';
const local = (name: string): string => `https://meridian.example/cs/${name}`;

/** Lines that are not struck out. */
const line = (name: string) => alias(name, CARLIN, { live: (row) => not(isFlag(row.STRK_FLG, '-')) });

const p = alias('cp', CARPLN, { live: (row) => not(compare(row.VERS, '<', '0')) });
const registration = alias('cpp', PATMAST);
const author = alias('cpv', PROVMST);
const carers = team('cpt');
const problem = listed('cpb');
const goals = line('cpg');
const activities = line('cpa');
const notes = line('cpn');

export const carePlan = defineBranch('CarePlan', {
  prefix: 'mcp',
  from: p,
  joins: [
    join(registration, [
      [registration.FAC_CD, p.FAC_CD],
      [registration.PT_NO, p.PT_NO],
    ]),
    join(author, [[author.PROV_NO, p.AUT_NO]]),
    join(carers, [[carers.TEAM_NO, p.TEAM_NO]]),
    join(problem, [[problem.PRB_NO, p.PRB_NO]], equals(problem.REC_TYP, 'PR')),
  ],
  where: not(isFlag(registration.DEL_FLG, 'Y')),
  key: [p.PLN_NO],
  profiles: [`${US_CORE}StructureDefinition/us-core-careplan`],
  elements: {
    text: narrative(p.SUM_TXT),
    identifier: [identifier({ system: 'https://meridian.example/sid/care-plan', value: p.PLN_NO })],
    status: code(
      p.ST_CD,
      {
        ...{ D: 'draft', A: 'active', H: 'on-hold', C: 'completed', R: 'revoked', U: 'unknown' },
        E: 'entered-in-error',
      },
      { unmapped: 'damaged', system: 'http://hl7.org/fhir/request-status' },
    ),
    intent: constant('plan', { system: 'http://hl7.org/fhir/request-intent' }),
    category: [
      constant({
        coding: [
          {
            system: `${US_CORE}CodeSystem/careplan-category`,
            code: 'assess-plan',
            display: 'Assessment and Plan of Treatment',
          },
        ],
      }),
      localCode({ column: p.TYP_CD, system: local('plan-type'), maps: [PLAN_TYPE] }),
    ],
    title: string(p.TTL_TXT),
    subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
    period: period(ordinalDate(p.BEG_JD), ordinalDate(p.END_JD)),
    created: ordinalDate(p.CRT_JD),
    author: reference('Practitioner', 'mq', [author.PROV_NO]),
    careTeam: [reference('CareTeam', 'mct', [carers.TEAM_NO])],
    addresses: [reference('Condition', 'mc', [problem.PRB_NO])],
    goal: many({
      from: goals,
      on: [[goals.PLN_NO, p.PLN_NO]],
      where: equals(goals.TYP_CD, 'G'),
      order: [goals.LIN_NO],
      element: reference('Goal', 'mgl', [goals.PLN_NO, goals.LIN_NO]),
    }),
    activity: many({
      from: activities,
      on: [[activities.PLN_NO, p.PLN_NO]],
      where: equals(activities.TYP_CD, 'A'),
      order: [activities.LIN_NO],
      element: {
        detail: {
          code: localCode({ column: activities.LIN_CD, system: local('plan-line'), maps: [ACTIVITY] }),
          status: code(
            activities.ST_CD,
            { P: 'in-progress', C: 'completed', X: 'cancelled' },
            { unmapped: { fallback: 'unknown' }, system: 'http://hl7.org/fhir/care-plan-activity-status' },
          ),
          description: string(activities.LIN_TXT),
        },
      },
    }),
    note: many({
      from: notes,
      on: [[notes.PLN_NO, p.PLN_NO]],
      where: equals(notes.TYP_CD, 'N'),
      order: [notes.LIN_NO],
      element: { text: string(notes.LIN_TXT) },
    }),
  },
});

const g = line('gl');
// Of a plan that was withdrawn the goals are gone too; a goal whose plan does not exist is damaged.
const head = alias('glh', CARPLN);
const owner = alias('glp', PATMAST);
const setter = alias('glv', PROVMST);
const reason = listed('glb');

export const goal = defineBranch('Goal', {
  prefix: 'mgl',
  from: g,
  joins: [
    join(head, [[head.PLN_NO, g.PLN_NO]]),
    join(owner, [
      [owner.FAC_CD, head.FAC_CD],
      [owner.PT_NO, head.PT_NO],
    ]),
    join(setter, [[setter.PROV_NO, head.AUT_NO]]),
    join(reason, [[reason.PRB_NO, head.PRB_NO]], equals(reason.REC_TYP, 'PR')),
  ],
  where: and(equals(g.TYP_CD, 'G'), not(compare(head.VERS, '<', '0')), not(isFlag(owner.DEL_FLG, 'Y'))),
  key: [g.PLN_NO, g.LIN_NO],
  profiles: [`${US_CORE}StructureDefinition/us-core-goal`],
  elements: {
    lifecycleStatus: code(
      g.ST_CD,
      {
        ...{ P: 'proposed', L: 'planned', A: 'active', H: 'on-hold', C: 'completed', X: 'cancelled' },
        ...{ R: 'rejected', E: 'entered-in-error' },
      },
      { unmapped: 'damaged', system: 'http://hl7.org/fhir/goal-status' },
    ),
    achievementStatus: localCode({ column: g.ACH_CD, system: local('achievement'), maps: [ACHIEVEMENT] }),
    description: required(
      codeableConcept({
        coding: [coding({ system: local('plan-line'), code: g.LIN_CD })],
        text: string(g.LIN_TXT),
      }),
    ),
    subject: reference('Patient', 'mp', [owner.FAC_CD, owner.PT_NO], { required: true }),
    startDate: ordinalDate(g.BEG_JD),
    target: [
      {
        measure: localCode({ column: g.LIN_CD, system: local('plan-line'), maps: [MEASURE] }),
        detailQuantity: textQuantity(g.TGT_TXT, { column: g.TGT_UNIT, units: GOAL_UNITS }),
        dueDate: ordinalDate(g.DUE_JD),
      },
    ],
    expressedBy: reference('Practitioner', 'mq', [setter.PROV_NO]),
    addresses: [reference('Condition', 'mc', [reason.PRB_NO])],
  },
});
