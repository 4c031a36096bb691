/** In place of a value that R4 requires and nobody sent, or that was wrong (https://hl7.org/fhir/R4/extension-data-absent-reason.html). */
export function absent(valueCode: 'unknown' | 'error') {
  return { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode }] };
}
