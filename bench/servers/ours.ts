import { join } from 'node:path';
import { createAudit } from '../../src/audit/index.ts';
import type { Audit } from '../../src/contracts/index.ts';
import { systemClock } from '../../src/core/index.ts';
import { loadConfig, openLog } from '../../src/app/index.ts';
import { compose } from '../../src/app/compose.ts';
import { settingsOf } from '../child.ts';
import { serveMeasured, type AuditSwitch } from './measured.ts';

/** The product as it ships, on the demo hospital's site: its configuration, its log (on standard error, thrown away), its open access. */

export interface OursSettings {
  readonly home: string;
}

const auditing: AuditSwitch = { on: false };
const nothing = Promise.resolve();
const audit: Audit = {
  disclosed: (...disclosure) => (auditing.on ? auditor.disclosed(...disclosure) : nothing),
  ended: (...end) => (auditing.on ? auditor.ended(...end) : nothing),
};
const site = join(import.meta.dirname, '..', '..', 'demo', 'site', 'fascia.config.json');

const { home } = settingsOf() as OursSettings;
// Without its entry for demo data: the data set is loaded already, and no day is added to it.
const config = { ...loadConfig({ FASCIA_CONFIG: site, FASCIA_HOME: home }, process.cwd()), demo: undefined };
const log = openLog(config.log);
const linked = Promise.withResolvers<undefined>();
const installation = await compose({
  config: { ...config, linkMinutes: 24 * 60 },
  emit: (event) => {
    if (event.event === 'persons.linked') linked.resolve(undefined);
    log.emit(event);
  },
  audit,
});
const auditor = createAudit({
  append: (records) => installation.store.appendAudit(records),
  clock: systemClock,
  emit: log.emit,
});
// A start links persons in the background; it must not run into the first round.
await linked.promise;
const close = async (): Promise<void> => {
  await auditor.close();
  await installation.close();
};
await serveMeasured(installation.server, close, auditing);
