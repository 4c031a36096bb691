import type { Clock, Emit } from '../core/index.ts';
import { openStore, type Store } from '../store/index.ts';
import type { Config } from './config.ts';
import { openOwnDatabase } from './own-database.ts';

/**
 * Opens our own store for one piece of work, its schema brought up to date, and leaves it. Out: what the work gives. Throws `config.invalid` and
 * `store.unavailable`.
 */
export async function useStore<T>(
  config: Config,
  { clock, emit }: { readonly clock: Clock; readonly emit: Emit },
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const database = await openOwnDatabase(config, clock, emit);
  try {
    const store = await openStore({ connection: database.store, clock, emit, poolMax: 1 });
    return await work(store).finally(() => store.close());
  } finally {
    await database.close();
  }
}
