/** A row of FRQMST: how often; null counts: no rhythm that can be counted. */
export interface Frequency {
  readonly code: string;
  readonly name: string;
  readonly times: number | null;
  readonly period: number | null;
  readonly unit: 'D' | 'H' | 'W' | null;
}

const often = (code: string, name: string, times: number, period: number, unit: 'D' | 'H' | 'W'): Frequency => ({
  ...{ code, name, times, period, unit },
});

/** The hospital's abbreviations; QXH is in use and in no catalogue. */
export const FREQUENCIES: readonly Frequency[] = [
  often('QD', 'Daily', 1, 1, 'D'),
  often('QAM', 'Every morning', 1, 1, 'D'),
  often('QHS', 'At bedtime', 1, 1, 'D'),
  often('BID', 'Twice daily', 2, 1, 'D'),
  often('TID', '3 times daily', 3, 1, 'D'),
  often('QID', '4 times daily', 4, 1, 'D'),
  often('QOD', 'Every other day', 1, 2, 'D'),
  often('Q6H', 'Every 6 hours', 1, 6, 'H'),
  often('Q8H', 'Every 8 hours', 1, 8, 'H'),
  often('Q12H', 'Every 12 hours', 1, 12, 'H'),
  often('QWK', 'Weekly', 1, 1, 'W'),
  { code: 'UD', name: 'As directed', times: null, period: null, unit: null },
];
