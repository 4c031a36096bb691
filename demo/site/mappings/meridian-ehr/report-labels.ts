import {
  alias,
  and,
  derive,
  equals,
  isFlag,
  isNotBlank,
  isNotNull,
  join,
  joinFirst,
  not,
  or,
  tableOf,
  type Codec,
  type Column,
  type Join,
  type Predicate,
} from 'fascia/mapping';
import { RESTRICTED } from './codes-problems.ts';
import { reasonLabel } from './labels.ts';
import { LABCD, LABEAV, LABRSLT } from './tables.ts';

const catalogue = alias('rcat', LABCD);

/** The catalogue does not know the test as one that anybody may see: it has it as sensitive, or has it not at all. */
function isSensitive(test: Column): Predicate {
  const { TEST_CD, SENS_CD } = catalogue;
  const known = {
    from: tableOf(catalogue),
    joins: [],
    on: [[TEST_CD, test]],
    where: not(isNotBlank(SENS_CD)),
  } as const;
  return not({ is: 'exists', ...known });
}

const result = alias('rsen', LABRSLT, { live: (row) => not(isFlag(row.SUPR_FLG, 'Y')) });
const resultTest = alias('rsct', LABCD);
const group = alias('rsgr', LABEAV);
const groupTest = alias('rsgt', LABCD);

/** Of each habit the first result of an order that not everybody may see, and what the catalogue says of it. */
export function sensitiveJoins(order: Column): readonly Join[] {
  return [
    joinFirst(result, [[result.ORD_NO, order]], { order: [result.RSLT_SEQ], where: isSensitive(result.TEST_CD) }),
    join(resultTest, [[resultTest.TEST_CD, result.TEST_CD]]),
    joinFirst(group, [[group.ORD_NO, order]], {
      order: [group.SEQ],
      where: and(equals(group.ATTR_CD, 'TEST'), isSensitive(group.ATTR_VAL)),
    }),
    join(groupTest, [[groupTest.TEST_CD, group.ATTR_VAL]]),
  ];
}

const restricted = derive({
  columns: [result.RSLT_SEQ, group.SEQ],
  write: (sequence, number) => (sequence !== null || number !== null ? RESTRICTED : undefined),
  when: { [RESTRICTED.code]: or(isNotNull(result.RSLT_SEQ), isNotNull(group.SEQ)) },
  system: RESTRICTED.system,
}) as Codec as ReturnType<typeof reasonLabel>;

/** A report is as sensitive as what it names. */
export const REPORT_LABELS = {
  security: [restricted, reasonLabel(resultTest.SENS_CD), reasonLabel(groupTest.SENS_CD)],
};
