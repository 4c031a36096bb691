import { join } from 'node:path';
import { mappingVersion } from '../src/app/modules.ts';
import { startChild } from './child.ts';
import type { Dataset } from './data/dataset.ts';
import type { Contender } from './measure/rounds.ts';
import type { LimitSettings } from './servers/limit.ts';
import type { ServerAnswers } from './servers/measured.ts';
import type { OursSettings } from './servers/ours.ts';
import type { UsualSettings } from './servers/usual.ts';

const serversFolder = join(import.meta.dirname, 'servers');
const modulesFolder = join(import.meta.dirname, '..', 'demo', 'site', 'mappings');
const modules = ['meridian-ehr', 'meridian-pharmacy', 'meridian-radiology'].map((name) => join(modulesFolder, name));

type Settings = OursSettings | LimitSettings | UsualSettings;

async function start(name: string, file: string, dataset: Dataset, settings: Settings): Promise<Contender> {
  const server = await startChild<ServerAnswers>(join(serversFolder, file), settings, { quiet: file === 'ours.ts' });
  const port = await server.ask('port', undefined);
  return { name, server, port, postmaster: dataset.postmaster, audited: false };
}

/** The same server, loaded with its audit switched on. */
export function withAudit(contender: Contender): Contender {
  return { ...contender, name: `${contender.name}-audited`, audited: true };
}

/** The product. */
export function startOurs(dataset: Dataset): Promise<Contender> {
  return start('ours', 'ours.ts', dataset, { home: dataset.home });
}

/** Comparison (a), which writes the same records in bare grouped inserts. */
export function startLimit(dataset: Dataset): Promise<Contender> {
  const { home, address } = dataset;
  return start('limit', 'limit.ts', dataset, { home, address, version: mappingVersion(modules) });
}

/** Comparison (b). */
export function startUsual(dataset: Dataset): Promise<Contender> {
  const { home, address } = dataset;
  return start('usual', 'usual.ts', dataset, { home, address, version: mappingVersion(modules) });
}
