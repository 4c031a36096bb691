import type { RowTexts, TableDefinition } from '../load/table.ts';
import { compactOf } from '../model/calendar.ts';
import type { Specimen } from '../model/specimens.ts';
import { stamp } from './patients.ts';
import { hhmm } from './results.ts';

export const SPECMN: TableDefinition = {
  name: 'SPECMN',
  meaning: 'Specimens of the laboratories and of pathology: one row per container',
  key: ['SPC_NO'],
  columns: [
    ['SPC_NO', 'char(16)', 'Number on the label, L laboratory or P pathology and 13 digits, padded with blanks'],
    ['ACC_NO', 'varchar(14)', 'Accession: of an order, or DOCHDR.ACC_NO of a case of pathology; null: none was given'],
    ['ORD_NO', 'bigint', 'LABORD.ORD_NO; null: pathology'],
    ['PAR_NO', 'char(16)', 'SPECMN.SPC_NO of what it was made of, padded with blanks; null: nothing'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    [
      'TYP_CD',
      'varchar(6)',
      'SER, PLAS, BLD, ABG arterial blood, UR, NAS nasal swab, BX biopsy, BLK block; null: unknown',
    ],
    [
      'SITE_CD',
      'varchar(6)',
      'RUL right upper lobe of the lung, NOS nose, LAC and RAC bends of the arms; null: not said',
    ],
    ['TUBE_CD', 'varchar(4)', 'SST, LAV, BLU, SYR, CUP, SWB, FRM, CAS, SLD'],
    ['COL_DT', 'integer', 'Taken on YYYYMMDD; 0, null: unknown'],
    ['COL_TM', 'smallint', 'Taken at HHMM, local; null: unknown'],
    ['COL_NO', 'varchar(6)', 'Taken by, PROVMST.PROV_NO; may lead nowhere'],
    ['RCV_TS', 'timestamp(0)', 'Received, local time of the hospital'],
    ['COND_CD', 'char(3)', 'On arrival: HM hemolyzed, CL clotted, CO cool, LIP lipemic; blank: nothing of note'],
    [
      'ST_CD',
      'char(1)',
      'A at hand, U used up, R rejected, Q quantity not sufficient, E entered in error; null: not known',
    ],
    ['NOTE_TXT', 'varchar(60)', 'Note, as typed'],
    ['LIFE_N', 'smallint', '-1: struck out, must not be shown; 0, null: live'],
  ],
  indexes: [
    { name: 'SPECMN_PT', on: '"FAC_CD", "PT_NO", "COL_DT", coalesce("COL_TM", -1), "SPC_NO"' },
    { name: 'SPECMN_COL', on: '"COL_DT", coalesce("COL_TM", -1), "SPC_NO"' },
    { name: 'SPECMN_ACC', on: '"ACC_NO"' },
    { name: 'SPECMN_ORD', on: '"ORD_NO"' },
    { name: 'SPECMN_PAR', on: '"PAR_NO"', where: '"PAR_NO" is not null' },
    { name: 'SPECMN_TYP', on: '"TYP_CD", "SPC_NO"' },
    { name: 'SPECMN_SITE', on: '"SITE_CD"' },
    { name: 'SPECMN_TUBE', on: '"TUBE_CD", "SPC_NO"' },
    { name: 'SPECMN_BY', on: '"COL_NO"' },
    // LABEAV names specimens in a text without padding.
    { name: 'SPECMN_TXT', on: '("SPC_NO"::text)' },
  ],
};

function collectionDate({ damage, collected, number }: Specimen): string | null {
  if (damage === 'impossible-specimen-date') return '20230231';
  if (collected !== undefined) return compactOf(collected.day);
  return Number(number.slice(-1)) % 2 === 0 ? '0' : null;
}

export function specimenRow(specimen: Specimen): RowTexts {
  const { number, accession, order, parent, patient, type, site, container, collected, collector } = specimen;
  return [
    ...[number, accession, order, parent, patient.facility, patient.number, type, site, container],
    ...[collectionDate(specimen), hhmm(collected?.seconds), collector, stamp(specimen.received), specimen.condition],
    specimen.damage === 'unknown-specimen-status' ? '?' : specimen.status,
    specimen.note,
    specimen.deleted ? '-1' : Number(number.slice(-1)) % 3 === 0 ? '0' : null,
  ];
}
