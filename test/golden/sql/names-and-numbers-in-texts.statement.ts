import { and, or, type Statement } from '../../../src/contracts/index.ts';
import { from, m } from '../../unit/sources/sql/sample.ts';

/** Guarded expressions: a part of `LAST^FIRST`, the number and the comparator in a text. */
export const statement: Statement = {
  is: 'page',
  selects: [
    {
      from,
      joins: [],
      where: and(
        { is: 'starts', left: { operand: 'part', of: { operand: 'lower', of: m('NAME') }, separator: '^', index: 2 }, value: 'ann' },
        or(
          { is: 'compare', left: { operand: 'number-in-text', of: m('TXT'), decimalComma: true }, op: '>', value: '7.4' },
          { is: 'compare', left: { operand: 'comparator-in-text', of: m('TXT'), decimalComma: true }, op: '=', value: '>=' },
        ),
        { is: 'compare', left: { operand: 'trim', of: m('K1') }, op: '<>', value: '' },
        { is: 'starts', left: m('CODE'), value: 'GL' },
      ),
      columns: [m('K1')],
      orderBy: [m('K1')],
      descending: false,
      limit: 2,
    },
  ],
};
