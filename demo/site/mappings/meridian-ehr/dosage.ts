import { code, flag, localCode, positiveInt, string, textQuantity, type Column } from 'fascia/mapping';
import { DOSE_UNITS, FREQUENCY, ROUTE } from './codes-medications.ts';

const local = (name: string): string => `https://meridian.example/cs/${name}`;

/** The columns in which orders and lists of home say how a drug is taken. */
interface DosageColumns {
  readonly SIG_TXT: Column<'text'>;
  readonly DOSE_TXT: Column<'text'>;
  readonly DOSE_U: Column<'char'>;
  readonly RTE_CD: Column<'char'>;
  readonly FRQ_CD: Column<'text'>;
  readonly PRN_FLG: Column<'char'>;
}

/** What FRQMST says of an abbreviation. */
interface FrequencyColumns {
  readonly FRQ_NM: Column<'text'>;
  readonly TM_CNT: Column<'integer'>;
  readonly PER_CNT: Column<'integer'>;
  readonly PER_U: Column<'char'>;
}

export const doseUnit = (row: Pick<DosageColumns, 'DOSE_U'>): { column: Column<'char'>; units: typeof DOSE_UNITS } => ({
  column: row.DOSE_U,
  units: DOSE_UNITS,
});

/** How often, as parts of `timing.repeat`. */
export const repeat = (frequency: FrequencyColumns) =>
  ({
    frequency: positiveInt(frequency.TM_CNT),
    period: positiveInt(frequency.PER_CNT),
    periodUnit: code(
      frequency.PER_U,
      { D: 'd', H: 'h', W: 'wk' },
      { unmapped: 'omit', system: 'http://unitsofmeasure.org' },
    ),
  }) as const;

export const rhythm = (row: DosageColumns, frequency: FrequencyColumns) =>
  localCode({ column: row.FRQ_CD, system: local('frequency'), display: frequency.FRQ_NM, maps: [FREQUENCY] });

/** A dosage without its timing. */
export const dosage = (row: DosageColumns) =>
  ({
    text: string(row.SIG_TXT),
    asNeededBoolean: flag(row.PRN_FLG, { yes: ['Y'], no: ['N'] }, 'omit'),
    route: localCode({ column: row.RTE_CD, system: local('route'), maps: [ROUTE] }),
    doseAndRate: [{ doseQuantity: textQuantity(row.DOSE_TXT, doseUnit(row), { decimalComma: true }) }],
  }) as const;
