import type { RowTexts } from '../load/table.ts';
import { compactOf, type Day } from '../model/calendar.ts';
import { PAYERS, type Insurance, type ProviderRole, type Relative } from '../model/affiliations.ts';
import { joinedName } from './patients.ts';
import type { Put } from './project.ts';

function dayText(day: Day | undefined, absent: string | null): string | null {
  return day === undefined ? absent : compactOf(day);
}

/** Insurers and the roles of providers. */
export function projectAffiliations(roles: readonly ProviderRole[], put: Put): void {
  for (const { code, name, phone, active } of PAYERS) put('PAYER', [code, name, phone, active ? 'Y' : 'N']);
  for (const { number, provider, department, specialty, phone, active, since, until, damage } of roles) {
    const from = damage === 'impossible-role-date' ? '20230231' : compactOf(since);
    put('PROVROLE', [number, provider, department, specialty, phone, active ? 'Y' : 'N', from, dayText(until, null)]);
  }
}

/** The row of PATREL. */
export function relativeRow({
  number,
  patient,
  relation,
  name,
  phone,
  active,
  since,
  until,
  deleted,
  damage,
}: Relative): RowTexts {
  const joined = joinedName(name, false);
  return [
    ...[number, patient.facility, patient.number, relation],
    damage === 'control-character-relative' ? `${joined}\u0003` : joined,
    ...[
      phone,
      active === null ? null : active ? 'Y' : 'N',
      dayText(since, '0'),
      dayText(until, '99999999'),
      deleted ? 'Y' : 'N',
    ],
  ];
}

/** The row of PATINS. */
export function insuranceRow(insurance: Insurance): RowTexts {
  const { number, patient, payer, member, relation, plan, status, from, to, group, damage } = insurance;
  return [
    ...[number, patient.facility, patient.number, payer, member, relation, plan],
    damage === 'unknown-coverage-status' ? '7' : status,
    ...[dayText(from, null), dayText(to, Number(number) % 2 === 0 ? '99999999' : '0'), group],
  ];
}
