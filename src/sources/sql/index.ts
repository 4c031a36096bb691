export { openPgSystem } from './connect/pg-system.ts';
export type { CircuitOptions, PgSystemOptions } from './connect/options.ts';
export { compile } from './render/compile.ts';
export type { Bound, DialectName } from './render/dialect.ts';
export { catalogueQuestion, liveTables } from './render/describe.ts';
