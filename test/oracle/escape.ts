/** Escapes of search values: a backslash takes the meaning from `,` `|` `$` and itself. https://hl7.org/fhir/R4/search.html#escaping */

/** The parts between separators that are not escaped; the parts are still escaped. */
export function splitEscaped(text: string, separator: ',' | '|' | '$'): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === separator) parts.push('');
    else {
      const escaped = letter === '\\' ? letter + text.charAt((at += 1)) : letter;
      parts.push((parts.pop() ?? '') + escaped);
    }
  }
  return parts;
}

export function unescapeValue(text: string): string {
  return text.replaceAll(/\\([,|$\\])/g, '$1');
}

export function escapeValue(text: string): string {
  return text.replaceAll(/[,|$\\]/g, '\\$&');
}
