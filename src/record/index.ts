export { createRecord, type Record, type RecordParts } from './record.ts';
export { buildCatalogue, type Catalogue, type CatalogueBranch, type Installed } from './model/catalogue.ts';
export { lineageOf, type ElementLineage } from './model/lineage.ts';
export { mappingPage } from './model/mapping-page.ts';
export { compareTables, lostBy, nothingLost, type Finding, type Lost } from './expectations/compare.ts';
export { tablesOf } from './expectations/uses.ts';
export { inspectBranch, type Inspected, type Inspection, type InspectOptions } from './check/inspect-branch.ts';
export { tablesUnder, usedIn, type Place } from './check/places.ts';
export type { Unreached } from './check/facts.ts';
