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
const modules = ['meridian-ehr', 'meridian-pharmacy'].map((name) => join(modulesFolder, name));

type Settings = OursSettings | LimitSettings | UsualSettings;

async function start(name: string, file: string, dataset: Dataset, settings: Settings): Promise<Contender> {
  const server = await startChild<ServerAnswers>(join(serversFolder, file), settings, { quiet: file === 'ours.ts' });
  return { name, server, port: await server.ask('port', undefined), postmaster: dataset.postmaster };
}

/** The product, with its auditor or with one that does nothing. */
export function startOurs(dataset: Dataset, audited: boolean): Promise<Contender> {
  return start(audited ? 'ours-audited' : 'ours', 'ours.ts', dataset, { home: dataset.home, audited });
}

/** Comparison (a), with the same records in bare grouped inserts or without any. */
export function startLimit(dataset: Dataset, audited: boolean): Promise<Contender> {
  const { home, address } = dataset;
  const settings = { home, address, version: mappingVersion(modules), audited };
  return start(audited ? 'limit-audited' : 'limit', 'limit.ts', dataset, settings);
}

/** Comparison (b). */
export function startUsual(dataset: Dataset): Promise<Contender> {
  const { home, address } = dataset;
  return start('usual', 'usual.ts', dataset, { home, address, version: mappingVersion(modules) });
}
