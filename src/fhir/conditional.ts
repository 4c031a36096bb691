/** Versions of instances in HTTP headers (https://hl7.org/fhir/R4/http.html#versioning, https://www.rfc-editor.org/rfc/rfc9110#section-13). */

/** The ETag of a version. */
export function etagOf(versionId: string): string {
  return `W/"${versionId}"`;
}

/** `Last-Modified` of a FHIR instant: whole seconds, rounded down. */
export function lastModifiedOf(instant: string): string {
  return new Date(Date.parse(instant)).toUTCString();
}

/** The request's conditions, as their header values. */
export interface Conditions {
  readonly ifNoneMatch?: string;
}

/**
 * Whether a read is answered with 304: `If-None-Match` compares weakly and takes lists and `*`. `If-Modified-Since` never is, since the time that a
 * system keeps is of one row, and a resource holds what is joined to it.
 */
export function isNotModified({ ifNoneMatch }: Conditions, versionId: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === '*' || (versionId !== undefined && tagsOf(ifNoneMatch).includes(versionId));
}

function tagsOf(header: string): readonly string[] {
  return [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map(([, tag]) => tag ?? '');
}
