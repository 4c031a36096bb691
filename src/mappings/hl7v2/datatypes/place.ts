import { componentText, type Hl7Repetition } from '../../../contracts/index.ts';

/** Point of care, room and bed as they are written on a door. */
export function placeOf(pl: Hl7Repetition): string | undefined {
  const parts = [1, 2, 3].map((component) => componentText(pl, component).trim()).filter((text) => text !== '');
  return parts.length === 0 ? undefined : parts.join(' ');
}
