import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { isInstalled, packageRoot, packageVersion } from '../app/index.ts';

/** How an installation of npm says where its packages came from (https://docs.npmjs.com/cli/configuring-npm/package-lock-json#hidden-lockfiles). */
interface HiddenLockfile {
  readonly packages?: Readonly<Record<string, { readonly resolved?: string } | undefined>>;
}

/**
 * What a site's package.json must say to depend on the Fascia that runs now: its version, or the tarball, the repository or the checkout that it
 * came from. In: the site's absolute folder.
 */
export function ownPackageSpec(site: string): string {
  if (!isInstalled) return fileSpec(site, packageRoot);
  const modules = dirname(packageRoot);
  const resolved = readLockfile(join(modules, '.package-lock.json')).packages?.['node_modules/fascia']?.resolved;
  if (resolved?.startsWith('file:') === true) {
    const from = resolve(dirname(modules), decodeURIComponent(resolved.slice('file:'.length)));
    if (existsSync(from)) return fileSpec(site, from);
  }
  return resolved?.startsWith('git') === true ? resolved : packageVersion();
}

/** As npm writes it: relative to the folder that depends. */
export function fileSpec(site: string, target: string): string {
  return `file:${relative(site, target).replaceAll('\\', '/')}`;
}

function readLockfile(file: string): HiddenLockfile {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as HiddenLockfile) : {};
}
