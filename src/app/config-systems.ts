import { join, resolve } from 'node:path';
import type { ConfigFile } from './config-schema.ts';
import type { Environment } from './environment.ts';

type SystemSettings = ConfigFile['systems'][string];

/** One legacy system of the configuration, with its connection resolved. */
export interface SystemConfig extends Omit<SystemSettings, 'url' | 'urlVariable' | 'database' | 'sample' | 'files'> {
  readonly id: string;
  /** The absolute path of an SQL script that fills the system's database where it is an embedded one. */
  readonly sample?: string;
  /** A database of its own URL, or one beside our store (embedded, or on the server of `DATABASE_URL`), or files whose tables lie in our store. */
  readonly connection: { readonly url: string } | { readonly database: string } | { readonly files: FilesConfig };
}

export interface FilesConfig {
  /** Absolute: a folder, or the only file. */
  readonly path: string;
  readonly pollMinutes: number;
  readonly settleSeconds: number;
}

export interface SystemSources {
  /** Where relative paths of the file start from. */
  readonly folder: string;
  readonly home: string;
  /** Holds the variables that `urlVariable` names. */
  readonly environment: Environment;
  /** The URL of our own store; undefined: the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly samples: boolean;
  /** Gets a line for whatever cannot be resolved. */
  readonly problems: string[];
}

/** Databases of the embedded server that are no legacy system's. */
const taken = ['fascia', 'postgres', 'template0', 'template1'];

/** The systems in declared order. */
export function resolveSystems(systems: ConfigFile['systems'], sources: SystemSources): SystemConfig[] {
  const resolved = resolveEach(systems, sources);
  const owners = new Map<string, string>();
  for (const { id, connection, sample } of resolved) {
    if (!('database' in connection) || sample === undefined) continue;
    const { database } = connection;
    const owner = owners.get(database) ?? (taken.includes(database) ? 'the server' : undefined);
    if (owner !== undefined)
      sources.problems.push(
        `systems.${id}.database: ${database} belongs to ${owner}, and a sample would replace it; choose another`,
      );
    owners.set(database, `systems.${id}`);
  }
  return resolved;
}

function resolveEach(systems: ConfigFile['systems'], sources: SystemSources): SystemConfig[] {
  return Object.entries(systems).map(([id, settings]) => {
    const { url, urlVariable, database, files, sample, ...rest } = settings;
    if (files !== undefined) return { id, ...rest, connection: { files: resolveFiles(id, files, sample, sources) } };
    const script = sample === undefined ? {} : { sample: resolve(sources.folder, sample) };
    if (sources.samples) {
      if (sample === undefined) sources.problems.push(`systems.${id}.sample is missing: tests run on samples only`);
      return { id, ...rest, ...script, connection: { database: database ?? id.replaceAll('-', '_') } };
    }
    return { id, ...rest, ...script, connection: connectionOf(id, { url, urlVariable, database }, sources) };
  });
}

function resolveFiles(
  id: string,
  { path, ...rest }: NonNullable<SystemSettings['files']>,
  sample: string | undefined,
  { folder, home, samples, problems }: SystemSources,
): FilesConfig {
  if (samples && sample === undefined) problems.push(`systems.${id}.sample is missing: tests run on samples only`);
  const chosen = samples ? (sample ?? path) : path;
  const inHome = /^\$\{home\}\/(.+)$/.exec(chosen)?.[1];
  return { path: inHome === undefined ? resolve(folder, chosen) : join(home, inHome), ...rest };
}

function connectionOf(
  id: string,
  { url, urlVariable, database }: Pick<SystemSettings, 'url' | 'urlVariable' | 'database'>,
  { environment, databaseUrl, problems }: SystemSources,
): SystemConfig['connection'] {
  if (database !== undefined)
    return databaseUrl === undefined ? { database } : { url: withDatabase(databaseUrl, database) };
  const resolved = url ?? environment[urlVariable ?? ''];
  if (resolved === undefined) problems.push(`systems.${id}.urlVariable: the variable ${urlVariable ?? ''} is not set`);
  else if (!isPostgresUrl(resolved))
    problems.push(`systems.${id}: the URL must start with postgres:// or postgresql://`);
  return { url: resolved ?? '' };
}

/** Whether a text is a connection URL that the driver understands. */
export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
}

function withDatabase(url: string, database: string): string {
  if (!isPostgresUrl(url)) return url;
  const beside = new URL(url);
  beside.pathname = `/${database}`;
  return beside.href;
}
