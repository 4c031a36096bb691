export { escapeValue, splitEscaped, unescapeValue } from './escape.ts';
export {
  parseSearch,
  queryStringOf,
  type Handling,
  type Pair,
  type ParsedSearch,
  type SearchInput,
} from './parse-search.ts';
export { idSyntax } from './reference.ts';
export { parseRendering } from './result-parameters.ts';
