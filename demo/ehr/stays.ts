import type { RowTexts } from '../load/table.ts';
import { clockOf, compactOf, type WallSeconds } from '../model/calendar.ts';
import { STAY_TYPES } from '../model/stay-types.ts';
import type { Stay } from '../model/stays.ts';
import { stamp } from './patients.ts';
import type { Put } from './project.ts';

/** HHMMSS as an integer. */
function hhmmss(seconds: WallSeconds): string {
  return String(Number(clockOf(seconds).replaceAll(':', '')));
}

/** The catalogue of kinds of stays, with the meanings that codes had before. */
export function projectStayTypes(put: Put): void {
  for (const { code, from, to, description } of STAY_TYPES) put('STAYTYP', [code, from, to, description]);
}

function stayRow(stay: Stay): RowTexts {
  return [
    stay.number,
    stay.patient.facility,
    stay.patient.number,
    stay.damage === 'unknown-stay-class' ? '?' : stay.classCode,
    stay.typeCode,
    stay.department,
    compactOf(stay.arrived.day),
    hhmmss(stay.arrived.seconds),
    stay.source,
    stay.reason,
    stay.deleted ? 'Z' : 'A',
    stay.sensitivity,
  ];
}

/** What was written of stays on the days for which they stand. */
export function projectStays(stays: readonly Stay[], put: Put): void {
  for (const stay of stays) {
    const { number, discharge, damage } = stay;
    if (stay.recorded) {
      put('STAY', stayRow(stay));
      for (const { sequence, role, provider } of stay.providers)
        put('STAYPROV', [number, String(sequence), role, provider]);
    }
    for (const { at, code } of stay.statuses)
      put('STAYSTAT', [number, stamp(at), damage === 'unknown-stay-status' && code === 'FI' ? 'QQ' : code]);
    for (const { sequence, kind, location, at, previous } of stay.moves)
      put('STAYMOVE', [
        number,
        String(sequence),
        kind,
        location,
        stamp(at),
        previous === null ? null : String(previous),
      ]);
    if (discharge === undefined) continue;
    const day = damage === 'impossible-discharge-date' ? '20250231' : compactOf(discharge.at.day);
    put('STAYDIS', [number, day, hhmmss(discharge.at.seconds), discharge.disposition]);
  }
}
