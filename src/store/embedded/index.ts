export { startEmbedded, type EmbeddedConnection, type EmbeddedDatabase, type EmbeddedOptions } from './embedded.ts';
