import {
  alias,
  contactPoint,
  Damaged,
  defineBranch,
  derive,
  equals,
  expr,
  flag,
  identifier,
  integer,
  isNotBlank,
  isNull,
  join,
  localCode,
  reference,
  string,
  type Codec,
} from 'fascia/mapping';
import { SPECIALTY } from './codes-affiliations.ts';
import { SERVICE_CATEGORY } from './codes-care.ts';
import { DEPT } from './tables.ts';
import { SVCMST } from './tables-care.ts';
import { LOCMST } from './tables-stays.ts';

const local = (name: string): string => `https://meridian.example/cs/${name}`;

/** Deletions and returns are counted: an odd number is a deleted service. */
export const service = (name: string) =>
  alias(name, SVCMST, {
    live: (row) => equals(expr('DEL_CNT odd', integer(), { default: '?? % 2' }, [row.DEL_CNT]), '0'),
  });

const s = service('sv');
const department = alias('svd', DEPT);
const place = alias('svl', LOCMST, { live: (row) => isNull(row.DEL_TS) });

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function time(column: typeof s.OPEN_TM): Codec<string> {
  return derive({
    columns: [column],
    write: (stored) => {
      const text = (stored ?? '').trim();
      if (text === '') return undefined;
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new Damaged('', 'a text that is no time of day');
      return `${text}:00`;
    },
    present: isNotBlank(column),
  });
}

export const healthcareService = defineBranch('HealthcareService', {
  prefix: 'mhs',
  from: s,
  joins: [join(department, [[department.DEPT_CD, s.DEPT_CD]]), join(place, [[place.LOC_CD, s.LOC_CD]])],
  key: [s.SVC_CD],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/service', value: s.SVC_CD })],
    active: flag(s.ACTV_FLG, { yes: ['Y'], no: ['N'] }, 'omit'),
    providedBy: reference('Organization', 'mo', [department.DEPT_CD]),
    category: [localCode({ column: s.CAT_CD, system: local('service-category'), maps: [SERVICE_CATEGORY] })],
    specialty: [localCode({ column: s.SPEC_CD, system: local('specialty'), maps: [SPECIALTY] })],
    location: [reference('Location', 'mk', [place.LOC_CD])],
    name: string(s.SVC_NM),
    comment: string(s.RMK_TXT),
    telecom: [contactPoint({ system: 'phone', value: s.SVC_PH })],
    appointmentRequired: flag(s.APPT_FLG, { yes: ['+'], no: ['-'] }, 'omit'),
    availableTime: [
      {
        daysOfWeek: DAYS.map((day, i) =>
          derive({ columns: [s.OPEN_MSK], write: (mask) => (mask?.[i] === '1' ? day : undefined) }),
        ),
        availableStartTime: time(s.OPEN_TM),
        availableEndTime: time(s.CLOSE_TM),
      },
    ],
  },
});
