import type { Codec, Column, Many, Row, Writer } from '../../contracts/index.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import type { BranchRendering } from '../write/rendering.ts';
import type { ChildPlan, RenderContext } from '../write/tree.ts';
import { closestCodecs, type Places } from './places.ts';

/** Why the resource is the same without a value of its row. `repeated`: another column says the same. `none`: nothing explains it. */
export type Unreached = 'unmapped' | 'policy' | 'unknown' | 'repeated' | 'rows' | 'none';

export interface LostFact {
  readonly column: Column;
  readonly reason: Unreached;
}

/** What one row became, and how. */
export interface WrittenRow {
  readonly id: string;
  readonly row: Row;
  readonly text: string;
  readonly page: RenderContext;
  /** FHIRPaths of codes that no map knows. */
  readonly unmapped: ReadonlySet<string>;
}

interface Reader {
  readonly codec: Codec;
  readonly path: string;
  readonly slot: (column: Column) => number;
}

/**
 * Finds the values of a row that do not reach its resource: without the value, the same text is written. A value that another column repeats, that was
 * read as nothing known, that no map knows, or whose element has a declared policy has its reason; so has one that only finds or joins rows.
 */
export function createFactCheck(
  { branch }: CatalogueBranch,
  rendering: BranchRendering,
  places: Places,
): (written: WrittenRow) => readonly LostFact[] {
  const columns = [...rendering.columns];
  const own = createReaders(places, undefined, (column) => rendering.slotsOf([column])[0] ?? 0);
  const ofChild = new Map(
    rendering.children.map((child) => [child, createReaders(places, child.many, (column) => child.slots.of(column))]),
  );
  const isSame = ({ id, text }: WrittenRow, changed: Row, page: RenderContext): boolean => {
    try {
      return rendering.write(id, changed, page).text === text;
    } catch {
      return false;
    }
  };
  const lostIn = (
    columns: readonly Column[],
    row: Row,
    readers: readonly Reader[],
    written: WrittenRow,
    isUnchanged: (changed: Row) => boolean,
  ): readonly LostFact[] => {
    const lost = [...columns.entries()].filter(
      ([slot, column]) => !isBlank(row[slot]) && !branch.key.includes(column) && isUnchanged(without(row, [slot])),
    );
    const slots = lost.map(([slot]) => slot);
    return lost.map(([slot, column]) => {
      const isSaidAgain = isRepeated(slot, slots, row, isUnchanged);
      return { column, reason: isSaidAgain ? 'repeated' : reasonOf(column, row, readers, written, places) };
    });
  };
  return (written) => {
    const { row, page } = written;
    const found = [...lostIn(columns, row, own, written, (changed) => isSame(written, changed, page))];
    for (const [child, readers] of ofChild) {
      const rows = page.childRows(child, row);
      rows.forEach((childRow, i) => {
        const isUnchanged = (changed: Row): boolean =>
          isSame(written, row, replacing(page, child, rows.with(i, changed)));
        found.push(...lostIn(child.slots.columns, childRow, readers, written, isUnchanged));
      });
    }
    return found;
  };
}

function without(row: Row, slots: readonly number[]): Row {
  return row.map((value, slot) => (slots.includes(slot) ? null : value));
}

/** Whether a value reaches the resource although it can be taken out: it does where it alone is left of those like it, and nothing does where none is. */
function isRepeated(slot: number, lost: readonly number[], row: Row, isUnchanged: (changed: Row) => boolean): boolean {
  const others = lost.filter((other) => other !== slot && row[other] === row[slot]);
  return others.length > 0 && isUnchanged(without(row, others)) && !isUnchanged(without(row, [...others, slot]));
}

function replacing(page: RenderContext, child: ChildPlan, rows: readonly Row[]): RenderContext {
  return { ...page, childRows: (of, owner) => (of === child ? rows : page.childRows(of, owner)) };
}

function createReaders(places: Places, many: Many | undefined, slot: (column: Column) => number): readonly Reader[] {
  return places.codecs.filter(({ via }) => via[0] === many).map(({ codec, path }) => ({ codec, path, slot }));
}

function reasonOf(
  column: Column,
  row: Row,
  readers: readonly Reader[],
  { page, unmapped }: WrittenRow,
  places: Places,
): Unreached {
  const users = readers.flatMap(({ codec, path, slot }) =>
    closestCodecs(codec, column).map((closest) => ({ codec, closest, path, slot })),
  );
  if (users.some(({ path }) => [...unmapped].some((one) => one === path || one.startsWith(`${path}.`))))
    return 'unmapped';
  if (users.length > 0 && users.every(({ closest, slot }) => isAbsent(closest.compile(slot), row, page)))
    return 'unknown';
  if (users.some(({ codec, closest }) => (codec.note ?? closest.note)?.policy !== undefined)) return 'policy';
  return places.isStructural(column) ? 'rows' : 'none';
}

function isAbsent(write: Writer, row: Row, page: RenderContext): boolean {
  try {
    return write(row, page) === '';
  } catch {
    return false;
  }
}

export function isBlank(value: string | null | undefined): boolean {
  return value == null || value.trim() === '';
}

/** Whether a value is none of the codes that its column is declared to hold. */
export function isUndeclared(column: Column, value: string | null | undefined): boolean {
  return !isBlank(value) && column.type.codes?.includes(value ?? '') === false;
}
