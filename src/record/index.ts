export { createRecord, type Record, type RecordParts } from './record.ts';
export { buildCatalogue, type Catalogue, type CatalogueBranch, type Installed } from './model/catalogue.ts';
export { lineageOf, type ElementLineage } from './model/lineage.ts';
export { mappingPage } from './model/mapping-page.ts';
