import { SENSITIVITY } from './codes-problems.ts';
import { SYSTEMS } from './codes.ts';
import { codingIn } from './local-codes.ts';
import { listOf } from './resources.ts';
import type { TruthValue } from './types.ts';

/** Restricted, and why; a sensitivity that nobody knows is restricted too. */
export function sensitivityLabels(sensitivity: string | null): readonly TruthValue[] | undefined {
  if (sensitivity === null) return undefined;
  const restricted = { system: SYSTEMS.confidentiality, code: 'R', display: 'restricted' };
  return listOf(restricted, codingIn(SYSTEMS.actCode, SENSITIVITY, sensitivity));
}

/** As `sensitivityLabels`, of what a catalogue says: what is not in the catalogue is restricted, because nobody can say that it is not sensitive. */
export function catalogueLabels(
  entry: { readonly sensitivity?: string | null } | undefined,
): readonly TruthValue[] | undefined {
  return sensitivityLabels(entry === undefined ? UNKNOWN : (entry.sensitivity ?? null));
}

/** The labels of all that is told of, each once. */
export function allLabels(...told: readonly (readonly TruthValue[] | undefined)[]): readonly TruthValue[] | undefined {
  const byText = new Map(told.flatMap((labels) => labels ?? []).map((label) => [JSON.stringify(label), label]));
  return byText.size === 0 ? undefined : [...byText.values()];
}

/** A sensitivity that no table lists. */
const UNKNOWN = '?';
