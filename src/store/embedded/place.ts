import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Fault } from '../../core/index.ts';
import { canEnter, serverAccount, type Account } from './account.ts';
import type { HomeState } from './home-state.ts';

/** The folder of a cluster: its data, its log, its socket, and a copy of the binaries where the installed ones cannot be run. */
export interface Place {
  readonly folder: string;
  readonly data: string;
  /** Whom the server runs as and who owns the data; undefined: ourselves. */
  readonly account: Account | undefined;
}

export const SOCKET_PORT = 5432;
/** The shortest limit of `sun_path` (macOS, with its NUL); Linux allows 107 bytes. */
const SOCKET_PATH_MAX_BYTES = 103;

/** Creates the home when it is missing. Enterable, but not readable, by others: the server's account may have to pass through it. */
export function makeHome(home: string): void {
  if (existsSync(home)) return;
  mkdirSync(home, { recursive: true });
  chmodSync(home, process.getuid?.() === 0 ? 0o711 : 0o700);
}

/**
 * Where the cluster of this home lives: inside the home, except when root starts us in a home that the server's account cannot enter;
 * then in a folder of `systemFolder`, whose name the home's state keeps. Creates the folder.
 */
export function choosePlace(home: string, state: HomeState | undefined, systemFolder: string): Place {
  const inside = join(home, 'database');
  // A home that holds its data may be a copy, whose state names the place of the one that it was copied from.
  const recorded = existsSync(join(inside, 'data')) ? inside : state?.place;
  const account = serverAccount(join(recorded ?? inside, 'data'));
  const folder =
    account === undefined ? inside : (recorded ?? outsideUnlessEntered(home, account, inside, systemFolder));
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    if (account !== undefined && dirname(folder) === systemFolder) chmodSync(systemFolder, 0o711);
  }
  own(folder, account);
  if (account !== undefined && !canEnter(folder, account)) throw cannotEnter();
  return { folder, data: join(folder, 'data'), account };
}

function cannotEnter(): Fault {
  return new Fault(
    'config.invalid',
    'The account that runs PostgreSQL cannot enter the folder of its data. Give the folders above it the permission to be entered, or set FASCIA_HOME to another folder.',
  );
}

function outsideUnlessEntered(home: string, account: Account, inside: string, systemFolder: string): string {
  return canEnter(home, account) ? inside : join(systemFolder, randomBytes(8).toString('hex'));
}

/**
 * A folder for the socket that only the server's account (and root) can enter: in the place, or under a short temporary folder where
 * the path would exceed the limit of Unix sockets. The recorded one is kept while it is still ours, so that running pools reconnect.
 */
export function chooseSocketFolder(place: Place, recorded: string | undefined): string {
  const inside = join(place.folder, 'socket');
  if (fitsSocket(inside)) {
    mkdirSync(inside, { recursive: true });
    own(inside, place.account);
    return inside;
  }
  if (recorded !== undefined && recorded !== inside && isPrivate(recorded, place.account)) return recorded;
  const short = [tmpdir(), '/tmp'].find(
    (folder) => fitsSocket(join(folder, 'fascia-XXXXXX')) && enterable(folder, place.account),
  );
  const folder = mkdtempSync(join(short ?? '/tmp', 'fascia-'));
  own(folder, place.account);
  return folder;
}

/** Removes a socket folder that lies outside the place. */
export function dropSocketFolder(place: Place, folder: string | undefined): void {
  if (folder !== undefined && dirname(folder) !== place.folder && isPrivate(folder, place.account)) {
    rmSync(folder, { recursive: true, force: true });
  }
}

function own(folder: string, account: Account | undefined): void {
  chmodSync(folder, 0o700);
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
}

function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}.lock`)) <= SOCKET_PATH_MAX_BYTES;
}

function enterable(folder: string, account: Account | undefined): boolean {
  return account === undefined || canEnter(folder, account);
}

function isPrivate(folder: string, account: Account | undefined): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  const uid = account?.uid ?? process.getuid?.();
  return found !== undefined && found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0;
}
