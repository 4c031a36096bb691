import { keyText, type Assertion, type Held, type Stamp, type State, type Thing } from '../contracts/index.ts';

/**
 * What is known after a message, whatever came before it: each part is what was said with the most weight, and of that last by the clock of the sender, so that the order in
 * which messages come, and how often, changes nothing. Out: the same state where nothing changed.
 */
export function join(state: State, assertions: readonly Assertion[], stamp: Stamp): State {
  const changed = new Map<string, { readonly key: Thing['key']; readonly parts: Record<string, Held> }>();
  for (const { key, part, value, weight = 0 } of assertions) {
    const name = keyText(key);
    const held = (changed.get(name) ?? state.get(name))?.parts[part];
    const said: Held = { stamp, value, ...(weight === 0 ? {} : { weight }) };
    if (held !== undefined && !holdsOver(held, said)) continue;
    const thing = changed.get(name) ?? { key, parts: { ...state.get(name)?.parts } };
    thing.parts[part] = said;
    changed.set(name, thing);
  }
  return changed.size === 0 ? state : new Map<string, Thing>([...state, ...changed]);
}

/** Whether the second holds. What was said at the same time under the same id is told apart by its text. */
function holdsOver(held: Held, said: Held): boolean {
  const [before = 0, after = 0] = [held.weight, said.weight];
  if (before !== after) return after > before;
  const [left, right] = [held.stamp, said.stamp];
  if (left.recordedMs !== right.recordedMs) return right.recordedMs > left.recordedMs;
  if (left.sentMs !== right.sentMs) return right.sentMs > left.sentMs;
  if (left.controlId !== right.controlId) return countable(right.controlId) > countable(left.controlId);
  return JSON.stringify(said.value) > JSON.stringify(held.value);
}

const COUNTER = /^0*(\d{1,40})$/;

/** Most senders count their messages: 1000 comes after 999. What is no counter comes after all that are. */
function countable(controlId: string): string {
  const digits = COUNTER.exec(controlId)?.[1];
  return digits === undefined ? `~${controlId}` : digits.padStart(40, '0') + controlId;
}
