/**
 * The closed set of failures. Every failure that can reach a caller has one row here: its HTTP status and the
 * OperationOutcome issue code (https://hl7.org/fhir/R4/valueset-issue-type.html). `docs/errors.md` explains each row.
 */
export const FAULTS = {
  'request.too-large': { status: 413, issue: 'too-long' },
  'request.uri-too-long': { status: 414, issue: 'too-long' },
  'request.headers-too-large': { status: 431, issue: 'too-long' },
  'request.timeout': { status: 408, issue: 'timeout' },
  'request.too-many': { status: 429, issue: 'throttled' },
  'request.malformed': { status: 400, issue: 'invalid' },
  'request.body-invalid': { status: 400, issue: 'structure' },
  'request.not-acceptable': { status: 406, issue: 'not-supported' },
  'request.media-type': { status: 415, issue: 'not-supported' },
  'request.unknown-type': { status: 404, issue: 'not-supported' },
  'request.unknown-path': { status: 404, issue: 'not-found' },
  'request.interaction': { status: 405, issue: 'not-supported' },
  'search.unknown-parameter': { status: 400, issue: 'not-supported' },
  'search.unsupported-parameter': { status: 400, issue: 'not-supported' },
  'search.unsupported-modifier': { status: 400, issue: 'not-supported' },
  'search.invalid-value': { status: 400, issue: 'value' },
  'search.no-criterion': { status: 400, issue: 'invalid' },
  'search.page-token': { status: 400, issue: 'value' },
  'search.page-expired': { status: 410, issue: 'expired' },
  'search.too-costly': { status: 403, issue: 'too-costly' },
  'access.login': { status: 401, issue: 'login' },
  'access.forbidden': { status: 403, issue: 'forbidden' },
  'read.not-found': { status: 404, issue: 'not-found' },
  'read.damaged': { status: 502, issue: 'exception' },
  'system.failed': { status: 502, issue: 'exception' },
  'system.unavailable': { status: 503, issue: 'transient' },
  'system.timeout': { status: 504, issue: 'timeout' },
  'system.not-loaded': { status: 503, issue: 'transient' },
  'system.drifted': { status: 503, issue: 'transient' },
  'persons.not-linked': { status: 503, issue: 'transient' },
  'audit.unavailable': { status: 503, issue: 'transient' },
  'store.unavailable': { status: 503, issue: 'transient' },
  'server.stopping': { status: 503, issue: 'transient' },
  'server.port-taken': { status: 500, issue: 'exception' },
  'server.defect': { status: 500, issue: 'exception' },
  'config.invalid': { status: 500, issue: 'exception' },
  'module.invalid': { status: 500, issue: 'exception' },
  'site.refused': { status: 500, issue: 'exception' },
  'feed.invalid': { status: 500, issue: 'exception' },
  'feed.unreachable': { status: 500, issue: 'exception' },
  'inbox.unknown': { status: 500, issue: 'exception' },
  'file.unreadable': { status: 500, issue: 'exception' },
  'file.date': { status: 500, issue: 'exception' },
  'file.empty': { status: 500, issue: 'exception' },
  'file.encoding': { status: 500, issue: 'exception' },
  'file.header': { status: 500, issue: 'exception' },
  'file.quoting': { status: 500, issue: 'exception' },
  'file.incomplete': { status: 500, issue: 'exception' },
  'file.rejected': { status: 500, issue: 'exception' },
} as const satisfies Record<string, { readonly status: number; readonly issue: string }>;

export type FaultCode = keyof typeof FAULTS;

/** A failure with a stable code. `message` says what was wrong with the input and what would be right; it never holds PHI, SQL or a table name. */
export class Fault extends Error {
  readonly code: FaultCode;
  /** Where in the request: a parameter name, a header name, or a FHIRPath expression. */
  readonly expression: string | undefined;
  /** Seconds after which a new attempt makes sense, for the `Retry-After` header. */
  readonly retryAfterSeconds: number | undefined;
  /** The methods that the path answers, for the `Allow` header of a 405. */
  readonly allow: readonly string[] | undefined;

  constructor(
    code: FaultCode,
    message: string,
    detail: {
      readonly expression?: string;
      readonly retryAfterSeconds?: number;
      readonly allow?: readonly string[];
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: detail.cause });
    this.name = 'Fault';
    this.code = code;
    this.expression = detail.expression;
    this.retryAfterSeconds = detail.retryAfterSeconds;
    this.allow = detail.allow;
  }

  get status(): number {
    return FAULTS[this.code].status;
  }

  get issue(): string {
    return FAULTS[this.code].issue;
  }
}
