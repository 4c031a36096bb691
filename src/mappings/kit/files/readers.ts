import type { ColumnType, FieldReader } from '../../../contracts/index.ts';
import { trimSpaces } from '../json-text.ts';
import { readTimeForm } from './time-form.ts';

/** How the texts of a field are written. Blank always says nothing, and blanks around a text mean nothing. */
export interface FieldOptions {
  /** Further texts that say nothing, such as `00000000`. */
  readonly absent?: readonly string[];
  /** Takes a part of the text, or brings it into another form, before it is read; undefined rejects the line. It must be a pure function. */
  readonly take?: (text: string) => string | undefined;
  /** Of dates and times: `YYYY`, `MM`, `DD`, `hh`, `mm`, `ss`, and whatever stands between them. By default `YYYY-MM-DD` and `YYYY-MM-DD hh:mm:ss`. */
  readonly form?: string;
  /** Decimals are written with a comma. */
  readonly decimalComma?: boolean;
  /** Of booleans: the texts for true and for false. */
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
  /** A line without this value is rejected. Key columns are always required. */
  readonly required?: boolean;
}

/** Reads the texts of a field as values of a column. Throws a RangeError for a form that is none, and for a kind that no file can fill. */
export function readerOf(type: ColumnType, options: FieldOptions): FieldReader {
  const absent = new Set(options.absent);
  const { take } = options;
  const read = kindReader(type, options);
  return (text) => {
    const trimmed = trimSpaces(text);
    if (trimmed === '' || absent.has(trimmed)) return null;
    const taken = take === undefined ? trimmed : takenFrom(trimmed, take);
    return taken === undefined ? undefined : taken === '' ? null : read(taken);
  };
}

/** A function of a module that cannot deal with a text must not stop the whole file. */
function takenFrom(text: string, take: NonNullable<FieldOptions['take']>): string | undefined {
  try {
    return take(text);
  } catch {
    return undefined;
  }
}

type Read = (text: string) => string | undefined;

function kindReader(type: ColumnType, { form, decimalComma = false, yes = [], no = [] }: FieldOptions): Read {
  switch (type.kind) {
    case 'text':
      return (text) => text;
    case 'char':
      return (text) => (Array.from(text).length <= type.length ? text : undefined);
    case 'integer':
      return readInteger;
    case 'decimal':
      return decimalReader(decimalComma ? ',' : '.');
    case 'date':
      return readTimeForm(form ?? 'YYYY-MM-DD', false);
    case 'local-timestamp':
    case 'instant':
      return readTimeForm(form ?? 'YYYY-MM-DD hh:mm:ss', true);
    case 'boolean':
      return (text) => (yes.includes(text) ? 'true' : no.includes(text) ? 'false' : undefined);
    case 'bytes':
      throw new RangeError('no file can fill a column of bytes');
  }
}

const INTEGER_MAX = 2n ** 63n;

function readInteger(text: string): string | undefined {
  if (!/^[+-]?\d{1,40}$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= -INTEGER_MAX && value < INTEGER_MAX ? String(value) : undefined;
}

/** Digits stay as written; a sign and zeros in front say nothing. */
function decimalReader(point: ',' | '.'): Read {
  const grammar = point === ',' ? /^([+-]?)(\d{1,30})(?:,(\d{1,30}))?$/ : /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?$/;
  return (text) => {
    const [, sign, whole = '', fraction] = grammar.exec(text) ?? [];
    if (sign === undefined) return undefined;
    const digits = `${whole.replace(/^0+(?=\d)/, '')}${fraction === undefined ? '' : `.${fraction}`}`;
    return sign === '-' && /[1-9]/.test(digits) ? `-${digits}` : digits;
  };
}
