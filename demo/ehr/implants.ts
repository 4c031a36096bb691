import type { RowTexts, TableDefinition } from '../load/table.ts';
import { compactOf, type Day } from '../model/calendar.ts';
import type { Implant, Udi } from '../model/implants.ts';
import type { Put } from './project.ts';

/** The part of a text behind an identifier, as PostgreSQL says it. */
const behind = (identifier: string): string =>
  `nullif(split_part(split_part("UDI_TXT", '(${identifier})', 2), '(', 1), '')`;

export const IMPLNT: TableDefinition = {
  name: 'IMPLNT',
  meaning: 'Implants; those in IMPLDEL were noted by mistake',
  key: ['IMP_NO'],
  columns: [
    ['IMP_NO', 'bigint', 'Number of the entry'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['TYP_CD', 'varchar(4)', 'PACE pacemaker, HIP hip prosthesis, STNT coronary stent, LENS lens; null: not said'],
    [
      'UDI_TXT',
      'varchar(100)',
      'Carrier: (01)device(11)made(17)expires(10)lot(21)serial, dates YYMMDD, DD 00: a month; other issuers: their own form',
    ],
    ['ENT_CD', 'char(1)', 'How the carrier was read: B barcode, M typed, C card of the patient'],
    ['DIST_ID', 'varchar(40)', 'Distinct identification code of tissue'],
    ['MFR_TXT', 'varchar(60)', 'Manufacturer'],
    ['MDL_NO', 'varchar(20)', 'Number of the model'],
    ['MDL_NM', 'varchar(60)', 'Name of the model'],
    ['ST_CD', 'char(1)', 'A in place, X taken out, E entered in error; null: not known'],
    ['NOTE_TXT', 'varchar(120)', 'Note, as typed'],
  ],
  indexes: [
    { name: 'IMPLNT_PT', on: '"FAC_CD", "PT_NO", "IMP_NO"' },
    { name: 'IMPLNT_TYP', on: '"TYP_CD"' },
    { name: 'IMPLNT_DI', on: `(lower(${behind('01')})) collate "C"` },
    { name: 'IMPLNT_MFR', on: 'lower("MFR_TXT") collate "C"' },
    { name: 'IMPLNT_MDL', on: 'lower("MDL_NO") collate "C"' },
    { name: 'IMPLNT_NM', on: 'lower("MDL_NM") collate "C"' },
  ],
};

export const IMPLDEL: TableDefinition = {
  name: 'IMPLDEL',
  meaning: 'Implants that were noted by mistake: they must not be shown',
  key: ['IMP_NO'],
  columns: [
    ['IMP_NO', 'bigint', 'IMPLNT.IMP_NO'],
    ['DEL_RSN', 'varchar(40)', 'Why'],
  ],
  indexes: [],
};

function sixDigits(day: Day): string {
  return compactOf(day).slice(2);
}

/** The human readable form of a carrier: application identifiers in parentheses. */
export function carrierText({ device, lot, serial, made, expires }: Udi): string {
  const expiry = expires && (expires.isMonth ? `${sixDigits(expires.day).slice(0, 4)}00` : sixDigits(expires.day));
  const elements: readonly (readonly [string, string | undefined])[] = [
    ['01', device],
    ['11', made === undefined ? undefined : sixDigits(made)],
    ['17', expiry],
    ['10', lot],
    ['21', serial],
  ];
  return elements.map(([identifier, text]) => (text === undefined ? '' : `(${identifier})${text}`)).join('');
}

function carrierOf({ udi, damage }: Implant): string | null {
  if (udi === null || typeof udi === 'string') return udi;
  const text = carrierText(udi);
  return damage === 'impossible-implant-expiry' ? text.replace(/\(17\)\d{6}/, '(17)250231') : text;
}

function implantRow(implant: Implant): RowTexts {
  const { number, patient } = implant;
  return [
    ...[number, patient.facility, patient.number, implant.type, carrierOf(implant), implant.entry, implant.distinct],
    ...[implant.maker, implant.model, implant.name],
    implant.damage === 'unknown-implant-status' ? '?' : implant.status,
    implant.note,
  ];
}

export function projectImplants(implants: readonly Implant[], put: Put): void {
  for (const implant of implants) {
    put('IMPLNT', implantRow(implant));
    if (implant.deleted) put('IMPLDEL', [implant.number, 'wrong patient']);
  }
}
