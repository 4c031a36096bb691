/**
 * Indents JSON text (`_pretty`, https://hl7.org/fhir/R4/http.html#parameters). Works on the text, because parsing would rewrite decimals:
 * 1.10 must stay 1.10.
 */
export function indentJson(text: string): string {
  return `${jsonIndenter()(text)}\n`;
}

/** As `indentJson`, for text that comes in pieces which are not cut inside a token. The end of the line at the end is the caller's. */
export function jsonIndenter(): (piece: string) => string {
  let depth = 0;
  let previous = '';
  return (piece) => {
    const pieces: string[] = [];
    for (const [token] of piece.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
      const closes = token === '}' || token === ']';
      const opened = previous === '{' || previous === '[';
      if (closes) depth -= 1;
      if (closes ? !opened : opened || previous === ',') pieces.push(`\n${'  '.repeat(depth)}`);
      pieces.push(token === ':' ? ': ' : token);
      if (token === '{' || token === '[') depth += 1;
      previous = token;
    }
    return pieces.join('');
  };
}
