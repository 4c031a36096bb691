import { Fault } from '../../core/index.ts';
import { mediaTypeOf } from './header.ts';

/** The media types that answers are written in. */
export type Format = 'application/fhir+json' | 'application/json';

/** `_format` values that mean JSON (https://hl7.org/fhir/R4/http.html#parameters). A plus that was not encoded arrives as a space. */
const formats: ReadonlyMap<string, Format> = new Map([
  ['json', 'application/fhir+json'],
  ['application/fhir+json', 'application/fhir+json'],
  ['application/fhir json', 'application/fhir+json'],
  ['application/json', 'application/json'],
  ['text/json', 'application/json'],
]);

/** The header value under which a format is sent; FHIR asks to name the charset. */
export function contentTypeOf(format: Format): string {
  return `${format}; charset=utf-8`;
}

/**
 * The format of the answer (https://hl7.org/fhir/R4/http.html#mime-type): `_format` wins over `Accept`. A browser, which asks for HTML before
 * anything, gets the generic type, because it shows that and downloads the other. Throws `request.not-acceptable`.
 */
export function negotiate(format: string | undefined, accept: string | undefined): Format {
  if (format !== undefined) {
    const { type, parameters } = mediaTypeOf(format);
    const found = formats.get(type);
    if (found === undefined || !isOurVersion(parameters)) throw notAcceptable('_format', 'json');
    return found;
  }
  if (accept === undefined || accept.trim() === '') return 'application/fhir+json';
  const ranges = accept.split(',').map(rangeOf);
  const acceptable = (type: Format): number => qualityOf(type, ranges);
  const fhir = acceptable('application/fhir+json');
  const generic = acceptable('application/json');
  if (fhir <= 0 && generic <= 0) throw notAcceptable('Accept', 'application/fhir+json');
  const isBrowser = ranges.some((range) => range.type === 'text/html' && range.quality > 0);
  return generic > fhir || (isBrowser && generic === fhir) ? 'application/json' : 'application/fhir+json';
}

/**
 * Whether a Binary is answered as what it holds, in that media type: where no FHIR type is asked for by name
 * (https://hl7.org/fhir/R4/binary.html#rest).
 */
export function isNativeAsked(format: string | undefined, accept: string | undefined): boolean {
  if (format !== undefined) return false;
  const named = (accept ?? '').split(',').map(rangeOf);
  return !named.some(({ type, quality }) => quality > 0 && formats.has(type));
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

function rangeOf(text: string): Range {
  const { type, parameters } = mediaTypeOf(text);
  const quality = parameters.get('q') ?? '1';
  const isUsable = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(quality) && isOurVersion(parameters);
  return { type, quality: isUsable ? Number(quality) : 0 };
}

/** The most specific range that covers the type decides (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1). */
function qualityOf(type: Format, ranges: readonly Range[]): number {
  const aliases = type === 'application/json' ? [type, 'text/json'] : [type];
  for (const covering of [aliases, ['application/*'], ['*/*']]) {
    const found = ranges.filter((range) => covering.includes(range.type));
    if (found.length > 0) return Math.max(...found.map((range) => range.quality));
  }
  return 0;
}

/** https://hl7.org/fhir/R4/http.html#version-parameter */
export function isOurVersion(parameters: ReadonlyMap<string, string>): boolean {
  const version = parameters.get('fhirversion');
  return version === undefined || version === '4.0' || version === '4.0.1';
}

function notAcceptable(place: string, right: string): Fault {
  return new Fault('request.not-acceptable', `This server writes FHIR 4.0 as JSON only: use ${right} in ${place}.`, {
    expression: place,
  });
}
