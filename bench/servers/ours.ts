import { createWriteStream } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import type { Audit } from '../../src/contracts/index.ts';
import { loadConfig } from '../../src/app/index.ts';
import { compose } from '../../src/app/compose.ts';
import { createLog } from '../../src/app/log.ts';
import { settingsOf } from '../child.ts';
import { serveMeasured } from './measured.ts';

/** The product as it ships, on the demo hospital's site: its configuration, its log (thrown away), its open access. */

export interface OursSettings {
  readonly home: string;
  readonly audited: boolean;
}

const noAudit: Audit = { disclosed: () => Promise.resolve(), ended: () => Promise.resolve() };
const site = join(import.meta.dirname, '..', '..', 'demo', 'site', 'fascia.config.json');

const { home, audited } = settingsOf() as OursSettings;
// Without its entry for demo data: the data set is loaded already, and no day is added to it.
const { demo, ...config } = loadConfig({ FASCIA_CONFIG: site, FASCIA_HOME: home }, process.cwd());
if (demo === undefined) throw new Error('The demo site has no demo data.');
const log = createLog(config.log, createWriteStream(devNull));
const linked = Promise.withResolvers<undefined>();
const installation = await compose({
  config: { ...config, linkMinutes: 24 * 60 },
  emit: (event) => {
    if (event.event === 'persons.linked') linked.resolve(undefined);
    log(event);
  },
  ...(audited ? {} : { audit: noAudit }),
});
// A start links persons in the background; it must not run into the first round.
await linked.promise;
await serveMeasured(installation.server, installation.close);
