import { describe, expect, it } from '@jest/globals';
import { never } from '../../../src/contracts/index.ts';
import { alias, derivedCoding, equals, integer, isNull, or, table, text } from '../../../src/mappings/kit/index.ts';
import { written } from './codec-harness.ts';
import { holds } from './evaluate-predicate.ts';

const note = alias('n', table('NOTE', { WARD: text(), CLERK: integer() }));
const RESTRICTED = { system: 'urn:confidentiality', code: 'R', display: 'restricted' };

const label = derivedCoding({
  coding: RESTRICTED,
  columns: [note.WARD, note.CLERK],
  holds: (ward, clerk) => ward === 'PSY' || clerk === null,
  where: or(equals(note.WARD, 'PSY'), isNull(note.CLERK)),
  policy: 'restricted where nobody signed',
});

const rows = [
  { 'n.WARD': 'PSY', 'n.CLERK': '7' },
  { 'n.WARD': null, 'n.CLERK': null },
  { 'n.WARD': 'MED', 'n.CLERK': '7' },
];

describe('a coding under a condition', () => {
  it('is written where it holds, and nothing elsewhere', () => {
    expect(rows.map((row) => written(label, row))).toEqual([RESTRICTED, RESTRICTED, undefined]);
  });

  it('is found by its code in exactly these rows, and by no other', () => {
    const { token } = label.searches!;
    for (const row of rows) {
      const isThere = written(label, row) !== undefined;
      expect(holds(label.present!, row)).toBe(isThere);
      expect(holds(token!({ is: 'token', code: 'R', system: RESTRICTED.system }), row)).toBe(isThere);
    }
    expect(token!({ is: 'token', code: 'N' })).toBe(never);
    expect(token!({ is: 'token', code: 'R', system: 'urn:other' })).toBe(never);
  });

  it('tells its policy', () => {
    expect(label.note).toEqual({ policy: 'restricted where nobody signed' });
    const { coding, columns } = { coding: RESTRICTED, columns: [note.WARD] };
    expect(derivedCoding({ coding, columns, holds: () => true, where: equals(note.WARD, 'PSY') }).note).toBeUndefined();
  });
});
