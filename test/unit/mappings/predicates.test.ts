import { describe, expect, it } from '@jest/globals';
import { always } from '../../../src/contracts/index.ts';
import { alias, exists, integer, isNotBlank, not, table, tableOf, text } from '../../../src/mappings/kit/index.ts';
import { holds, type MemoryRow } from './evaluate-predicate.ts';

const result = alias('r', table('RESULT', { TEST: text(), SITE: integer() }));
const test = alias('t', table('TEST', { CODE: text(), SITE: integer(), SECRECY: text() }));

const ofTest = (code: string, site: string, secrecy: string | null): MemoryRow => ({
  ...{ 't.CODE': code, 't.SITE': site, 't.SECRECY': secrecy },
});
const own: MemoryRow = { 'r.TEST': 'HIV', 'r.SITE': '1' };
const among = (...t: readonly MemoryRow[]): { readonly tables: { readonly t: readonly MemoryRow[] } } => ({
  tables: { t },
});

describe('the existence of a row', () => {
  const open = exists(test, [[test.CODE, result.TEST]], not(isNotBlank(test.SECRECY)));

  it('holds where any tied row satisfies the condition, and for no other', () => {
    expect(holds(open, own, among(ofTest('HIV', '1', null)))).toBe(true);
    expect(holds(open, own, among(ofTest('HIV', '1', 'S'), ofTest('HIV', '2', ' ')))).toBe(true);
    expect(holds(open, own, among(ofTest('HIV', '1', 'S'), ofTest('CRP', '1', null)))).toBe(false);
    expect(holds(open, own, among())).toBe(false);
    expect(holds(not(open), own, among())).toBe(true);
  });

  it('is tied by all pairs, and by no null', () => {
    const both = exists(test, [
      [test.CODE, result.TEST],
      [test.SITE, result.SITE],
    ]);
    expect(holds(both, own, among(ofTest('HIV', '1', 'S')))).toBe(true);
    expect(holds(both, own, among(ofTest('HIV', '2', 'S')))).toBe(false);
    expect(holds(both, { ...own, 'r.SITE': null }, among(ofTest('HIV', '1', 'S')))).toBe(false);
  });

  it('is about the table as it was declared, and wants no more where nothing is asked', () => {
    expect(exists(test, [[test.CODE, result.TEST]])).toEqual({
      ...{ is: 'exists', from: tableOf(test), joins: [], on: [[test.CODE, result.TEST]], where: always },
    });
  });
});
