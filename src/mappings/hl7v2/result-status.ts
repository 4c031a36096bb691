import type { DiagnosticReport, Observation } from '@medplum/fhirtypes';
import { fieldText, type Hl7Segment } from '../../contracts/index.ts';

export type ResultStatus = NonNullable<Observation['status']>;
export type ReportStatus = NonNullable<DiagnosticReport['status']>;

/** Table 0085; where the guide has no target, as `docs/adr/0253-results-are-assertions-with-weight.md` says. */
const RESULT_STATUSES: Readonly<Record<string, ResultStatus>> = {
  ...{ A: 'amended', B: 'amended', C: 'corrected', D: 'entered-in-error', W: 'entered-in-error', F: 'final' },
  ...{ U: 'final', V: 'final', P: 'preliminary', R: 'preliminary', S: 'preliminary', X: 'cancelled', N: 'cancelled' },
  ...{ I: 'registered', O: 'registered' },
};

/** Table 0123. */
const REPORT_STATUSES: Readonly<Record<string, ReportStatus>> = {
  ...{ O: 'registered', I: 'registered', S: 'registered', A: 'partial', R: 'partial', P: 'preliminary' },
  ...{ M: 'preliminary', F: 'final', C: 'corrected', N: 'unknown', X: 'cancelled' },
};

/** Of what is not finished yet. */
export const UNFINISHED: readonly string[] = ['registered', 'preliminary', 'partial', 'unknown'];

/** A result without a status of its own has that of its report. */
export function statusOf(obx: Hl7Segment | undefined, obr: Hl7Segment): ResultStatus {
  const own = RESULT_STATUSES[fieldText(obx, 11).trim().toUpperCase()];
  if (own !== undefined) return own;
  const report = REPORT_STATUSES[fieldText(obr, 25).trim().toUpperCase()];
  return report === undefined || report === 'partial' || report === 'appended' ? 'unknown' : report;
}

/** A report without a status of its own is as far as its results are. */
export function reportStatusOf(obr: Hl7Segment, statuses: readonly ResultStatus[]): ReportStatus {
  const own = REPORT_STATUSES[fieldText(obr, 25).trim().toUpperCase()];
  if (own !== undefined) return own;
  const known = statuses.filter((status) => status !== 'cancelled' && status !== 'entered-in-error');
  if (known.length === 0 || known.includes('unknown')) return 'unknown';
  const open = known.filter((status) => UNFINISHED.includes(status));
  if (open.length === known.length) return known.includes('preliminary') ? 'preliminary' : 'registered';
  if (open.length > 0) return 'partial';
  return known.includes('corrected') ? 'corrected' : known.includes('amended') ? 'amended' : 'final';
}
