import { useStore, type Config } from '../app/index.ts';
import { systemClock, type NamedEvent } from '../core/index.ts';

/** `fascia migrate`: brings our own store up to date and says what was done. */
export async function migrate(config: Config): Promise<void> {
  let steps = 0;
  const emit = (event: NamedEvent): void => {
    if (event.event === 'store.migrated') steps = event.steps;
  };
  await useStore(config, { clock: systemClock, emit }, () => Promise.resolve());
  console.log(
    steps === 0
      ? 'The schema is up to date.'
      : `The schema is up to date after ${steps} migration${steps === 1 ? '' : 's'}.`,
  );
}
