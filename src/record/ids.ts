import type { Branch, Column, Sealer } from '../contracts/index.ts';

/** Ids in the API: `<prefix>.<key>`, a pure function of branch and native key (https://hl7.org/fhir/R4/datatypes.html#id). */
export interface Ids {
  /** The id of a native key; undefined for a key that has no id (null parts, longer than 64 characters). */
  write(branch: Branch, key: readonly (string | null)[]): string | undefined;
  /** The branch and native key of an id; undefined for anything that `write` would not have made. */
  read(id: string): { readonly branch: Branch; readonly key: readonly string[] } | undefined;
}

const ID_LENGTH_MAX = 64;
const KEY_SEPARATOR = '\u001f';

export function createIds(branches: ReadonlyMap<string, Branch>, sealer: Sealer): Ids {
  const write = (branch: Branch, key: readonly (string | null)[]): string | undefined => {
    if (key.includes(null)) return undefined;
    const parts = key as readonly string[];
    const tail = branch.maskKey ? sealer.mask(parts.join(KEY_SEPARATOR), branch.prefix) : escapeAll(parts);
    const id = `${branch.prefix}.${tail}`;
    return id.length > ID_LENGTH_MAX ? undefined : id;
  };
  const read = (id: string): ReturnType<Ids['read']> => {
    const dot = id.indexOf('.');
    const branch = branches.get(id.slice(0, Math.max(dot, 0)));
    if (branch === undefined) return undefined;
    const key = branch.maskKey
      ? sealer.unmask(id.slice(dot + 1), branch.prefix)?.split(KEY_SEPARATOR)
      : unescapeAll(id.slice(dot + 1));
    if (key?.length !== branch.key.length) return undefined;
    if (!key.every((part, i) => isCanonical(part, branch.key[i] as Column))) return undefined;
    return write(branch, key) === id ? { branch, key } : undefined;
  };
  return { write, read };
}

function escapeAll(parts: readonly string[]): string {
  let tail = '';
  for (let i = 0; i < parts.length; i++) tail += (i === 0 ? '' : '-') + escape(parts[i] ?? '');
  return tail;
}

/** Letters and digits stand for themselves, every other UTF-8 byte is `.` and two hex digits. */
function escape(part: string): string {
  if (/^[A-Za-z0-9]*$/.test(part)) return part;
  let escaped = '';
  for (const byte of Buffer.from(part, 'utf8')) {
    const char = String.fromCharCode(byte);
    escaped += /[A-Za-z0-9]/.test(char) ? char : `.${byte.toString(16).padStart(2, '0')}`;
  }
  return escaped;
}

function unescapeAll(tail: string): readonly string[] | undefined {
  if (!/^(?:[A-Za-z0-9-]|\.[0-9a-f]{2})*$/.test(tail)) return undefined;
  return tail.split('-').map((part) => {
    const latin = part.replace(/\.([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(latin, 'latin1').toString('utf8');
  });
}

/** Whether the text is what the database would give back for the column, so that one instance has exactly one id. */
function isCanonical(part: string, column: Column): boolean {
  if (part.includes('\u0000')) return false;
  switch (column.type.kind) {
    case 'integer':
      return /^(?:0|-?[1-9]\d{0,18})$/.test(part) && fitsBigint(part);
    case 'char':
      return part.trimEnd() === part && part.length <= column.type.length;
    case 'decimal':
      return /^-?\d{1,30}(?:\.\d{1,30})?$/.test(part);
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(part) && isCalendarDate(part);
    case 'local-timestamp':
    case 'instant':
      return /^\d{4}-\d\d-\d\d [0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{1,6})?$/.test(part) && isCalendarDate(part.slice(0, 10));
    case 'boolean':
      return part === 'true' || part === 'false';
    case 'bytes':
      return /^(?:[0-9a-f]{2})*$/.test(part);
    case 'text':
      return true;
  }
}

function fitsBigint(part: string): boolean {
  const value = BigInt(part);
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}

function isCalendarDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}
