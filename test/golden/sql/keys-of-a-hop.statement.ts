import { and, type Statement } from '../../../src/contracts/index.ts';
import { c, child } from '../../unit/sources/sql/sample.ts';

/** A key step: the distinct keys behind a condition, bounded. */
export const statement: Statement = {
  is: 'page',
  selects: [
    {
      from: { alias: 'c', table: child },
      joins: [],
      where: and({ is: 'contains', left: { operand: 'lower', of: c('VAL') }, value: 'gluc%' }, { is: 'not', of: { is: 'null', of: c('K1') } }),
      columns: [c('K1'), c('K2')],
      orderBy: [c('K1'), c('K2')],
      descending: false,
      limit: 10_001,
      distinct: true,
    },
  ],
};
