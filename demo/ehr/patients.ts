import type { RowTexts } from '../load/table.ts';
import { civilOf, clockOf, compactOf } from '../model/calendar.ts';
import type { LocalTime, PatientRecord, PersonName, VagueDate } from '../model/types.ts';

/** Without accents and in capitals: how PT_NM_SRCH is made of PT_NM. */
export function searchForm(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
}

/** `LAST^FIRST^MIDDLE`; clerks of one facility write the separators of missing parts, the others do not. */
export function joinedName(name: PersonName, allSeparators: boolean): string {
  const parts = [name.family, ...name.given];
  while (allSeparators && parts.length < 3) parts.push('');
  return parts.join('^');
}

export function stamp(time: LocalTime | undefined): string | null {
  return time === undefined ? null : `${civilOf(time.day)} ${clockOf(time.seconds)}`;
}

/** YYYYMMDD with zeros for the parts that are not known. */
export function vagueInteger(date: VagueDate): string | null {
  if ('value' in date) return date.value.replaceAll('-', '').padEnd(8, '0');
  return { zero: '0', nines: '99999999', null: null }[date.unknown];
}

function nameText(record: PatientRecord, padded: boolean): string | null {
  if (record.name === undefined) return null;
  const name = joinedName(record.name, record.key.facility === 'MG');
  if (record.damage === 'control-character-name') return name.replace('Damaged', 'Dam\u001faged');
  return padded ? `${name.replaceAll('^', '  ^ ')} ` : name;
}

/** The rows of PATMAST. `padded`: the clerk typed blanks around the parts of the name. */
export function patientRow(record: PatientRecord, padded: boolean): RowTexts {
  const name = nameText(record, padded);
  return [
    record.key.facility,
    record.key.number,
    name,
    name === null ? null : searchForm(name),
    record.sexCode,
    record.damage === 'impossible-birth-date' ? '19990231' : vagueInteger(record.birth),
    vagueInteger(record.death),
    record.deleteFlag,
    record.mergedInto?.facility ?? null,
    record.mergedInto?.number ?? null,
    record.homePhone,
    record.cellPhone,
    record.email,
    record.maritalCode,
    record.languageCode,
    stamp(record.updatedAt),
    record.primaryCare,
  ];
}

/** The rows of PATADDR. */
export function addressRows(record: PatientRecord): readonly RowTexts[] {
  return record.addresses.map((address, index) => [
    record.key.facility,
    record.key.number,
    String(index + 1),
    address.type,
    address.line1,
    address.line2,
    address.city,
    address.state,
    address.zip,
    address.from === undefined ? (index % 2 === 0 ? '0' : null) : compactOf(address.from),
    address.to === undefined ? (['99999999', '0', null][Number(record.key.number) % 3] ?? null) : compactOf(address.to),
  ]);
}
