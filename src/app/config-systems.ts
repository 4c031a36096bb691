import type { ConfigFile } from './config-schema.ts';
import type { Environment } from './environment.ts';

type SystemSettings = ConfigFile['systems'][string];

/** One legacy system of the configuration, with its connection resolved. */
export interface SystemConfig extends Omit<SystemSettings, 'url' | 'urlVariable' | 'database'> {
  readonly id: string;
  /** A database of its own URL, or one beside our store (embedded, or on the server of `DATABASE_URL`). */
  readonly connection: { readonly url: string } | { readonly database: string };
}

/**
 * The systems in declared order. In: the section of the file, the environment that `urlVariable` names a member of, and the URL
 * of our store. Adds to `problems` what cannot be resolved.
 */
export function resolveSystems(
  systems: ConfigFile['systems'],
  environment: Environment,
  databaseUrl: string | undefined,
  problems: string[],
): SystemConfig[] {
  return Object.entries(systems).map(([id, { url, urlVariable, database, ...settings }]) => {
    if (database !== undefined) {
      const connection = databaseUrl === undefined ? { database } : { url: withDatabase(databaseUrl, database) };
      return { id, ...settings, connection };
    }
    const resolved = url ?? environment[urlVariable ?? ''];
    if (resolved === undefined)
      problems.push(`systems.${id}.urlVariable: the variable ${urlVariable ?? ''} is not set`);
    else if (!isPostgresUrl(resolved))
      problems.push(`systems.${id}: the URL must start with postgres:// or postgresql://`);
    return { id, ...settings, connection: { url: resolved ?? '' } };
  });
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
