import { describe, expect, it } from '@jest/globals';
import type { PersonException, Predicate } from '../../../src/contracts/index.ts';
import { alias, defineBranch, integer, isFlag, string, table, text } from '../../../src/mappings/kit/index.ts';
import { primariesOf } from '../../../src/record/persons/primaries.ts';
import { holds } from '../mappings/evaluate-predicate.ts';

const p = alias('p', table('T', { ID: integer(), MERGED: text() }));
const branch = defineBranch('Patient', {
  prefix: 'p',
  from: p,
  key: [p.ID],
  person: { secondary: isFlag(p.MERGED, 'Y') },
  elements: { name: [{ text: string(p.MERGED) }] },
});
const exceptions: readonly PersonException[] = [
  { branch: 'p', key: ['7'], is: 'primary' },
  { branch: 'p', key: ['8'], is: 'secondary' },
  { branch: 'q', key: ['1'], is: 'secondary' },
];

describe('the patients that a search may find', () => {
  const primaries = primariesOf([branch], exceptions, 10).get('p') as Predicate;
  it.each([
    ['1', 'N', true],
    ['2', 'Y', false],
    // Declared to be another's member, but that one does not exist.
    ['7', 'Y', true],
    // Found to be another's member, though its own system does not know.
    ['8', 'N', false],
  ])('row %s, merged %s: %s', (id, merged, found) => {
    expect(holds(primaries, { 'p.ID': id, 'p.MERGED': merged })).toBe(found);
  });

  it('are written into statements, not sent with each', () => {
    expect(JSON.stringify(primaries)).toContain('"is":"standing"');
  });

  it('are no more than the limit allows', () => {
    expect(() => primariesOf([branch], exceptions, 2)).toThrow('more than 2 rows');
  });
});
