/** More keys than this are read alone: nobody else should wait for them. */
const SHARED_KEYS_MAX = 100;

interface Waiting<Key, Found> {
  readonly keys: readonly Key[];
  readonly resolve: (found: Found) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Reads that are asked for while one is under way become one read, since a statement costs more than its rows. In: what reads many keys at once.
 * Out: the same, whose result may hold more than was asked for, and was read after the question. A failure is that of all who waited for it.
 */
export function groupReads<Key, Found>(
  read: (keys: readonly Key[]) => Promise<Found>,
): (keys: readonly Key[]) => Promise<Found> {
  let waiting: Waiting<Key, Found>[] = [];
  let isUnderWay = false;
  const readNext = async (): Promise<void> => {
    isUnderWay = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const found = await read(group.flatMap(({ keys }) => keys));
        for (const { resolve } of group) resolve(found);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isUnderWay = false;
  };
  return (keys) => {
    if (keys.length > SHARED_KEYS_MAX) return read(keys);
    const { promise, resolve, reject } = Promise.withResolvers<Found>();
    waiting.push({ keys, resolve, reject });
    if (!isUnderWay) void readNext();
    return promise;
  };
}
