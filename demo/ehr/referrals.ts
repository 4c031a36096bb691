import type { RowTexts } from '../load/table.ts';
import { civilOf, dayOf, yearOf, type Day } from '../model/calendar.ts';
import type { Referral } from '../model/referrals.ts';
import type { Put } from './project.ts';

/** DD.MM.YYYY; of the ways to write that there is no day, the one that the number chooses. */
export function dottedDay(day: Day | undefined, number: string): string | null {
  if (day === undefined) return ['00.00.0000', null, ''][Number(number) % 3] ?? null;
  return civilOf(day).split('-').toReversed().join('.');
}

/** YYYYDDD: the year and the day of the year. */
export function ordinalDay(day: Day): string {
  const year = yearOf(day);
  return String(year * 1000 + day - dayOf(`${String(year)}-01-01`) + 1);
}

function requestRow(referral: Referral): RowTexts {
  const { number, patient, codes, damage } = referral;
  return [
    ...[number, patient.facility, patient.number, referral.stay, referral.kind, referral.intent, referral.service],
    ...[referral.priority, referral.reason, codes.length === 0 ? null : codes.join(';'), referral.requester],
    damage === 'impossible-referral-date' ? '31.02.2025' : dottedDay(referral.day, number),
    ...[referral.department, referral.consultant, dottedDay(referral.wished, number), referral.note],
    ...[referral.sensitivity, referral.removal],
  ];
}

/** What was written of requests on the days for which they stand. */
export function projectReferrals(referrals: readonly Referral[], put: Put): void {
  for (const referral of referrals) {
    const { number, recorded, events, damage } = referral;
    if (recorded) put('REFREQ', requestRow(referral));
    for (const { sequence, day, code } of events) {
      const status = damage === 'unknown-referral-status' ? 'QQ' : code;
      put('REFHST', [number, String(sequence), status, ordinalDay(day)]);
    }
  }
}
