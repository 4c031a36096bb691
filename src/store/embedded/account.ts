import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Fault } from '../../core/index.ts';

/** The operating system account that the server runs as, where it is not our own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root starts it as `postgres`, or as `nobody` where that user is missing. `cluster` is the data
 * folder, whose owner stays what it was. Output: undefined for an ordinary user. Errors: `config.invalid` where root has no such account.
 */
export function serverAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = process.platform === 'linux' ? (passwdEntry('postgres') ?? passwdEntry('nobody')) : undefined;
  if (account !== undefined) return account;
  throw new Fault(
    'config.invalid',
    'PostgreSQL does not run as root, and there is no user postgres or nobody to run it as. Start Fascia as an ordinary user, or set DATABASE_URL.',
  );
}

function passwdEntry(name: string): Account | undefined {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`${name}:`));
  const [, , uid, gid] = entry?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Whether the account can reach what is inside an existing folder, by the permission bits of the folder and of all above it. */
export function canEnter(folder: string, account: Account): boolean {
  for (let at = realpathSync(folder); ; at = dirname(at)) {
    if (!allows(at, account, 0o1)) return false;
    if (at === dirname(at)) return true;
  }
}

/** Whether the account has the given permission (4 read, 2 write, 1 execute, or their sum) on a file. */
export function allows(file: string, account: Account, wanted: number): boolean {
  const { mode, uid, gid } = statSync(file);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}
