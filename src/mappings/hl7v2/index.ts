export { readAdt, type Reading, type Unmappable } from './read.ts';
export { renderState, type Rendered } from './render.ts';
export { join, keyText, type Assertion, type Stamp, type State, type Thing, type ThingKey } from './state.ts';
