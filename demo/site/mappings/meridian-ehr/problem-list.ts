import {
  alias,
  and,
  Damaged,
  derive,
  equals,
  isFlag,
  isNotBlank,
  join,
  mappedCoding,
  codeableConcept,
  not,
  oneOf,
  or,
  reference,
  textDateTime,
  ymd,
  type Codec,
  type CodeMap,
  type Predicate,
} from 'fascia/mapping';
import { sensitivityLabels } from './labels.ts';
import { HOSPITAL_ZONE, PATMAST, PROVMST } from './tables.ts';
import { PRBLST } from './tables-problems.ts';
import { STAY } from './tables-stays.ts';

/** Clerks write zeros for a date that there is none of. */
const ZEROS = '0000-00-00';

/** One table holds problems, allergies and alerts; `REC_TYP` tells them apart. */
export const listed = (name: string) =>
  alias(name, PRBLST, { live: (row) => or(not(isNotBlank(row.VOID_DT)), equals(row.VOID_DT, ZEROS)) });

export const p = listed('p');
const registration = alias('prg', PATMAST);
const stay = alias('pst', STAY, { live: (row) => not(isFlag(row.REC_ST, 'Z')) });
const recordedBy = alias('prc', PROVMST);

export const PROBLEM_JOINS = [
  join(registration, [
    [registration.FAC_CD, p.FAC_CD],
    [registration.PT_NO, p.PT_NO],
  ]),
  join(stay, [[stay.STAY_NO, p.STAY_NO]]),
  join(recordedBy, [[recordedBy.PROV_NO, p.REC_BY]]),
];

export function entries(...kinds: readonly string[]): Predicate {
  return and(oneOf(p.REC_TYP, kinds), not(isFlag(registration.DEL_FLG, 'Y')));
}

export const patient = reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true });
export const encounter = reference('Encounter', 'mv', [stay.STAY_NO]);
export const recorder = reference('Practitioner', 'mq', [recordedBy.PROV_NO]);
export const onset = textDateTime(p.ONS_DT, 'YYYY-MM-DD', HOSPITAL_ZONE, { unknown: [ZEROS] });
export const abatement = textDateTime(p.ABT_DT, 'YYYY-MM-DD', HOSPITAL_ZONE, { unknown: [ZEROS] });
export const recordedDate = ymd(p.REC_DT);

export const LABELS = sensitivityLabels(p.SENS_CD);

export const isInError = equals(p.VER_ST, 'E');

/**
 * R4 has a clinical status exactly where an entry is not in error (con-3 and con-5, ait-1 and ait-2), and what is over is
 * resolved or inactive (con-4): an entry in error that is over cannot be said.
 */
export function clinicalStatus<C extends string>(
  system: string,
  codes: Readonly<Record<string, C>>,
): Codec<{ coding: { system: string; code: C }[] }> {
  const rowsWith = (code: C): Predicate =>
    and(
      oneOf(
        p.CLIN_ST,
        Object.keys(codes).filter((stored) => codes[stored] === code),
      ),
      not(isInError),
    );
  return derive({
    columns: [p.CLIN_ST, p.VER_ST, p.ABT_DT],
    write: (stored, verification, over) => {
      const isOver = (over ?? '').trim() !== '' && over !== ZEROS;
      if (verification === 'E') {
        if (isOver) throw new Damaged('', 'an entry in error that is over');
        return undefined;
      }
      const code = codes[stored ?? ''];
      if (code === undefined) throw new Damaged('', 'a clinical status that no table knows');
      if (isOver && (stored === 'A' || stored === 'C')) throw new Damaged('', 'an entry that is over and active');
      return { coding: [{ system, code }] };
    },
    when: Object.fromEntries([...new Set(Object.values(codes))].map((code) => [code, rowsWith(code)])),
    policy: 'ABT_DT is only held against the status',
    system,
  }) as Codec<{ coding: { system: string; code: C }[] }>;
}

export function verificationStatus(map: CodeMap): ReturnType<typeof codeableConcept> {
  return codeableConcept({
    coding: [mappedCoding({ column: p.VER_ST, map, unmapped: 'damaged', missing: 'damaged' })],
  });
}
