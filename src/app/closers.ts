type Close = () => Promise<void> | void;

/** What must be closed, in reverse order of opening. */
export interface Closers {
  /** Remembers how to close something; at once, where everything else is being closed already. */
  add(close: Close): void;
  /** Closes everything, also when one of them fails; then throws the first failure. A second call waits for the first. */
  readonly close: () => Promise<void>;
}

export function createClosers(): Closers {
  const open: Close[] = [];
  const failures: unknown[] = [];
  let closing: Promise<void> | undefined;
  const closeOpen = async (): Promise<void> => {
    for (let close = open.pop(); close !== undefined; close = open.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
  };
  const closeAll = async (): Promise<void> => {
    await closeOpen();
    if (failures.length > 0) throw failures[0];
  };
  return {
    add: (close) => {
      open.push(close);
      if (closing !== undefined) closing = closing.catch(() => undefined).then(closeAll);
    },
    close: () => (closing ??= closeAll()),
  };
}
