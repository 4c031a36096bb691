import type { CodeableConcept, Coding } from '@medplum/fhirtypes';
import { never, or, type Codec, type Column, type Operand, type Predicate } from '../../../contracts/index.ts';
import { Fault } from '../../../core/index.ts';
import { damage, type PathedCodec } from '../codec.ts';
import type { TextKind } from '../columns.ts';
import { systemFits } from '../token.ts';
import { codeableConcept } from './coding.ts';

export interface PackedSpec {
  readonly column: Column<TextKind>;
  /** Code systems by the label that stands before the code. */
  readonly systems: Readonly<Record<string, string>>;
  /** Between entries; `;` unless given. */
  readonly separator?: string;
  /** Between an entry's label and its code; `:` unless given. */
  readonly mark?: string;
  /** What becomes of an entry without a known label: it is left out (and counted), or the row is damaged. */
  readonly unmapped?: 'omit' | 'damaged';
  readonly text?: Codec<string>;
}

/**
 * Several codings in one text, such as `ICD10:E11.9;SNOMED:44054006`. A search compares whole entries between their separators, so that a code never
 * finds a longer one. Spaces around entries, labels and codes mean nothing; one inside a code is damage, and so is a label without a code.
 */
export function packedConcept(spec: PackedSpec): Codec<CodeableConcept> {
  return codeableConcept({ coding: [packedCodings(spec)], ...(spec.text === undefined ? {} : { text: spec.text }) });
}

/** Writes all codings of the list that it stands in, between commas. */
function packedCodings(spec: PackedSpec): Codec<Coding> {
  const { column, separator = ';', mark = ':', unmapped = 'omit' } = spec;
  const labels = Object.entries(spec.systems);
  check(separator, mark, labels);
  const systems = new Map(labels);
  const entries = separatedEntries(column, separator);
  const holds = (text: string): Predicate => ({ is: 'contains', left: entries, value: text });
  const labelled = (label: string): string => `${separator}${label}${mark}`;
  const codec: PathedCodec<Coding> = {
    is: 'codec',
    columns: [column],
    compile: (slot, path) => {
      const at = slot(column);
      return (row, page) => {
        const codings = (row[at] ?? '').split(separator).flatMap((entry): readonly string[] => {
          const found = readEntry(entry, mark);
          if (found === undefined) return [];
          const system = systems.get(found.label);
          if (system !== undefined) return [JSON.stringify({ system, code: found.code })];
          if (unmapped === 'damaged') return damage('an entry without a known label');
          page.unmapped(path ?? '');
          return [];
        });
        return codings.join();
      };
    },
    present: or(...labels.map(([label]) => holds(labelled(label)))),
    searches: {
      token: ({ system, code }) => {
        if (code !== undefined && (code === '' || /\s/.test(code) || code.includes(separator))) return never;
        const meant = labels.filter(([, known]) =>
          systemFits({ is: 'token', ...(system === undefined ? {} : { system }) }, known),
        );
        return or(
          ...meant.map(([label]) => holds(`${labelled(label)}${code === undefined ? '' : `${code}${separator}`}`)),
        );
      },
    },
    note: { codeMap: labels.map(([label, system]) => `${label} ${system}`).join(', '), policy: unmapped },
  };
  return codec;
}

/** The column between separators and without spaces, so that each of its entries stands between two of them. */
function separatedEntries(column: Column<TextKind>, separator: string): Operand {
  const sql = `concat('${separator}', replace(??, ' ', ''), '${separator}')`;
  return { operand: 'sql', sql: { default: sql }, uses: [column], kind: 'text' };
}

function readEntry(entry: string, mark: string): { readonly label: string; readonly code: string } | undefined {
  const at = entry.indexOf(mark);
  const [label, code] = at < 0 ? ['', entry] : [entry.slice(0, at), entry.slice(at + 1)];
  const trimmed = { label: trim(label), code: trim(code) };
  if (trimmed.code === '') return trimmed.label === '' && at < 0 ? undefined : damage('a label without a code');
  return /\s/.test(trimmed.label) || /\s/.test(trimmed.code) ? damage('blanks inside a code') : trimmed;
}

function trim(text: string): string {
  return text.replace(/^ +| +$/g, '');
}

function check(separator: string, mark: string, labels: readonly (readonly [string, string])[]): void {
  const isMark = (text: string): boolean => /^[^'"\\?\s\w]$/u.test(text);
  const isLabel = (text: string): boolean =>
    text !== '' && !/\s/.test(text) && !text.includes(separator) && !text.includes(mark);
  if (
    isMark(separator) &&
    isMark(mark) &&
    separator !== mark &&
    labels.length > 0 &&
    labels.every(([label]) => isLabel(label))
  )
    return;
  throw new Fault(
    'module.invalid',
    'packedConcept needs two different characters as separator and mark, and labels that hold neither of them nor blanks.',
  );
}
