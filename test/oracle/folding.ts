/** How a string column compares: declared by the mapping, an input here. A function stands for a folding of a site's own. */
export type Folding = 'lower' | 'upper' | 'unaccent-upper' | ((text: string) => string);

export function fold(text: string, folding: Folding): string {
  if (typeof folding === 'function') return folding(text);
  if (folding === 'upper') return Array.from(text).map(upperLetter).join('');
  if (folding === 'unaccent-upper') return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase();
  return Array.from(text).map(lowerLetter).join('');
}

/** Unicode simple lower case: one letter to one letter, whatever stands around it. */
function lowerLetter(letter: string): string {
  return letter === 'İ' ? 'i' : letter.toLowerCase();
}

/** A letter that has no single upper case stays. */
function upperLetter(letter: string): string {
  const upper = letter.toUpperCase();
  return Array.from(upper).length === 1 ? upper : letter;
}

/** Order by code point, not by UTF-16 unit. */
export function compareTexts(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
