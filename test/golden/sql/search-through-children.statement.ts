import { and, not, type Statement } from '../../../src/contracts/index.ts';
import { c, child, from, joinChildLookup, m } from '../../unit/sources/sql/sample.ts';

/** EXISTS with the child's own filter; its join stays only where its columns are used. */
const tie = { is: 'exists', from: { alias: 'c', table: child, live: { is: 'null', of: c('DEL') } }, joins: [joinChildLookup], on: [[c('K1'), m('K1')], [c('K2'), m('K2')]] } as const;
export const statement: Statement = {
  is: 'page',
  selects: [
    {
      from,
      joins: [],
      where: and(
        { ...tie, where: { is: 'compare', left: c('VAL'), op: '=', value: 'a' } },
        not({ ...tie, where: { is: 'compare', left: { ...c('CODE'), alias: 'l2' }, op: '=', value: 'HB' } }),
      ),
      columns: [m('K2')],
      orderBy: [m('K2')],
      descending: false,
      limit: 11,
    },
  ],
};
