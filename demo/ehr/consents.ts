import type { RowTexts } from '../load/table.ts';
import { compactOf, type Day } from '../model/calendar.ts';
import type { Consent } from '../model/consents.ts';
import { PARTNERS } from '../model/partners.ts';
import { stamp } from './patients.ts';
import type { Put } from './project.ts';

export function projectPartners(put: Put): void {
  for (const { code, name, kind, phone, line, city, state, zip, active } of PARTNERS)
    put('PARTNER', [code, name, kind, phone, line, city, state, zip, active ? 'Y' : 'N']);
}

function dayText(day: Day | undefined, absent: string | null): string | null {
  return day === undefined ? absent : compactOf(day);
}

/** The row of CONSNT. */
export function consentRow(consent: Consent): RowTexts {
  const { number, patient, type, status, decision, partner, signed, from, to, revoked, damage } = consent;
  const isEven = Number(number) % 2 === 0;
  return [
    ...[number, patient.facility, patient.number, type],
    damage === 'unknown-consent-status' ? 'W' : status,
    ...[decision, partner, stamp(signed), dayText(from, isEven ? '0' : null), dayText(to, isEven ? '99999999' : null)],
    ...[dayText(revoked, isEven ? null : '0'), consent.policy, consent.purpose, consent.sensitivity],
    ...[consent.representative, consent.department, stamp(consent.voided)],
  ];
}
