import type { RowTexts } from '../load/table.ts';
import { SENSITIVE_TREATMENTS } from '../model/sensitive-treatments.ts';
import { TREATMENTS, type Treatment, type Vaccination } from '../model/treatments.ts';
import { stamp } from './patients.ts';
import type { Put } from './project.ts';

export function projectCatalogueOfTreatments(put: Put): void {
  for (const [code, description] of TREATMENTS) put('PROCCD', [code, description, null]);
  for (const [code, { text, sensitivity }] of SENSITIVE_TREATMENTS) put('PROCCD', [code, text, sensitivity]);
}

/** The row of IMMHST. */
export function vaccinationRow(vaccination: Vaccination): RowTexts {
  const { number, patient, cvx, text, status, reason, given, ownRecord, lot, expires, damage } = vaccination;
  return [
    ...[number, patient.facility, patient.number, cvx, text, status, reason],
    damage === 'impossible-vaccination-date' ? '20240230' : given,
    ...[ownRecord, lot, expires, vaccination.site, vaccination.doseMl, vaccination.provider, vaccination.location],
    vaccination.archived ? '1' : '0',
  ];
}

/** The row of PROCLOG. */
export function treatmentRow(treatment: Treatment): RowTexts {
  const { number, patient, stay, code, status, begun, ended, damage } = treatment;
  return [
    ...[number, patient.facility, patient.number, stay, code],
    damage === 'unknown-procedure-status' ? 'Q' : status,
    ...[stamp(begun), stamp(ended), treatment.provider, treatment.outcome, treatment.remark],
    String(treatment.cancelled),
  ];
}
