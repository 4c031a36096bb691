export { describeSchema } from './describe-schema.ts';
export type { StoreConnection } from './database.ts';
export {
  startEmbedded,
  type EmbeddedConnection,
  type EmbeddedDatabase,
  type EmbeddedOptions,
} from './embedded/index.ts';
export { openStore, type Store, type StoreOptions } from './store.ts';
