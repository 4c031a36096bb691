export { type Unmappable } from './read.ts';
export { renderState, type Rendered } from './render.ts';
export { standard } from './standard.ts';
