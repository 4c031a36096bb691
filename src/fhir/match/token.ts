import type { TokenValue } from '../../contracts/index.ts';
import { isObject, textOf, type Element, type ElementTest, type MatchContext } from './element.ts';

/** One thing that a token may name. A `system` that is undefined is the statement that there is none. */
interface Token {
  readonly system: string | undefined;
  readonly code: string | undefined;
  /** A boolean is in no system, so that whatever system is given is passed over. */
  readonly anySystem?: true;
}

/** https://hl7.org/fhir/R4/search.html#token: codes compare as they are; the text of a CodeableConcept is not searched. */
export function tokenTest(sought: TokenValue, context: MatchContext): ElementTest {
  return (element) => tokensOf(element, context.codeSystem).some((token) => fits(sought, token));
}

function fits(sought: TokenValue, token: Token): boolean {
  if (sought.system !== undefined && token.anySystem !== true && sought.system !== (token.system ?? '')) return false;
  return sought.code === undefined || sought.code === token.code;
}

function tokensOf(element: Element, codeSystem: string | undefined): readonly Token[] {
  if (typeof element === 'boolean') return [{ system: undefined, code: String(element), anySystem: true }];
  if (typeof element === 'string') return [{ system: codeSystem, code: element }];
  if (!isObject(element)) return [];
  const { coding } = element;
  if (Array.isArray(coding)) return (coding as readonly Element[]).flatMap((one) => tokensOf(one, undefined));
  // A Coding has a code, an Identifier and a ContactPoint a value.
  const code = textOf(element, 'code') ?? textOf(element, 'value');
  const system = textOf(element, 'system');
  return code === undefined && system === undefined ? [] : [{ system, code }];
}
