import { Fault } from '../../core/index.ts';
import type { Pair } from '../search/index.ts';

/** The decoded segments of a path; a slash at its end does not matter. Throws `request.malformed`. */
export function segmentsOf(path: string): readonly string[] {
  const trimmed = path.replace(/^\//, '').replace(/\/$/, '');
  return trimmed === '' ? [] : trimmed.split('/').map((segment) => decode(segment, 'path'));
}

/** The pairs of a query string or of a form body, in their order, percent-decoded exactly once. Throws `request.malformed`. */
export function pairsOf(text: string, place: 'query' | 'body'): readonly Pair[] {
  return text
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece): Pair => {
      const equals = piece.indexOf('=');
      const [name, value] = equals < 0 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)];
      return [decode(name.replaceAll('+', ' '), place), decode(value.replaceAll('+', ' '), place)];
    });
}

function decode(text: string, place: string): string {
  const decoded = decodeOnce(text);
  if (decoded === undefined)
    throw new Fault(
      'request.malformed',
      `The percent-encoding of the ${place} is not valid: encode UTF-8, and % as %25.`,
    );
  // No database takes U+0000, and no FHIR string holds a control character other than tab and line ends.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(decoded))
    throw new Fault('request.malformed', `The ${place} holds a control character.`);
  return decoded;
}

function decodeOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
