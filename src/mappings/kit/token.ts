import type { TokenValue } from '../../contracts/index.ts';

/** A Coding, or an Identifier with its value as code. */
export interface Token {
  readonly system?: string | undefined;
  readonly code?: string | undefined;
}

/** `code`, `system|code`, `|code` (no system), `system|` (https://hl7.org/fhir/R4/search.html#token). Codes compare case-sensitively. */
export function tokenFits(sought: TokenValue, token: Token): boolean {
  return systemFits(sought, token.system) && (sought.code === undefined || sought.code === token.code);
}

export function systemFits(sought: TokenValue, system: string | undefined): boolean {
  return sought.system === undefined || sought.system === (system ?? '');
}
