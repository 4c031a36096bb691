import {
  alias,
  and,
  derivedCoding,
  equals,
  exists,
  isFlag,
  isNotBlank,
  isNotNull,
  join,
  joinFirst,
  not,
  or,
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
  return not(exists(catalogue, [[catalogue.TEST_CD, test]], not(isNotBlank(catalogue.SENS_CD))));
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

const restricted = derivedCoding({
  coding: RESTRICTED,
  columns: [result.RSLT_SEQ, group.SEQ],
  holds: (sequence, number) => sequence !== null || number !== null,
  where: or(isNotNull(result.RSLT_SEQ), isNotNull(group.SEQ)),
});

/** A report is as sensitive as what it names. */
export const REPORT_LABELS = {
  security: [restricted, reasonLabel(resultTest.SENS_CD), reasonLabel(groupTest.SENS_CD)],
};
