import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

/** The landing page's template and stylesheet: from the sources in a checkout, else from the compiled package. */
export function readLanding(): { readonly html: string; readonly css: string } {
  const folder =
    ['src', 'dist'].map((base) => join(packageRoot, base, 'web', 'landing')).find((path) => existsSync(path)) ?? '';
  return {
    html: readFileSync(join(folder, 'index.html'), 'utf8'),
    css: readFileSync(join(folder, 'landing.css'), 'utf8'),
  };
}
