import { accessSync, constants, existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Fault } from '../core/index.ts';

/**
 * Makes sure that the home is there or can be made, and can be written. Makes the folders above it, one by one: the recursive form of `mkdir`
 * never returns on some file systems. Throws `config.invalid`, which names the folder and the way out.
 */
export function prepareHome(home: string): void {
  try {
    makeParents(dirname(home));
    if (existsSync(home)) {
      accessSync(home, constants.W_OK | constants.X_OK);
      return;
    }
    mkdirSync(home);
    rmdirSync(home);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Fault(
      'config.invalid',
      `The folder ${home} cannot be written (${code ?? 'unknown'}). Name another with FASCIA_HOME, for example FASCIA_HOME=~/.fascia npm start, or give a PostgreSQL with DATABASE_URL.`,
      { cause: error },
    );
  }
}

function makeParents(folder: string): void {
  if (existsSync(folder)) return;
  makeParents(dirname(folder));
  mkdirSync(folder);
}
