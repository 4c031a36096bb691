import { readFileSync } from 'node:fs';
import { Fault, type Clock, type Emit } from '../core/index.ts';
import { startEmbedded, type EmbeddedConnection } from '../store/index.ts';
import type { Config } from './config.ts';
import type { SystemConfig } from './config-systems.ts';
import { prepareHome } from './home.ts';

/** How `pg` reaches a database: a URL, or the socket of the embedded server. */
export type Connection = string | EmbeddedConnection;

/** The PostgreSQL of this installation: our own store, and the systems that lie beside it. */
export interface OwnDatabase {
  readonly store: Connection;
  /** Where the embedded server keeps its data. */
  readonly folder?: string;
  connectionOf(system: SystemConfig): Connection;
  /** Fills the embedded databases of systems that have a sample. Throws `config.invalid`. */
  loadSamples(systems: readonly SystemConfig[]): Promise<void>;
  close(): Promise<void>;
}

const storeName = 'fascia';

/** Uses `DATABASE_URL`, or attaches to the embedded server of the home. Throws `config.invalid` and `store.unavailable`. */
export async function openOwnDatabase(config: Config, clock: Clock, emit: Emit): Promise<OwnDatabase> {
  if (config.databaseUrl !== undefined) {
    return {
      store: config.databaseUrl,
      connectionOf: (system) => givenUrl(system, config.databaseUrl),
      loadSamples: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
  }
  prepareHome(config.home);
  const embedded = await startEmbedded({ home: config.home, clock, emit });
  await embedded.ensureDatabase(storeName);
  return {
    store: embedded.connection(storeName),
    folder: embedded.folder,
    connectionOf: ({ connection }) =>
      'url' in connection
        ? connection.url
        : embedded.connection('database' in connection ? connection.database : storeName),
    async loadSamples(systems) {
      for (const { id, connection, sample } of systems) {
        if (sample === undefined || !('database' in connection)) continue;
        await embedded.ensureSample(connection.database, readSample(id, sample));
      }
    },
    close: () => embedded.detach(),
  };
}

function givenUrl({ connection }: SystemConfig, storeUrl = ''): string {
  return 'url' in connection ? connection.url : 'files' in connection ? storeUrl : '';
}

function readSample(id: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Fault('config.invalid', `systems.${id}.sample: the file ${file} cannot be read.`, { cause });
  }
}
