export { adt } from './adt.ts';
export { type Unmappable } from './read.ts';
export { renderState, type Rendered } from './render.ts';
