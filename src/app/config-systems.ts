import { resolve } from 'node:path';
import type { ConfigFile } from './config-schema.ts';
import type { Environment } from './environment.ts';

type SystemSettings = ConfigFile['systems'][string];

/** One legacy system of the configuration, with its connection resolved. */
export interface SystemConfig extends Omit<SystemSettings, 'url' | 'urlVariable' | 'database' | 'sample'> {
  readonly id: string;
  /** The absolute path of an SQL script that fills the system's database where it is an embedded one. */
  readonly sample?: string;
  /** A database of its own URL, or one beside our store (embedded, or on the server of `DATABASE_URL`). */
  readonly connection: { readonly url: string } | { readonly database: string };
}

export interface SystemSources {
  /** Where relative paths of the file start from. */
  readonly folder: string;
  /** Holds the variables that `urlVariable` names. */
  readonly environment: Environment;
  /** The URL of our own store; undefined: the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly samples: boolean;
  /** Gets a line for whatever cannot be resolved. */
  readonly problems: string[];
}

/** The systems in declared order. */
export function resolveSystems(systems: ConfigFile['systems'], sources: SystemSources): SystemConfig[] {
  return Object.entries(systems).map(([id, settings]) => {
    const { url, urlVariable, database, sample, ...rest } = settings;
    const script = sample === undefined ? {} : { sample: resolve(sources.folder, sample) };
    if (sources.samples) {
      if (sample === undefined) sources.problems.push(`systems.${id}.sample is missing: tests run on samples only`);
      return { id, ...rest, ...script, connection: { database: database ?? id.replaceAll('-', '_') } };
    }
    return { id, ...rest, ...script, connection: connectionOf(id, { url, urlVariable, database }, sources) };
  });
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
