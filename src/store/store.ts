import type { AuditRecord, Links, PoolUse } from '../contracts/index.ts';
import type { Clock, Emit } from '../core/index.ts';
import { appendAudit, readAudit } from './audit-records.ts';
import { openDatabase, type StoreConnection } from './database.ts';
import { createInbox, type Inbox } from './inbox/index.ts';
import { createFileLoads, type FileLoads } from './file-loads.ts';
import { createLinks } from './links.ts';
import { migrate } from './migrate.ts';
import { openFailure } from './open-failure.ts';
import { installationSecret } from './settings.ts';

export interface StoreOptions {
  readonly connection: StoreConnection;
  readonly emit: Emit;
  readonly clock: Clock;
  readonly poolMax: number;
  /** False behind a pooler that shares sessions between transactions; true by default. */
  readonly prepare?: boolean;
  /** How long a statement, or the wait for a connection, may take. */
  readonly timeoutMs?: number;
}

/** Our own PostgreSQL. All methods reject with `store.unavailable` (503) when it fails. */
export interface Store {
  readonly links: Links;
  readonly fileLoads: FileLoads;
  readonly inbox: Inbox;
  /** One insert; the records are durable when it resolves. */
  appendAudit(records: readonly AuditRecord[]): Promise<void>;
  readAudit(requestId: string): Promise<readonly AuditRecord[]>;
  /** 32 random bytes, the same for all replicas and starts. */
  installationSecret(): Promise<Uint8Array>;
  ping(): Promise<void>;
  poolUse(): PoolUse;
  close(): Promise<void>;
}

/**
 * Opens the store and brings its schema up to date. Errors: `config.invalid` for a database that cannot be used, with what to change;
 * `store.unavailable` when it does not answer.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const steps = await migrate(options.connection).catch((error: unknown) => {
    throw openFailure(error);
  });
  if (steps > 0) options.emit({ event: 'store.migrated', steps });
  const { connection, poolMax, prepare = true, timeoutMs = 5_000 } = options;
  const database = openDatabase({ connection, poolMax, prepare, timeoutMs });
  return {
    links: createLinks(database),
    fileLoads: createFileLoads(database),
    inbox: createInbox(database),
    appendAudit: (records) => appendAudit(database, records),
    readAudit: (requestId) => readAudit(database, requestId),
    installationSecret: () => installationSecret(database),
    ping: async () => {
      await database.run({ name: 'ping', text: 'select 1' }, []);
    },
    poolUse: () => database.poolUse(),
    close: () => database.close(),
  };
}
