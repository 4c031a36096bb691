/** Versions of instances in HTTP headers (https://hl7.org/fhir/R4/http.html#versioning, https://www.rfc-editor.org/rfc/rfc9110#section-13). */

/** The ETag of a version. */
export function etagOf(versionId: string): string {
  return `W/"${versionId}"`;
}

/** `Last-Modified` of a FHIR instant: whole seconds, rounded down. */
export function lastModifiedOf(instant: string): string {
  return new Date(Date.parse(instant)).toUTCString();
}

/** What is known of the current version. */
export interface CurrentVersion {
  readonly versionId?: string;
  readonly lastUpdated?: string;
}

/** The request's conditions, as their header values. */
export interface Conditions {
  readonly ifNoneMatch?: string;
  readonly ifModifiedSince?: string;
}

/**
 * Whether a read is answered with 304. `If-None-Match` wins over `If-Modified-Since`; it compares weakly and takes lists and `*`. A date that
 * cannot be read, or an instance whose time is not known, is answered in full.
 */
export function isNotModified(conditions: Conditions, current: CurrentVersion): boolean {
  const { ifNoneMatch, ifModifiedSince } = conditions;
  if (ifNoneMatch !== undefined) {
    return (
      ifNoneMatch.trim() === '*' || (current.versionId !== undefined && tagsOf(ifNoneMatch).includes(current.versionId))
    );
  }
  if (ifModifiedSince === undefined || current.lastUpdated === undefined) return false;
  const sinceMs = Date.parse(ifModifiedSince);
  return !Number.isNaN(sinceMs) && Math.floor(Date.parse(current.lastUpdated) / 1000) * 1000 <= sinceMs;
}

function tagsOf(header: string): readonly string[] {
  return [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map(([, tag]) => tag ?? '');
}
