/** Unicode simple lower case, one character to one character, as databases do it. */
export function lowerSimple(value: string): string {
  let folded = '';
  for (const char of value) folded += char === '\u0130' ? 'i' : char.toLowerCase();
  return folded;
}
