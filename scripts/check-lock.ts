/**
 * Fails when package-lock.json lacks an optional package of a platform: newer versions of npm refuse such a lock on `npm ci`, while `npm install`
 * writes it without a word where a registry does not carry one of the packages.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface LockEntry {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lockFile = join(dirname(import.meta.dirname), 'package-lock.json');
const { packages } = JSON.parse(readFileSync(lockFile, 'utf8')) as {
  readonly packages: Readonly<Record<string, LockEntry>>;
};

/** As Node resolves: beside the package, then in every folder above it. */
function isLocked(from: string, name: string): boolean {
  const folders = from
    .split('/node_modules/')
    .map((_, depth, parts) => parts.slice(0, parts.length - depth).join('/node_modules/'));
  return [...folders.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`].some(
    (path) => path in packages,
  );
}

const missing = Object.entries(packages).flatMap(([path, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !isLocked(path, name))
    .map((name) => `${path === '' ? 'the project' : path} needs ${name}`),
);
if (missing.length > 0) {
  console.error(`package-lock.json lacks optional packages, so npm ci will refuse it:\n  ${missing.join('\n  ')}`);
  console.error(
    'Pin the package to the newest version whose platform packages all exist, delete node_modules and the lock, and install again.',
  );
  process.exit(1);
}
console.log(`package-lock.json holds every optional package (${Object.keys(packages).length} entries).`);
