import { describe, expect, it } from '@jest/globals';
import { radiologyRecords } from '../../../demo/model/population.ts';
import { rowsOf, TABLES, type TableRow } from './rows.ts';

// A damaged row may name a patient of whom nothing else is known.
const CHOICES = { seed: 1, patients: 300, anchorDate: '2026-11-01', throughDate: '2026-11-20', damage: false };
const rows = rowsOf(CHOICES);

const registrationOf = (row: TableRow): string => `${row['FAC_CD']}-${row['PT_NO']}`;
const registrations = rows
  .get('PATMAST')!
  .filter((row) => row['DEL_FLG'] !== 'Y' && row['MRG_NO'] === null)
  .map(registrationOf);

describe('patients of whom little is known', () => {
  const kindsOf = (registration: string): readonly (string | null)[] =>
    rows.get('PRBLST')!.flatMap((row) => (registrationOf(row) === registration ? [row['REC_TYP'] ?? null] : []));

  it('have problems, but some were never asked for allergies', () => {
    const neverAsked = registrations.filter((registration) => {
      const kinds = kindsOf(registration);
      return kinds.includes('PR') && !kinds.includes('AL') && !kinds.includes('NK');
    });
    expect(neverAsked.length).toBeGreaterThan(10);
  });

  it('have nothing at all in some cases: no other row of any table names them', () => {
    const naming = TABLES.filter(
      ({ name, columns }) => name !== 'PATMAST' && columns.some(([column]) => column === 'PT_NO'),
    ).map(({ name }) => name);
    expect(naming).toEqual(expect.arrayContaining(['PATADDR', 'LABORD', 'STAY', 'PRBLST', 'MEDORD', 'ROSTMEM']));
    const named = new Set([
      ...naming.flatMap((name) => rows.get(name)!.map(registrationOf)),
      ...rows.get('PATMAST')!.map((row) => `${row['MRG_FAC']}-${row['MRG_NO']}`),
      ...rows.get('customer_xref')!.map((row) => `${row['facility']}-${row['mrn_norm']}`),
      ...[...radiologyRecords(CHOICES, CHOICES.throughDate)].map(
        ({ hospital }) => `${hospital?.facility}-${hospital?.number}`,
      ),
    ]);
    expect(registrations.filter((registration) => !named.has(registration))).toHaveLength(3);
  });
});
