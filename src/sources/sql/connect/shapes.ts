import { LRUCache } from 'lru-cache';
import type { Statement } from '../../../contracts/index.ts';
import type { Clock } from '../../../core/index.ts';
import { bindingsOf, compileShape, type CompiledShape } from '../render/compile.ts';
import type { Bound, Dialect } from '../render/dialect.ts';
import { shapeOf } from '../render/shape.ts';

/** A statement as the driver takes it. `name` is set for shapes that are worth preparing. */
export interface Prepared {
  readonly sql: string;
  readonly bindings: Bound[];
  readonly name: string | undefined;
  /** Whether the plan of a named statement is made for any values and kept, or left to the server's choice. */
  readonly plan: 'kept' | 'chosen';
  /** Says how long it ran. */
  readonly took: (ms: number) => void;
}

const SHAPES_MAX = 2_000;
const SEEN_BEFORE_NAMED = 5;

/** Far longer than planning takes: the kept plan does not fit these values. */
const KEPT_PLAN_MS_MAX = 1_000;
/** A busy server makes any plan slow, so a kept one is tried again. */
const CHOSEN_FOR_MS = 600_000;

interface Known extends CompiledShape {
  seen: number;
  name: string | undefined;
  /** Until when the server chooses plans by values. */
  chosenUntilMs: number;
}

/**
 * Compiles each shape once. A shape that was seen often gets a statement name, so that the server plans it once per connection: planning the joins
 * of a page takes ten times as long as running them. How many names a connection holds is not decided here.
 */
export function createShapes(dialect: Dialect, named: boolean, clock: Clock): (statement: Statement) => Prepared {
  const known = new LRUCache<string, Known>({ max: SHAPES_MAX });
  let names = 0;
  return (statement) => {
    const asked = shapeOf(statement, dialect);
    let found = known.get(asked.key);
    if (found === undefined) {
      found = { ...compileShape(statement, dialect, asked), seen: 0, name: undefined, chosenUntilMs: 0 };
      known.set(asked.key, found);
    }
    const shape = found;
    shape.seen += 1;
    if (named && shape.name === undefined && shape.seen >= SEEN_BEFORE_NAMED) {
      names += 1;
      shape.name = `fascia_${String(names)}`;
    }
    const isKept = shape.name !== undefined && clock.nowMs() >= shape.chosenUntilMs;
    return {
      sql: shape.sql,
      bindings: bindingsOf(shape.slots, asked.values),
      name: shape.name,
      plan: isKept ? 'kept' : 'chosen',
      took: (ms) => {
        if (isKept && ms > KEPT_PLAN_MS_MAX) shape.chosenUntilMs = clock.nowMs() + CHOSEN_FOR_MS;
      },
    };
  };
}
