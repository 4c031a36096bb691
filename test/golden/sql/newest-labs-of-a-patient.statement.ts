import { and, type Statement } from '../../../src/contracts/index.ts';
import { from, joinLookup, m } from '../../unit/sources/sql/sample.ts';

/** The second page, newest first: one key, a list of local codes, a row comparison; the join stays for a selected column only. */
const key = [m('TS'), m('K1'), m('K2')];
export const statement: Statement = {
  is: 'page',
  selects: [
    {
      from,
      joins: [joinLookup],
      where: and(
        { is: 'keys', columns: [m('K1')], keys: [['0000000007']] },
        { is: 'in', left: m('CODE'), values: ['GLU', 'GLUC'] },
        { is: 'not', of: { is: 'null', of: m('TS') } },
        { is: 'row', columns: key, op: '<', values: ['2024-03-31 02:30:00.120', '0000000007', '41'] },
      ),
      columns: [m('TS'), m('K1'), m('K2'), m('CODE'), m('FLAG'), m('RAW'), m('D'), m('AT')],
      orderBy: key,
      descending: true,
      limit: 21,
    },
  ],
};
