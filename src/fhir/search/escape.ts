/** Escapes in search values (https://hl7.org/fhir/R4/search.html#escaping): `\,` `\|` `\$` `\\`. Values are split first and unescaped after. */

/** The parts between separators that are not escaped. The parts are still escaped. */
export function splitEscaped(text: string, separator: ',' | '|' | '$'): readonly string[] {
  if (!text.includes('\\')) return text.split(separator);
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** Takes the escapes away. A backslash before any other character stands for itself. */
export function unescapeValue(text: string): string {
  return text.includes('\\') ? text.replace(/\\([,|$\\])/g, '$1') : text;
}

/** Escapes a text, so that it is one value. */
export function escapeValue(text: string): string {
  return text.replace(/[,|$\\]/g, '\\$&');
}
