import type { LabTest } from './lab-catalogue.ts';
import type { Random } from './random.ts';
import type { LabValue, NumberHabit } from './types.ts';

/** The number as the laboratory states it, without a negative zero. */
function stated(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** A result; `center` replaces the test's mean for people whose values have their own course. */
export function valueOf(random: Random, test: LabTest, center: number | undefined): LabValue {
  if (test.words !== undefined) return { is: 'text', text: random.pick(test.words) };
  const number = test.number;
  if (number === undefined) return { is: 'absent', written: null };
  const drawn = (center ?? number.mean) + number.spread * random.normal() * (center === undefined ? 1 : 0.15);
  const value = number.signed === true ? drawn : Math.max(drawn, number.floor === undefined ? number.mean * 0.2 : 0);
  if (number.floor !== undefined && value < number.floor)
    return { is: 'number', number: stated(number.floor, number.decimals), comparator: random.chance(0.9) ? '<' : '<=' };
  if (number.ceiling !== undefined && value >= number.ceiling)
    return { is: 'number', number: String(number.ceiling), comparator: random.chance(0.5) ? '>=' : '>' };
  return { is: 'number', number: stated(value, number.decimals) };
}

/** The west clinic's analyser writes decimal commas; anybody may type a blank or a leading zero. */
export function habitOf(random: Random, commas: boolean, signed: boolean): NumberHabit {
  const draw = random.next();
  if (commas) return draw < 0.1 ? 'blank' : 'comma';
  if (signed) return 'plus';
  return draw < 0.03 ? 'blank' : draw < 0.04 ? 'zero' : draw < 0.06 ? 'comma' : 'plain';
}

/** The number as it was typed: ` 7,4`, `07.4`, `+1.5`. */
export function typed(text: string, habit: NumberHabit): string {
  const unsigned = text.startsWith('-') ? text.slice(1) : text;
  const sign = text.startsWith('-') ? '-' : habit === 'plus' ? '+' : '';
  switch (habit) {
    case 'comma':
      return sign + unsigned.replace('.', ',');
    case 'blank':
      return ` ${sign}${unsigned.replace('.', ',')}`;
    case 'zero':
      return `${sign}0${unsigned}`;
    case 'plain':
    case 'plus':
      return sign + unsigned;
  }
}

/** The abnormal flag that the analyser sets; a normal result mostly has none. */
export function flagOf(
  random: Random,
  value: LabValue,
  low: string | undefined,
  high: string | undefined,
): string | null {
  if (random.chance(0.004)) return '*';
  if (value.is === 'text') return /^(POS|DET|Esch|Staph)/.test(value.text) ? 'A' : random.chance(0.5) ? null : '';
  if (value.is === 'absent') return null;
  const number = Number(value.number);
  if (low !== undefined && number < Number(low)) return number < 0.75 * Number(low) ? 'LL' : 'L';
  if (high !== undefined && number > Number(high)) return number > 1.6 * Number(high) ? 'HH' : 'H';
  return random.pick(['N', null, '', null]);
}
