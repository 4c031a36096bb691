import { always, type Statement } from '../../../src/contracts/index.ts';
import { c, child, from, joinLookup, l, m } from '../../unit/sources/sql/sample.ts';

/** Each select keeps its own order and limit; the first output column says which one a row is of; the shorter one is padded. */
export const statement: Statement = {
  is: 'page',
  selects: [
    {
      from,
      joins: [joinLookup],
      where: { is: 'compare', left: m('CODE'), op: '=', value: 'GLU' },
      columns: [m('K1'), m('K2'), m('NUM'), l('DESCR')],
      orderBy: [m('K1'), m('K2')],
      descending: false,
      limit: 11,
    },
    {
      from: { alias: 'c', table: child },
      joins: [],
      where: always,
      columns: [c('SEQ'), c('CODE')],
      orderBy: [c('SEQ')],
      descending: false,
    },
  ],
};
