/** Bytes as one number in base 36, in `[a-z0-9]`: the shortest text of that alphabet, and each byte string has exactly one. */

/** Longer texts are no ids: refused before any arithmetic. */
const TEXT_CHARS_MAX = 256;

/** How many characters `bytes` bytes take. It grows by at least one with each byte, so that the length of a text tells that of its bytes. */
export function base36Length(bytes: number): number {
  return Math.ceil((bytes * 8) / Math.log2(36));
}

export function toBase36(bytes: Uint8Array): string {
  const digits = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`).toString(36);
  return digits.padStart(base36Length(bytes.length), '0');
}

/** The bytes of a text that `toBase36` wrote; undefined for any other text. */
export function fromBase36(text: string): Uint8Array | undefined {
  if (text.length > TEXT_CHARS_MAX || !/^[a-z0-9]*$/.test(text)) return undefined;
  const length = Math.floor((text.length * Math.log2(36)) / 8);
  if (base36Length(length) !== text.length) return undefined;
  let number = 0n;
  for (const digit of text) number = number * 36n + BigInt(parseInt(digit, 36));
  const hex = number.toString(16).padStart(length * 2, '0');
  return hex.length > length * 2 ? undefined : Buffer.from(hex, 'hex').subarray(0, length);
}
