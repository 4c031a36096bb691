export { createRecord, type Record, type RecordParts } from './record.ts';
export type { Installed } from './model/catalogue.ts';
