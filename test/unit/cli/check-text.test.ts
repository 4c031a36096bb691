import { describe, expect, it } from '@jest/globals';
import { isSound, type SystemReport } from '../../../src/app/index.ts';
import { describeReport } from '../../../src/cli/check-text.ts';

const branch = { branch: 'pa', type: 'Patient', rows: 7, isWhole: true } as const;
const quiet = { refused: [], unmapped: [], invalid: [], unreached: [], uncoded: [] };
const sound: SystemReport = {
  ...{
    system: 'ehr',
    complete: false,
    unseen: [],
    expectations: [],
    closed: [],
    dead: [],
    unused: [],
    missingIndexes: [],
  },
  branches: [{ ...branch, ...quiet }],
};
const of = (changes: Partial<SystemReport['branches'][number]>): SystemReport => ({
  ...sound,
  branches: [{ ...branch, ...quiet, ...changes }],
});

describe('a report for people', () => {
  it('says so where nothing is to be mended', () => {
    expect(describeReport(sound)).toBe('ehr: nothing to mend\n  Patient (pa): all 7 rows\n');
    expect(isSound(sound)).toBe(true);
  });

  it.each<[string, SystemReport]>([
    [
      '  ! tables: could not be looked at (system.unavailable)',
      { ...sound, unseen: [{ what: 'tables', fault: 'system.unavailable' }] },
    ],
    [
      '  ! the table T is missing, or may not be read',
      { ...sound, expectations: [{ is: 'no-table', table: 'T', optional: false }] },
    ],
    [
      '  ! T.C is missing, or may not be read',
      { ...sound, expectations: [{ is: 'no-column', table: 'T', column: 'C', optional: false }] },
    ],
    [
      '  ! T.C is declared text and holds bigint',
      {
        ...sound,
        expectations: [
          { is: 'other-kind', table: 'T', column: 'C', optional: false, declared: 'text', live: 'bigint' },
        ],
      },
    ],
    [
      '  ! Patient?gender=: no index leads to the rows of T, which has about 12000',
      { ...sound, missingIndexes: [{ type: 'Patient', branch: 'pa', parameter: 'gender', table: 'T', rows: 12_000 }] },
    ],
    [
      '  ! 3 × Patient.birthDate: no date',
      of({ refused: [{ element: 'Patient.birthDate', reason: 'no date', count: 3 }] }),
    ],
    [
      '  ! 3 × Patient.name is not valid R4 (invariant)',
      of({ invalid: [{ element: 'Patient.name', code: 'invariant', count: 3 }] }),
    ],
    ['  ! 2 × T.C: a code that is not declared', of({ uncoded: [{ table: 'T', column: 'C', count: 2 }] })],
    [
      '  ! 2 × T.C is not in the resource, and nothing says why',
      of({ unreached: [{ table: 'T', column: 'C', reason: 'none', count: 2 }] }),
    ],
  ])('marks what must be mended: %s', (line, report) => {
    expect(describeReport(report).split('\n')).toContain(line);
    expect(isSound(report)).toBe(false);
  });

  it.each<[string, SystemReport]>([
    [
      '    T.C (optional) is missing, or may not be read',
      { ...sound, expectations: [{ is: 'no-column', table: 'T', column: 'C', optional: true }] },
    ],
    [
      '    T, always blank in the rows that were looked at: A, B',
      {
        ...sound,
        dead: [
          { table: 'T', column: 'A' },
          { table: 'T', column: 'B' },
        ],
      },
    ],
    ['    T, used by no mapping: A', { ...sound, unused: [{ table: 'T', column: 'A' }] }],
    [
      '    4 × Patient.gender: a code without a map (T.SEX)',
      of({ unmapped: [{ element: 'Patient.gender', columns: ['T.SEX'], count: 4 }] }),
    ],
    [
      '    4 × T.C is read as "not known"',
      of({ unreached: [{ table: 'T', column: 'C', reason: 'unknown', count: 4 }] }),
    ],
  ])('does not mark work for stewards: %s', (line, report) => {
    expect(describeReport(report).split('\n')).toContain(line);
    expect(isSound(report)).toBe(true);
  });
});
