import type { Column, Statement } from '../../../src/contracts/index.ts';
import { from, m } from '../../unit/sources/sql/sample.ts';

/** The hatches: a computed column that is selected and ordered by, and an operand. Question marks in them are the dialect's own. */
const initials: Column = {
  alias: 'm',
  name: 'initials',
  type: { kind: 'text' },
  computed: { sql: { default: "concat(left(??, 1), '?', left(??, 1))" }, uses: [m('NAME'), m('TXT')] },
};
export const statement: Statement = {
  is: 'page',
  selects: [
    {
      from,
      joins: [],
      where: { is: 'compare', left: { operand: 'sql', sql: { pg: 'upper(??)', default: 'ucase(??)' }, uses: [m('NAME')], kind: 'text' }, op: '=', value: 'ANN' },
      columns: [initials, m('K2')],
      orderBy: [initials, m('K2')],
      descending: false,
      limit: 5,
    },
  ],
};
