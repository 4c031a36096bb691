import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package: above `src` in the repository, above `dist` where it is installed. */
export const packageRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Whether the package is installed as a dependency, not checked out. */
export const isInstalled = packageRoot.split(sep).includes('node_modules');

/** The configuration of the demo hospital, which is used where no other is given. */
export const demoConfigFile = join(packageRoot, 'demo', 'site', 'fascia.config.json');
