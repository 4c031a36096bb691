import type { ServedParam, SimpleValue } from '../../contracts/index.ts';

/** One search parameter of a request, as the parsers of its values see it. */
export interface Parameter {
  /** As the caller wrote it, with modifiers and chains: for messages. */
  readonly name: string;
  readonly code: string;
  readonly modifier?: string;
  readonly served: ServedParam;
  /** The resource type whose parameter it is. */
  readonly type: string;
  /** Absolute URL of this server, for references that repeat it. */
  readonly base: string | undefined;
}

/** Parses one alternative of a value, still escaped. Throws `search.invalid-value`. */
export type ValueParser<V extends SimpleValue = SimpleValue> = (text: string, parameter: Parameter) => V;
