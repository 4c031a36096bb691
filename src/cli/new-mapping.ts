import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkConfig, demoConfigFile, loadModules, type Config } from '../app/index.ts';
import type { MappingModule } from '../contracts/index.ts';
import { Fault } from '../core/index.ts';
import { addModule } from './edit-config.ts';
import { nameStewards, type StewardOptions } from './stewardship.ts';
import { templateFiles, writeFiles, type NewFile } from './template-files.ts';

/**
 * `fascia new-mapping NAME`: adds a module that is served at once, from a sample, and its entry in the configuration. In: how the site's
 * configuration is read. Throws `site.refused`; whatever fails, the site is as it was.
 */
export async function newMapping(
  name: string,
  read: () => Config,
  options: StewardOptions,
  today: string,
): Promise<void> {
  const config = read();
  const site = dirname(config.file);
  refuse(name, config);
  const modules = await loadModules(config.modules);
  const files = mappingFiles(name, modules, options, today);
  const taken = files.filter(({ path }) => existsSync(join(site, path)));
  if (taken.length > 0)
    throw refused(`${taken.map(({ path }) => path).join(', ')} would be written over. Choose another name.`);
  const before = readFileSync(config.file, 'utf8');
  const entry = { database: name.replaceAll('-', '_'), sample: `./mappings/${name}/sample.sql` };
  try {
    writeFiles(site, files);
    writeFileSync(config.file, addModule(before, { id: name, folder: `./mappings/${name}`, system: entry }));
    await checkConfig(read());
  } catch (error) {
    writeFileSync(config.file, before);
    for (const { path } of files) rmSync(join(site, path), { force: true });
    rmSync(join(site, 'mappings', name), { recursive: true, force: true });
    throw error;
  }
  console.log(report(name, config, files));
}

function refuse(name: string, config: Config): void {
  if (config.file === demoConfigFile)
    throw refused(
      'There is no site here: start in the folder of one, name one with FASCIA_CONFIG, or make one with "fascia init".',
    );
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 60)
    throw refused(
      `${name} cannot be a module's name: lower-case letters, digits and single hyphens, such as lab or ward-3.`,
    );
  if (config.systems.some(({ id }) => id === name) || config.modules.some((folder) => basename(folder) === name))
    throw refused(`${config.file} has a module ${name} already. Choose another name.`);
}

function mappingFiles(
  name: string,
  modules: readonly MappingModule[],
  options: StewardOptions,
  today: string,
): NewFile[] {
  const branches = modules.flatMap((module) => module.branches);
  const prefix = freePrefix(name, new Set(branches.map((branch) => branch.prefix)));
  return templateFiles('mapping').map((file) => {
    const path = file.path
      .replace(/^module\//, `mappings/${name}/`)
      .replace('test/module.test.ts', `test/${name}.test.ts`);
    const text = file.text.replaceAll('new-mapping', name).replaceAll('newpat', prefix);
    return path === `mappings/${name}/index.ts` ? nameStewards({ path, text }, options, today) : { path, text };
  });
}

/** Letters of the name, and a number where others have them already. */
function freePrefix(name: string, taken: ReadonlySet<string>): string {
  const stem = name.replaceAll('-', '').slice(0, 4);
  const candidates = [`${stem}p`, ...Array.from({ length: 99 }, (_, n) => `${stem}${n + 1}`)];
  const free = candidates.find((prefix) => !taken.has(prefix));
  if (free === undefined) throw refused(`No prefix for ids is free for ${name}. Choose another name.`);
  return free;
}

function refused(message: string): Fault {
  return new Fault('site.refused', message);
}

function report(name: string, config: Config, files: readonly NewFile[]): string {
  return `
The module ${name} is served from the next start on, from invented rows:
${files.map(({ path }) => `  ${path}`).join('\n')}
  ${basename(config.file)} (its entry in "modules" and in "systems")

What to do next:
  1. Write the tables of the system into tables.ts and sample.sql, and the elements beside them.
  2. Point its entry in ${basename(config.file)} to the system, with "urlVariable" in place of "database"; keep "sample" for the tests.
  3. Replace what is still a TODO in index.ts by names.
`;
}
