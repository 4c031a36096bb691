import type { Clock, Emit } from '../core/index.ts';
import { openStore } from '../store/index.ts';
import type { Config } from './config.ts';
import { openOwnDatabase } from './own-database.ts';

/** Brings the schema of our own store up to date, and leaves. Throws `config.invalid` and `store.unavailable`. */
export async function migrateStore(config: Config, clock: Clock, emit: Emit): Promise<void> {
  const database = await openOwnDatabase(config, clock, emit);
  try {
    const store = await openStore({ connection: database.store, clock, emit, poolMax: 1 });
    await store.close();
  } finally {
    await database.close();
  }
}
