/** The last step of `npm run build`: what the compiler leaves out, pages and data, goes beside the compiled files. */
import { cpSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);

for (const file of globSync('**/*.{html,css,json}', { cwd: join(root, 'src') })) {
  cpSync(join(root, 'src', file), join(root, 'dist', file));
}
