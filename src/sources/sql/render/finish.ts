import type { Column, Row, Select, Statement } from '../../../contracts/index.ts';

type Finish = (text: string) => string;

/**
 * Turns the server's texts into canonical ones, in place, where the two differ (PostgreSQL under its pinned session settings). Rows of a united
 * statement are split by their first text, the index of their select.
 */
export function splitRows(statement: Statement, rows: (string | null)[][]): readonly (readonly Row[])[] {
  const { selects } = statement;
  const [only] = selects;
  if (statement.is === 'count') return [rows];
  if (selects.length === 1 && only !== undefined) {
    if (only.columns.length === 0) return [rows.map(() => [])];
    finishRows(only, rows);
    return [rows];
  }
  const split = selects.map((): (string | null)[][] => []);
  for (const row of rows) {
    const index = Number(row[0]);
    split[index]?.push(row.slice(1, 1 + (selects[index]?.columns.length ?? 0)));
  }
  selects.forEach((select, i) => {
    finishRows(select, split[i] ?? []);
  });
  return split;
}

function finishRows(select: Select, rows: (string | null)[][]): void {
  select.columns.forEach((column, i) => {
    const finish = finishOf(column);
    if (finish === undefined) return;
    for (const row of rows) {
      const text = row[i];
      if (typeof text === 'string') row[i] = finish(text);
    }
  });
}

function finishOf(column: Column): Finish | undefined {
  switch (column.type.kind) {
    case 'char':
      return trimEndSpaces;
    case 'boolean':
      return (text) => (text === 't' ? 'true' : text === 'f' ? 'false' : text);
    case 'bytes':
      return (text) => (text.startsWith('\\x') ? text.slice(2) : text);
    case 'local-timestamp':
    case 'instant':
      return column.type.fractionDigits === 3 ? milliseconds : withoutOffset;
    default:
      return undefined;
  }
}

function trimEndSpaces(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

/** A column with a time zone ends in `+00`, since the session's zone is UTC. */
function withoutOffset(text: string): string {
  return text.endsWith('+00') ? text.slice(0, -3) : text;
}

const WHOLE_SECOND = 19;
const MILLISECOND = 23;

/** At least milliseconds; finer digits stay, so that the text is an exact position in the column's order. */
function milliseconds(text: string): string {
  const plain = withoutOffset(text);
  if (plain.length === WHOLE_SECOND) return `${plain}.000`;
  return plain.length < MILLISECOND && plain.charCodeAt(WHOLE_SECOND) === 46 ? plain.padEnd(MILLISECOND, '0') : plain;
}
