import { numberInText, type Column, type KindName, type Operand, type TableAlias } from '../../../contracts/index.ts';
import type { Dialect } from './dialect.ts';
import { literalText, sql, type Fragment } from './fragment.ts';

/** The kind of an operand's values. */
export function kindOf(operand: Operand): KindName {
  if (!('operand' in operand)) return operand.type.kind;
  if (operand.operand === 'sql') return operand.kind;
  return operand.operand === 'number-in-text' ? 'decimal' : 'text';
}

export function columnSql(column: Column, dialect: Dialect): Fragment {
  if (column.computed !== undefined) {
    return hatchSql(dialect.hatch(column.computed.sql), column.computed.uses, dialect);
  }
  return { text: `${dialect.identifier(column.alias)}.${dialect.identifier(column.name)}`, slots: [] };
}

export function tableSql(table: TableAlias, dialect: Dialect): string {
  const { name, schema } = table.table;
  const path = schema === undefined ? [name] : [schema, name];
  return `${path.map((part) => dialect.identifier(part)).join('.')} as ${dialect.identifier(table.alias)}`;
}

export function operandSql(operand: Operand, dialect: Dialect): Fragment {
  if (!('operand' in operand)) return columnSql(operand, dialect);
  switch (operand.operand) {
    case 'number-in-text':
      return dialect.numberInText(textOf(operand.of, dialect), numberInText(operand.decimalComma));
    case 'comparator-in-text':
      return dialect.comparatorInText(textOf(operand.of, dialect), numberInText(operand.decimalComma));
    case 'lower':
      return dialect.lower(textOf(operand.of, dialect));
    case 'trim':
      return dialect.trim(textOf(operand.of, dialect));
    case 'part':
      return dialect.part(textOf(operand.of, dialect), operand.separator, operand.index);
    case 'sql':
      return hatchSql(dialect.hatch(operand.sql), operand.uses, dialect);
  }
}

function textOf(operand: Operand, dialect: Dialect): Fragment {
  return dialect.text(kindOf(operand), operandSql(operand, dialect));
}

/** Puts the used columns where the hatch says `??`, in order. A lone question mark is an operator of the dialect. */
function hatchSql(text: string, uses: readonly Column[], dialect: Dialect): Fragment {
  const [first = '', ...rest] = text.split('??');
  if (rest.length !== uses.length) throw new Error('An SQL expression must name each used column once, as ??.');
  const whole = uses.reduce(
    (before, column, i) => sql`${before}${columnSql(column, dialect)}${literalText(rest[i] ?? '')}`,
    literalText(first),
  );
  return sql`(${whole})`;
}
