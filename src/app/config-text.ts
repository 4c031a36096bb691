import { readFileSync } from 'node:fs';
import { parse, type ParseError } from 'jsonc-parser';

/**
 * The value of a configuration file: JSON, with comments, because a site must be able to say why. Out: the value, or what is wrong in words that
 * quote nothing of the file, which may hold a password.
 */
export function readConfigText(file: string): { readonly value: unknown } | { readonly problem: string } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return { problem: 'the file cannot be read' };
  }
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: false });
  const [first] = errors;
  return first === undefined ? { value } : { problem: `is not JSON: the error is at ${placeIn(text, first.offset)}` };
}

function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `line ${lines.length} column ${(lines.at(-1) ?? '').length + 1}`;
}
