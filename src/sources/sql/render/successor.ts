const LAST_CODE_POINT = 0x10ffff;
const SURROGATES_START = 0xd800;
const SURROGATES_END = 0xdfff;

/**
 * The least text that is greater than every text that starts with `prefix`, in code point order (which is the byte order of UTF-8). Undefined
 * where there is none.
 */
export function successorOf(prefix: string): string | undefined {
  const points = Array.from(prefix, (char) => char.codePointAt(0) ?? 0);
  while (points.length > 0) {
    const last = points.pop() ?? 0;
    if (last === LAST_CODE_POINT) continue;
    const next = last + 1;
    points.push(next >= SURROGATES_START && next <= SURROGATES_END ? SURROGATES_END + 1 : next);
    return String.fromCodePoint(...points);
  }
  return undefined;
}
