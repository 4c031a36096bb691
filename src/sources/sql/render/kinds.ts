import type { KindName } from '../../../contracts/index.ts';
import type { DialectName } from './dialect.ts';

const TEXTS: readonly KindName[] = ['text', 'char'];

/**
 * What may be declared of a stored type, so that its canonical text, its comparisons and its order are those of the kind. A wall-clock time is no
 * point in time and a date is no time: whoever changes one for the other changes what the rows say.
 */
const kindsByType: Readonly<Record<DialectName, Readonly<Record<string, readonly KindName[]>>>> = {
  pg: {
    ...Object.fromEntries(['text', 'varchar', 'bpchar', 'citext', 'name'].map((type) => [type, TEXTS])),
    ...Object.fromEntries(['int2', 'int4', 'int8'].map((type) => [type, ['integer', 'decimal']])),
    ...Object.fromEntries(['numeric', 'float4', 'float8'].map((type) => [type, ['decimal']])),
    date: ['date'],
    timestamp: ['local-timestamp'],
    timestamptz: ['instant'],
    bool: ['boolean'],
    bytea: ['bytes'],
  },
  mysql: {
    ...Object.fromEntries(
      ['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum'].map((type) => [type, TEXTS]),
    ),
    ...Object.fromEntries(['smallint', 'mediumint', 'int', 'bigint'].map((type) => [type, ['integer', 'decimal']])),
    ...Object.fromEntries(['decimal', 'float', 'double'].map((type) => [type, ['decimal']])),
    ...Object.fromEntries(
      ['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob'].map((type) => [type, ['bytes']]),
    ),
    // What other databases call a boolean is a small number here.
    tinyint: ['integer', 'decimal', 'boolean'],
    bit: ['boolean'],
    date: ['date'],
    // Sessions are in UTC, where a point in time that is stored as a wall-clock time reads the same.
    datetime: ['local-timestamp', 'instant'],
    timestamp: ['instant'],
  },
};

/** The kinds of a type that a catalogue names. In: digits after the point, where the type says so; none make a number whole. */
export function kindsOf(dialect: DialectName, type: string, scale: number | undefined): readonly KindName[] {
  const kinds = kindsByType[dialect][type.toLowerCase()] ?? [];
  return kinds.includes('decimal') && scale === 0 ? [...new Set<KindName>(['integer', ...kinds])] : kinds;
}
