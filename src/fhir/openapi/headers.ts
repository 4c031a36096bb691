/** Headers of answers, described once. */
const all = {
  'X-Request-Id': {
    description: 'Names this request in the log and in the audit trail.',
    required: true,
    schema: { type: 'string', minLength: 1 },
  },
  'Cache-Control': {
    description: 'Answers may hold data of patients: nobody in between keeps them.',
    required: true,
    schema: { const: 'no-store' },
  },
  ETag: {
    description: 'The version of the resource; absent where it was subsetted.',
    schema: { type: 'string', pattern: '^W/"[^"]+"$' },
  },
  'Last-Modified': {
    description: 'When the resource was changed, where its system says so.',
    schema: { type: 'string', pattern: '^[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} [0-9:]{8} GMT$' },
  },
  Allow: {
    description: 'The methods that this path answers; empty where it answers none.',
    required: true,
    schema: { type: 'string', pattern: '^([A-Z]+(, [A-Z]+)*)?$' },
  },
  'Retry-After': {
    description: 'Seconds after which a new attempt makes sense.',
    required: true,
    schema: { type: 'string', pattern: '^[1-9]\\d*$' },
  },
} as const;

export type HeaderName = keyof typeof all;

/** The shared part of a description that holds all headers. */
export const headers: Readonly<Record<HeaderName, object>> = all;

/** The headers of one response, by reference. */
export function headersOf(...names: readonly HeaderName[]): object {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** What every answer of the API carries. */
export const always = ['X-Request-Id', 'Cache-Control'] as const satisfies readonly HeaderName[];
