import type { Statement } from '../../../src/contracts/index.ts';
import { c, child } from '../../unit/sources/sql/sample.ts';

/** All children of a page's rows, by their composite keys. */
export const statement: Statement = {
  is: 'page',
  selects: [
    {
      from: { alias: 'c', table: child },
      joins: [],
      where: { is: 'keys', columns: [c('K1'), c('K2')], keys: [['A', '1'], ['A', '2'], ['B', '7']] },
      columns: [c('K1'), c('K2'), c('VAL')],
      orderBy: [c('K1'), c('K2'), c('SEQ')],
      descending: false,
    },
  ],
};
