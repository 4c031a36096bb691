import type { RowTexts } from '../load/table.ts';
import { civilOf, clockOf, compactOf, type Day, type WallSeconds } from '../model/calendar.ts';
import type { LabOrder, LabResult, LabValue, NumberHabit, PointOfCareResult } from '../model/types.ts';
import { typed } from '../model/values.ts';
import { stamp } from './patients.ts';

const IMPOSSIBLE_DATE = '20230231';
const IMPOSSIBLE_TIME = '2575';

/** HHMM as an integer: 5 is five past midnight. */
export function hhmm(seconds: WallSeconds | undefined): string | null {
  return seconds === undefined ? null : String(Math.floor(seconds / 3600) * 100 + (Math.floor(seconds / 60) % 60));
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** A limit of the reference range in the same habit as the result, but without signs and zeros that nobody types there. */
function limit(text: string | null, habit: NumberHabit): string | null {
  return text === null || !isNumber(text) ? text : typed(text, habit === 'comma' ? 'comma' : 'plain');
}

function valueText(value: LabValue, habit: NumberHabit): string | null {
  if (value.is === 'text') return habit === 'blank' ? ` ${value.text}` : value.text;
  if (value.is === 'absent') return value.written;
  const number = typed(value.number, habit);
  if (value.comparator === undefined) return number;
  return number.startsWith(' ') ? ` ${value.comparator}${number}` : value.comparator + number;
}

/** How a row says that it does not know its day depends on who typed it. */
function drawDate(result: LabResult): string | null {
  if (result.damage === 'impossible-draw-date') return IMPOSSIBLE_DATE;
  if (result.day !== undefined) return compactOf(result.day);
  return Number(result.sequence.slice(-2)) % 2 === 0 ? '0' : null;
}

function resultText(result: LabResult): string | null {
  if (result.damage === 'number-too-long') return '123456789012345678901234567890123456789012345678901234567890';
  if (result.damage === 'control-character') return 'NEG\u0007';
  return valueText(result.value, result.habit);
}

function statusCode(result: LabResult): string | null {
  if (result.damage === 'unknown-status') return 'Q';
  return result.damage === 'missing-status' ? null : result.statusCode;
}

function collectionDate(order: LabOrder): string | null {
  if (order.damage === 'impossible-collection-date') return IMPOSSIBLE_DATE;
  return order.collectedAt === undefined ? null : compactOf(order.day);
}

export function orderRow(order: LabOrder): RowTexts {
  return [
    order.number,
    order.patient.facility,
    order.patient.number,
    order.provider,
    order.department,
    order.panelCode,
    compactOf(order.day),
    hhmm(order.orderedAt),
    collectionDate(order),
    hhmm(order.collectedAt),
    order.damage === 'unknown-order-status' ? 'ZZ' : order.statusCode,
  ];
}

export function resultRow(order: LabOrder, result: LabResult): RowTexts {
  const patient = result.patient ?? order.patient;
  return [
    result.sequence,
    order.number,
    patient.facility,
    patient.number,
    result.damage === 'missing-test' ? null : result.testCode,
    resultText(result),
    result.unit,
    limit(result.low, result.habit),
    limit(result.high, result.habit),
    result.flag,
    statusCode(result),
    drawDate(result),
    result.damage === 'impossible-draw-time' ? IMPOSSIBLE_TIME : hhmm(result.seconds),
    result.superseded ? 'Y' : Number(result.sequence.slice(-2)) % 3 === 0 ? 'N' : null,
    result.corrects ?? null,
    result.department,
    result.verifier,
    stamp(result.loadedAt),
    result.specimen,
  ];
}

function compactTime(day: Day, seconds: WallSeconds): string {
  return civilOf(day).replaceAll('-', '') + clockOf(seconds).replaceAll(':', '');
}

function attributesOf(result: PointOfCareResult): readonly (readonly [string, string | null])[] {
  if (result.comment !== undefined) return [['COMMENT', result.comment]];
  const time = result.at === undefined ? null : compactTime(result.at.day, result.at.seconds);
  return [
    ['TEST', result.testCode],
    ['VALUE', valueText(result.value, result.habit)],
    ['UNIT', result.unit],
    ['STATUS', result.status],
    ['TIME', result.damage === 'unreadable-time' ? 'YESTERDAY 9AM' : time],
    ['LOW', limit(result.low, result.habit)],
    ['HIGH', limit(result.high, result.habit)],
    ['SPEC', result.specimen],
  ];
}

/** The rows of LABEAV for one group: attributes that are not known have no row. */
export function attributeRows(order: LabOrder, result: PointOfCareResult): readonly RowTexts[] {
  return attributesOf(result)
    .filter(([, value]) => value !== null)
    .map(([attribute, value]) => [order.number, String(result.sequence), attribute, value]);
}
