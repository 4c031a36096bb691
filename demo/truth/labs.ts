import { civilOf, zonedOf } from '../model/calendar.ts';
import { LAB_TESTS } from '../model/lab-catalogue.ts';
import { DEPARTMENTS, MISSING_PROVIDER } from '../model/staff.ts';
import type { LabOrder, LabResult, LabValue, LocalTime, PatientRecord, PointOfCareResult } from '../model/types.ts';
import { DEVICE_STATUS, FLAG, LAB_STATUS, LAB_UNIT, LOINC, SYSTEMS } from './codes.ts';
import { catalogueLabels } from './sensitivity.ts';
import { servedSpecimen } from './specimen-references.ts';
import type { Native, TruthCoding, TruthLab, TruthQuantity, TruthValue } from './types.ts';

const KNOWN_DEPARTMENTS = new Set(DEPARTMENTS.map(({ code }) => code));

export function registrationOf(record: Pick<PatientRecord, 'key'>): Native {
  return { table: 'PATMAST', key: [record.key.facility, record.key.number] };
}

export function resultNative(result: LabResult): Native {
  return { table: 'LABRSLT', key: [result.sequence] };
}

export function groupNative(order: LabOrder, result: PointOfCareResult): Native {
  return { table: 'LABEAV', key: [order.number, String(result.sequence)] };
}

/** The department that exists, or nothing. */
export function departmentRef(code: string | null): Native | undefined {
  return code !== null && KNOWN_DEPARTMENTS.has(code) ? { table: 'DEPT', key: [code] } : undefined;
}

export function providerRef(number: string | null): Native | undefined {
  return number === null || number === MISSING_PROVIDER ? undefined : { table: 'PROVMST', key: [number] };
}

function codingsOf(testCode: string): readonly TruthCoding[] {
  const loinc = LOINC[testCode];
  const display = LAB_TESTS.get(testCode)?.description;
  const local = { system: SYSTEMS.localTest, code: testCode, ...(display === undefined ? {} : { display }) };
  return loinc === undefined ? [local] : [{ system: SYSTEMS.loinc, code: loinc }, local];
}

function inUnit(number: string, written: string | null): TruthQuantity {
  const unit = written?.trim() ?? '';
  const ucum = LAB_UNIT[unit];
  return { number, ...(unit === '' ? {} : { unit }), ...(ucum === undefined ? {} : { ucum }) };
}

function valueOf(value: LabValue, unit: string | null): TruthLab['value'] {
  if (value.is === 'absent') return { is: 'absent' };
  if (value.is === 'text') return { is: 'text', text: value.text };
  const { comparator } = value;
  return {
    is: 'quantity',
    quantity: { ...inUnit(value.number, unit), ...(comparator === undefined ? {} : { comparator }) },
  };
}

function rangeOf(
  low: string | null,
  high: string | null,
  unit: string | null,
): Pick<TruthLab, 'low' | 'high' | 'rangeText'> {
  const isWord = low !== null && /[A-Z]/.test(low);
  return {
    ...(low === null || low === '' || isWord ? {} : { low: inUnit(low, unit) }),
    ...(isWord ? { rangeText: low } : {}),
    ...(high === null || high === '' ? {} : { high: inUnit(high, unit) }),
  };
}

function flagOf(flag: string | null): TruthCoding | undefined {
  if (flag === null || flag === '') return undefined;
  const code = FLAG[flag];
  return code === undefined ? { system: SYSTEMS.localFlag, code: flag } : { system: SYSTEMS.interpretation, code };
}

function zoned(time: LocalTime | undefined): string | undefined {
  return time === undefined ? undefined : zonedOf(time.day, time.seconds);
}

function effectiveOf(result: LabResult): string | undefined {
  if (result.day === undefined) return undefined;
  return result.seconds === undefined ? civilOf(result.day) : zonedOf(result.day, result.seconds);
}

function meaning(table: Readonly<Record<string, string>>, code: string): string {
  const known = table[code];
  if (known === undefined) throw new RangeError(`the model wrote a code that the truth does not know: ${code}`);
  return known;
}

/** The labels of a result. Some tests that are in use are missing from the catalogue. */
export function securityOf({ testCode }: { readonly testCode: string }): readonly TruthValue[] | undefined {
  const test = LAB_TESTS.get(testCode);
  return catalogueLabels(test?.description === undefined ? undefined : test);
}

/** The Observation of a sound row of LABRSLT. */
export function labTruth(order: LabOrder, result: LabResult): TruthLab {
  const effective = effectiveOf(result);
  const issued = zoned(result.loadedAt);
  const interpretation = flagOf(result.flag);
  const specimen = servedSpecimen(order, result);
  const security = securityOf(result);
  return {
    native: resultNative(result),
    identifier: { system: SYSTEMS.labResult, value: result.sequence },
    registration: registrationOf({ key: order.patient }),
    status: meaning(LAB_STATUS, result.statusCode ?? ''),
    codings: codingsOf(result.testCode),
    ...(effective === undefined ? {} : { effective }),
    ...(issued === undefined ? {} : { issued }),
    value: valueOf(result.value, result.unit),
    ...rangeOf(result.low, result.high, result.unit),
    ...(interpretation === undefined ? {} : { interpretation }),
    ...(specimen === undefined ? {} : { specimen }),
    ...(security === undefined ? {} : { security }),
    performers: [departmentRef(result.department), providerRef(result.verifier)].filter((ref) => ref !== undefined),
  };
}

/** The Observation of a sound group of LABEAV. */
export function pointOfCareTruth(order: LabOrder, result: PointOfCareResult): TruthLab {
  const effective = zoned(result.at);
  const specimen = servedSpecimen(order, result);
  const security = securityOf(result);
  return {
    native: groupNative(order, result),
    registration: registrationOf({ key: order.patient }),
    status: result.status === null ? 'unknown' : (DEVICE_STATUS[result.status] ?? 'unknown'),
    codings: codingsOf(result.testCode),
    ...(effective === undefined ? {} : { effective }),
    value: valueOf(result.value, result.unit),
    ...rangeOf(result.low, result.high, result.unit),
    ...(specimen === undefined ? {} : { specimen }),
    ...(security === undefined ? {} : { security }),
    performers: [departmentRef(order.department)].filter((ref) => ref !== undefined),
  };
}
