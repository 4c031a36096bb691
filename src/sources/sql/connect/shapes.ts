import { LRUCache } from 'lru-cache';
import type { Statement } from '../../../contracts/index.ts';
import { bindingsOf, compileShape, type CompiledShape } from '../render/compile.ts';
import type { Bound, Dialect } from '../render/dialect.ts';
import { shapeOf } from '../render/shape.ts';

/** A statement as the driver takes it. `name` is set for shapes that are worth preparing. */
export interface Prepared {
  readonly sql: string;
  readonly bindings: Bound[];
  readonly name: string | undefined;
}

const SHAPES_MAX = 2_000;
const NAMES_MAX = 200;
const SEEN_BEFORE_NAMED = 5;

interface Known extends CompiledShape {
  seen: number;
  name: string | undefined;
}

/**
 * Compiles each shape once. A shape that was seen often gets a statement name, so that the server plans it once per connection; names are bounded
 * and, so far, never taken back.
 */
export function createShapes(dialect: Dialect, named: boolean): (statement: Statement) => Prepared {
  const known = new LRUCache<string, Known>({ max: SHAPES_MAX });
  let names = 0;
  return (statement) => {
    const asked = shapeOf(statement, dialect);
    let shape = known.get(asked.key);
    if (shape === undefined) {
      shape = { ...compileShape(statement, dialect, asked), seen: 0, name: undefined };
      known.set(asked.key, shape);
    }
    shape.seen += 1;
    if (named && shape.name === undefined && shape.seen >= SEEN_BEFORE_NAMED && names < NAMES_MAX) {
      names += 1;
      shape.name = `fascia_${String(names)}`;
    }
    return { sql: shape.sql, bindings: bindingsOf(shape.slots, asked.values), name: shape.name };
  };
}
