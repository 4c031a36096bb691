export { describeSchema } from './describe-schema.ts';
export type { StoreConnection } from './database.ts';
export {
  startEmbedded,
  type EmbeddedConnection,
  type EmbeddedDatabase,
  type EmbeddedOptions,
} from './embedded/index.ts';
export { openStore, type Store, type StoreOptions } from './store.ts';
export {
  schemaOfFiles,
  type DeliveryIdentity,
  type FileLoads,
  type FileState,
  type LoadedDelivery,
  type Outcome,
  type RefusedDelivery,
} from './file-loads.ts';
export { columnsOf, type LoadedLine, type ShadowTables } from './file-tables.ts';
export {
  CONFLICT,
  type Arrival,
  type ArrivingMessage,
  type ChangedThing,
  type Inbox,
  type InboxCount,
  type InboxFilter,
  type InboxState,
  type Ingest,
  type KeptMessage,
  type MadeResource,
  type QueuedMessage,
  type Settled,
  type StoredThing,
  type WholeMessage,
} from './inbox/index.ts';
