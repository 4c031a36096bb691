/**
 * The JSON text of rows that are bound as one parameter. PostgreSQL stores neither NUL nor lone surrogates; what came from outside may hold them, and must
 * not fail for it, so they become U+FFFD.
 */
export function storableJson(rows: readonly unknown[]): string {
  const text = JSON.stringify(rows);
  return /\\u(?:0000|d[89a-f])/.test(text) ? JSON.stringify(rows, storableText) : text;
}

function storableText(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\ufffd').toWellFormed() : value;
}
