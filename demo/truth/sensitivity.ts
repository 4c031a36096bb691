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
