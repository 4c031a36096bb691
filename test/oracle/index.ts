export { compareAll, describeMismatch, type CompareInput, type Comparison, type Mismatch } from './compare.ts';
export { coverageOf, type Coverage } from './coverage.ts';
export { generateQueries, type GenerateInput, type GeneratedQuery } from './generate.ts';
export { createFinder, type Finder } from './match.ts';
export { createOracle, type Expectation, type Oracle, type OracleInput } from './oracle.ts';
export type { Folding } from './folding.ts';
export type { Reach } from './world.ts';
