import { or, type Statement } from '../../../src/contracts/index.ts';
import { from, m } from '../../unit/sources/sql/sample.ts';

/** Forged keys and impossible dates are decided before the database is asked. */
export const statement: Statement = {
  is: 'page',
  selects: [
    {
      from,
      joins: [],
      where: or(
        { is: 'compare', left: m('K2'), op: '=', value: '99999999999999999999' },
        { is: 'compare', left: m('K2'), op: '<', value: '99999999999999999999' },
        { is: 'compare', left: m('D'), op: '>=', value: '2023-02-29' },
        { is: 'in', left: m('K2'), values: ['007', '7'] },
        { is: 'keys', columns: [m('K1'), m('K2')], keys: [['a', '1 or 1=1']] },
      ),
      columns: [m('K2')],
      orderBy: [],
      descending: false,
    },
  ],
};
