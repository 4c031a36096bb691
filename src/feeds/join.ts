import { keyText, type Assertion, type Held, type Stamp, type State, type Thing } from '../contracts/index.ts';

/**
 * What is known after a message, whatever came before it: each part is what was said with the most weight, and of that last by the clock of the sender, so that the order in which messages come, and how
 * often, changes nothing. Out: the same state where nothing changed.
 */
export function join(state: State, assertions: readonly Assertion[], stamp: Stamp): State {
  const changed = new Map<string, Thing>();
  for (const { key, part, value, weight = 0 } of assertions) {
    const name = keyText(key);
    const thing = changed.get(name) ?? state.get(name) ?? { key, parts: {} };
    const held = thing.parts[part];
    const said: Held = { stamp, value, ...(weight === 0 ? {} : { weight }) };
    if (held !== undefined && !holdsOver(held, said)) continue;
    changed.set(name, { key, parts: { ...thing.parts, [part]: said } });
  }
  return changed.size === 0 ? state : new Map([...state, ...changed]);
}

/** Whether the second holds. What was said at the same time under the same id is told apart by its text. */
function holdsOver(held: Held, said: Held): boolean {
  const [before = 0, after = 0] = [held.weight, said.weight];
  if (before !== after) return after > before;
  const [left, right] = [held.stamp, said.stamp];
  if (left.recordedMs !== right.recordedMs) return right.recordedMs > left.recordedMs;
  if (left.sentMs !== right.sentMs) return right.sentMs > left.sentMs;
  if (left.controlId !== right.controlId) return right.controlId > left.controlId;
  return JSON.stringify(said.value) > JSON.stringify(held.value);
}
