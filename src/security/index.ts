export { narrow } from './narrow.ts';
export { createSealer } from './sealer.ts';
