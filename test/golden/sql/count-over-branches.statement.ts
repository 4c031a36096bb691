import { and, type Statement } from '../../../src/contracts/index.ts';
import { c, child, from, joinLookup, l, m } from '../../unit/sources/sql/sample.ts';

/** Joins that only columns need are left out of a count; a distinct select counts its distinct rows. */
export const statement: Statement = {
  is: 'count',
  selects: [
    {
      from,
      joins: [joinLookup],
      where: and({ is: 'compare', left: m('D'), op: '>=', value: '2024-01-01' }, { is: 'compare', left: m('D'), op: '<', value: '2025-01-01' }),
      columns: [m('K1'), l('DESCR')],
      orderBy: [],
      descending: false,
    },
    {
      from,
      joins: [joinLookup],
      where: { is: 'starts', left: l('DESCR'), value: 'gluc' },
      columns: [m('K1')],
      orderBy: [],
      descending: false,
    },
    {
      from: { alias: 'c', table: child },
      joins: [],
      where: { is: 'not', of: { is: 'null', of: c('CODE') } },
      columns: [c('CODE')],
      orderBy: [],
      descending: false,
      distinct: true,
    },
  ],
};
