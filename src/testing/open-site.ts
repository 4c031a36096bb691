import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, startServer, type Config, type RunningServer } from '../app/index.ts';
import type { Access } from '../contracts/index.ts';
import { systemClock, type Clock } from '../core/index.ts';
import { siteAt, type Site } from './site.ts';

export interface OpenOptions {
  /** The site's configuration; by default the one of the folder that the tests run in. */
  readonly config?: string;
  /** The time that the site takes for now. */
  readonly clock?: Clock;
}

/**
 * Starts a site for tests: on the samples of its systems, whatever its configuration says of them, in an embedded database of its own that is gone
 * when the site is closed. Nothing else is read or written. Throws what a start throws, and `config.invalid` where a system has no sample.
 */
export async function openSite({ config: file, clock = systemClock }: OpenOptions = {}): Promise<Site> {
  const home = mkdtempSync(join(tmpdir(), 'fascia-site-'));
  // Root runs the database under another account, which must be able to enter.
  chmodSync(home, 0o711);
  const from = file ?? process.env['FASCIA_CONFIG'];
  const variables = { FASCIA_HOME: home, PORT: '0', ...(from === undefined ? {} : { FASCIA_CONFIG: from }) };
  const folders = [home];
  const clean = (): void => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const config = loadConfig(variables, process.cwd(), { samples: true });
    const running = await start(config, clock, undefined);
    const { dataFolder } = running.installation;
    if (dataFolder !== undefined) folders.push(dataFolder);
    return siteOf(running, config, clock, clean);
  } catch (error) {
    clean();
    throw error;
  }
}

function start(config: Config, clock: Clock, access: Access | undefined): Promise<RunningServer> {
  const verify = access === undefined ? {} : { verify: () => access };
  return startServer({ config, clock, emit: () => undefined, ...verify });
}

function siteOf(running: RunningServer, config: Config, clock: Clock, closed: () => void): Site {
  return {
    ...siteAt(`${running.url}/fhir`),
    catalogue: running.installation.record.catalogue,
    async narrowedTo(patient) {
      const access: Access = { reach: { is: 'patient', patient }, agent: 'test' };
      return siteOf(await start(config, clock, access), config, clock, () => undefined);
    },
    async close() {
      await running.stop('test');
      closed();
    },
  };
}
