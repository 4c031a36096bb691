import type { MemberKey } from '../contracts/index.ts';

/** How links are kept as text: the parts of a key joined with U+001F, entries of a list joined with U+001E, which JSON text never holds. */
const PART = '\u001f';
const ENTRY = '\u001e';

/** Longer values would not fit an index entry; no identifier that people use comes near. */
const IDENTIFIER_MAX_CHARS = 600;

export function keyText(key: readonly string[]): string {
  return key.join(PART);
}

export function keyParts(text: string): readonly string[] {
  return text.split(PART);
}

export function memberText(member: MemberKey): string {
  return `${member.branch}${PART}${keyText(member.key)}`;
}

export function listText(entries: readonly string[]): string {
  return entries.join(ENTRY);
}

export function listEntries(text: string): readonly string[] {
  return text === '' ? [] : text.split(ENTRY);
}

export function memberOf(text: string): MemberKey {
  const [branch = '', ...key] = text.split(PART);
  return { branch, key };
}

/** PostgreSQL stores no NUL, so a text that holds one matches nothing. */
export function isStorable(text: string): boolean {
  return !text.includes('\0');
}

/** System and value of the JSON text of an Identifier, with the empty text for what it lacks; undefined when it cannot be looked up. */
export function identifierParts(json: string): { readonly system: string; readonly value: string } | undefined {
  const { system = '', value = '' } = JSON.parse(json) as { system?: string; value?: string };
  const fits = system.length <= IDENTIFIER_MAX_CHARS && value.length <= IDENTIFIER_MAX_CHARS;
  return fits && isStorable(system + value) ? { system, value } : undefined;
}
