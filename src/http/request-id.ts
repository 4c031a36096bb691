/**
 * The id under which a request is audited and logged: the caller's, where it is well-formed, else a new one
 * (https://hl7.org/fhir/R4/http.html#custom).
 */
export function requestIdOf(header: string | string[] | undefined, newId: () => string): string {
  return typeof header === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(header) ? header : newId();
}
