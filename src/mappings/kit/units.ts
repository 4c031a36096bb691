import {
  always,
  never,
  or,
  type Column,
  type Operand,
  type Predicate,
  type QuantityValue,
  type SlotOf,
  type PageContext,
  type Row,
} from '../../contracts/index.ts';
import { onceInARow } from '../../core/index.ts';
import { damage } from './codec.ts';
import type { TextKind } from './columns.ts';
import { quoteTrimmed, trimSpaces } from './json-text.ts';
import { compare, oneOf } from './predicates.ts';

/** A unit as it is written: `unit` for people, `code` in `system` for machines. */
export interface Unit {
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
}

/** A UCUM unit (https://ucum.org); `unit` is what people read, the code itself unless given. */
export function ucum(code: string, unit: string = code): Unit {
  return { unit, system: 'http://unitsofmeasure.org', code };
}

/** Units by stored text. What the map does not know is kept as plain text without a code (and counted), or is damage. Blank: no unit. */
export interface UnitColumn {
  readonly column: Column<TextKind>;
  readonly units: Readonly<Record<string, Unit>>;
  readonly unmapped?: 'text' | 'damaged';
}

export type UnitSpec = Unit | UnitColumn;

export interface Units {
  readonly columns: readonly Column[];
  /** `,"unit":…` members to append to a quantity; empty without a unit. */
  compile(slot: SlotOf, path: string | undefined): (row: Row, page: PageContext) => string;
  /** Rows whose unit a search value means: `system` and `code`, or a code alone, which matches code or unit text. */
  where(sought: QuantityValue): Predicate;
}

export function unitsOf(spec: UnitSpec): Units {
  return 'column' in spec ? unitsByColumn(spec) : fixedUnit(spec);
}

function fits(sought: QuantityValue, unit: Unit): boolean {
  const { system, code } = sought;
  if (system !== undefined && system !== '')
    return unit.system === system && (code === undefined || unit.code === code);
  return code === undefined || code === '' || unit.code === code || unit.unit === code;
}

function membersOf(unit: Unit): string {
  const members = (['unit', 'system', 'code'] as const).filter((name) => unit[name] !== undefined);
  return members.map((name) => `,"${name}":${JSON.stringify(unit[name])}`).join('');
}

function fixedUnit(unit: Unit): Units {
  const members = membersOf(unit);
  return { columns: [], compile: () => () => members, where: (sought) => (fits(sought, unit) ? always : never) };
}

function unitsByColumn({ column, units, unmapped = 'text' }: UnitColumn): Units {
  const trimmed: Operand = { operand: 'trim', of: column };
  const known = Object.entries(units);
  return {
    columns: [column],
    compile(slot, path) {
      const at = slot(column);
      const members = new Map(known.map(([raw, unit]) => [raw, membersOf(unit)]));
      const find = onceInARow((raw: string) => members.get(trimSpaces(raw)));
      return (row, page) => {
        const raw = row[at];
        if (raw == null) return '';
        const found = find(raw);
        if (found !== undefined) return found;
        if (trimSpaces(raw) === '') return '';
        if (unmapped === 'damaged') return damage('a unit that the map does not know');
        page.unmapped(path === undefined ? 'unit' : `${path}.unit`);
        return `,"unit":${quoteTrimmed(raw)}`;
      };
    },
    where(sought) {
      const { system, code } = sought;
      if ((system === undefined || system === '') && (code === undefined || code === '')) return always;
      const listed = oneOf(
        trimmed,
        known.filter(([, unit]) => fits(sought, unit)).map(([raw]) => raw),
      );
      const isPlain =
        (system === undefined || system === '') &&
        code !== undefined &&
        !Object.hasOwn(units, code) &&
        trimSpaces(code) === code;
      return or(listed, isPlain ? compare(trimmed, '=', code) : never);
    },
  };
}
