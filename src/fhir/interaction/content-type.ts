import { Fault } from '../../core/index.ts';
import { mediaTypeOf } from './header.ts';
import { isOurVersion } from './negotiation.ts';

const jsonTypes = ['application/fhir+json', 'application/json', 'text/json'] as const;
const formTypes = ['application/x-www-form-urlencoded'] as const;

/** Throws `request.media-type` (415) for a body in another media type, character set or FHIR version. `_format` never changes what a body is in. */
export function checkContentType(header: string | undefined, kind: 'json' | 'form'): void {
  const allowed: readonly string[] = kind === 'json' ? jsonTypes : formTypes;
  const { type, parameters } = mediaTypeOf(header ?? '');
  const charset = parameters.get('charset') ?? 'utf-8';
  if (allowed.includes(type) && (charset === 'utf-8' || charset === 'utf8') && isOurVersion(parameters)) return;
  throw new Fault('request.media-type', `The body must be ${allowed[0] ?? ''} in UTF-8.`, {
    expression: 'Content-Type',
  });
}
