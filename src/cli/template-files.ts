import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../app/index.ts';

/** A file to be written: its path relative to a folder, with `/`, and its text. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** Names that tools would take to be meant for this package: npm packs no `.gitignore`, compilers look for a `tsconfig.json`. */
const renamed: Readonly<Record<string, string>> = { gitignore: '.gitignore', 'tsconfig.site.json': 'tsconfig.json' };

/** The files of a template that this package brings. */
export function templateFiles(name: 'site' | 'mapping'): NewFile[] {
  const folder = join(packageRoot, 'templates', name);
  return globSync('**/*', { cwd: folder })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort()
    .map((file) => ({
      path: renamed[file] ?? file.replaceAll('\\', '/'),
      text: readFileSync(join(folder, file), 'utf8'),
    }));
}

/** Writes files below a folder, making the folders that they need. */
export function writeFiles(folder: string, files: readonly NewFile[]): void {
  for (const { path, text } of files) {
    const to = join(folder, path);
    mkdirSync(dirname(to), { recursive: true });
    // A file that has appeared meanwhile is somebody's: it is not written over.
    writeFileSync(to, text, { flag: 'wx' });
  }
}
