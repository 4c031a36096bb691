import type { RowTexts } from '../load/table.ts';
import { civilOf, clockOf, compactOf, type Day } from '../model/calendar.ts';
import { DRUG_VERSIONS } from '../model/drugs.ts';
import { FREQUENCIES } from '../model/frequencies.ts';
import { INGREDIENTS } from '../model/ingredients.ts';
import type { Administration } from '../model/administrations.ts';
import type { MedicationOrder } from '../model/medication-orders.ts';
import { stamp } from './patients.ts';
import type { Put } from './project.ts';

const count = (value: number | null): string | null => (value === null ? null : String(value));

/** The formulary, and the abbreviations of how often. */
export function projectFormulary(put: Put): void {
  for (const { code, version, name, rxnorm, form, stock, withdrawn, sensitivity } of DRUG_VERSIONS) {
    const flag = withdrawn ? 'Y' : version === 1 ? null : 'N';
    put('DRUGMST', [code, String(version), name, rxnorm, form, stock, flag, sensitivity]);
  }
  for (const { code, name, times, period, unit } of FREQUENCIES)
    put('FRQMST', [code, name, count(times), count(period), unit]);
  for (const { drug, sequence, name, rxnorm, active, amount, unit, volume, volumeUnit } of INGREDIENTS)
    put('DRUGING', [drug, String(sequence), name, rxnorm, active, amount, unit, volume, volumeUnit]);
}

/** Clerks, screens and the interface each have a way to say that there is no last day. */
function stopText(order: MedicationOrder): string | null {
  if (order.damage === 'impossible-stop-date') return '2025-02-30';
  if (order.ends !== undefined) return civilOf(order.ends);
  return ['0000-00-00', null, ''][Number(order.number) % 3] ?? null;
}

function compact(day: Day | undefined): string {
  return day === undefined ? '99999999' : compactOf(day);
}

function orderRow(order: MedicationOrder): RowTexts {
  const { number, patient, line, ordered, damage } = order;
  const isNameless = damage === 'order-without-drug';
  return [
    ...[number, patient.facility, patient.number, order.stay, order.setting, order.intent, order.reported],
    ...[isNameless ? null : line.drug, isNameless ? null : line.text, line.dose, line.unit, line.route, line.frequency],
    line.asNeeded ? 'Y' : order.setting === 'I' ? 'N' : null,
    ...[order.sig, order.indication, `${compactOf(ordered.day)}${clockOf(ordered.seconds).replaceAll(':', '')}`],
    ...[compact(order.begins), stopText(order), order.prescriber, order.replaces],
    ...[count(order.refills), order.quantity, count(order.days), order.note, compact(order.deleted)],
  ];
}

function administrationRow(order: string, row: Administration): RowTexts {
  const { number, drug, text, at, timed, code, reason, dose, unit, route, site, nurse, note, undone } = row;
  return [
    ...[number, order, drug, text, timed ? stamp(at) : null],
    row.damage === 'unknown-administration' ? '?' : code,
    ...[reason, dose, unit, route, site, nurse, note, undone],
  ];
}

/** What was written of orders on the days for which they stand. */
export function projectMedicationOrders(orders: readonly MedicationOrder[], put: Put): void {
  for (const order of orders) {
    if (order.recorded) put('MEDORD', orderRow(order));
    for (const { sequence, kind, at, code, reason } of order.changes) {
      const written = order.damage === 'unknown-drug-order-status' ? 'ZZ' : code;
      put('MEDSTAT', [order.number, String(sequence), kind, stamp(at), written, reason]);
    }
    for (const row of order.administrations) put('MEDADM', administrationRow(order.number, row));
  }
}
