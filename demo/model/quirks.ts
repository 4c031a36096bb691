import { DAMAGE_KINDS, type DamageKind } from './damage-kinds.ts';

/**
 * Every hundredth person has the same quirk, so that each ugliness occurs three times among 300 people and in the same
 * proportion at any scale. People of the slots that are not named here vary at random.
 */
const QUIRK_OF_SLOT = {
  0: 'registered-only',
  4: 'pharmacy-only',
  5: 'night-shift',
  6: 'merged-once',
  7: 'merged-chain',
  8: 'deleted',
  9: 'unlinked-duplicate',
  10: 'linked',
  11: 'link-possible',
  12: 'link-rejected',
  13: 'lookalike',
  14: 'link-dangling',
  15: 'link-to-deleted',
  16: 'link-to-merged',
  17: 'two-customers',
  18: 'name-missing',
  19: 'sex-odd',
  20: 'sex-null',
  21: 'link-unreadable',
  22: 'customer-inactive',
  23: 'name-cyrillic',
  24: 'name-greek',
  25: 'name-chinese',
  26: 'name-arabic',
  27: 'name-apostrophe',
  28: 'name-percent',
  29: 'name-underscore',
  30: 'name-backslash',
  31: 'name-accented',
  32: 'name-several-words',
  33: 'birth-zero',
  34: 'birth-nines',
  35: 'birth-year',
  36: 'birth-month',
  37: 'birth-null',
  38: 'death-year',
  39: 'death-day',
  60: 'address-none',
  61: 'address-three',
  62: 'marital-odd',
  63: 'language-odd',
  64: 'provider-dangling',
  65: 'updated-null',
  66: 'updated-doubled-hour',
  67: 'department-dangling',
  68: 'phone-blank',
  69: 'name-family-only',
  70: 'family-blank-padded',
  71: 'diabetic',
} as const;

export type Quirk = (typeof QUIRK_OF_SLOT)[keyof typeof QUIRK_OF_SLOT];

const DAMAGE_NAMES = Object.keys(DAMAGE_KINDS) as DamageKind[];
/**
 * The slots that are free of quirks, then those whose quirk is one of the address, the name, the telephone or the birth, on which no other row
 * depends; a kind that is added at the end moves none of the others.
 */
const DAMAGE_SLOTS: readonly number[] = [
  ...[...slots(40, 59), ...slots(72, 99), ...slots(60, 67)],
  ...[...slots(23, 37), 68, 70, 69],
];
const DAMAGE_OF_SLOT = new Map(DAMAGE_NAMES.map((name, i) => [DAMAGE_SLOTS[i], name]));

function slots(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

export function quirkOf(person: number): Quirk | undefined {
  return (QUIRK_OF_SLOT as Readonly<Record<number, Quirk>>)[person % 100];
}

/** The kind of damaged row that this person adds to the databases. */
export function damageOf(person: number): DamageKind | undefined {
  return DAMAGE_OF_SLOT.get(person % 100);
}

export const QUIRKS: readonly Quirk[] = Object.values(QUIRK_OF_SLOT);
