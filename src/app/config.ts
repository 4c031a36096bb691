import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '../core/index.ts';
import { describeIssues } from './config-issues.ts';
import { fileSchema, type ConfigFile } from './config-schema.ts';
import { readConfigText } from './config-text.ts';
import { readEnvironment, type Environment, type EnvironmentValues } from './environment.ts';
import { isLoopbackHost } from './loopback.ts';
import { demoConfigFile, isInstalled, packageRoot } from './package-root.ts';
import { problemsOfListeners, resolveListeners, type ListenerConfig } from './config-listeners.ts';
import { resolveSystems, type SystemConfig } from './config-systems.ts';

/** The whole configuration: typed, validated, frozen. Nothing else reads the environment or a configuration file. */
export interface Config extends Omit<
  ConfigFile,
  '$schema' | 'home' | 'databaseUrl' | 'corsOrigins' | 'systems' | 'listeners' | 'demo'
> {
  /** The file that it comes from. */
  readonly file: string;
  /** Where the embedded database and its socket live; an absolute folder. */
  readonly home: string;
  /** The PostgreSQL of our own store; undefined: the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly corsOrigins: readonly string[] | 'loopback';
  /** Absolute folders. */
  readonly modules: string[];
  /** Absolute folders of feed definitions. */
  readonly feeds: string[];
  readonly listeners: readonly ListenerConfig[];
  /** In declared order: the first system that knows a person names the person. */
  readonly systems: readonly SystemConfig[];
  /** `isChosen`: the size was asked for on the command line. */
  readonly demo?: { readonly patients: number; readonly seed: number; readonly isChosen: boolean } | undefined;
}

/** What the command line adds; it wins over the environment, which wins over the file. */
export interface ConfigOptions {
  readonly port?: number;
  readonly host?: string;
  /** Serve the demo hospital although `DATABASE_URL` is given. */
  readonly demo?: boolean;
  readonly patients?: number;
  /** Only our own store will be used: which systems are served does not matter. */
  readonly storeOnly?: boolean;
  /** Every system is its sample, whatever else its entry says: for tests, which touch no real system. */
  readonly samples?: boolean;
}

/** The name by which a site's configuration is found. */
export const configFileName = 'fascia.config.json';

/**
 * Reads, merges and validates the configuration. In: the environment, the folder that relative paths of variables start
 * from, and the options of the command line. Throws `config.invalid`, whose message has one line for each problem.
 */
export function loadConfig(environment: Environment, folder: string, options: ConfigOptions = {}): Config {
  const variables = readEnvironment(environment);
  const file = variables.configFile === undefined ? siteOrDemo(folder) : resolve(folder, variables.configFile);
  const parsed = fileSchema.safeParse(readFile(file), { reportInput: true });
  if (!parsed.success) throw invalid(file, describeIssues(parsed.error.issues));
  const databaseUrl = options.samples === true ? undefined : (variables.databaseUrl ?? parsed.data.databaseUrl);
  const problems = [
    ...problemsOfDemo(parsed.data, variables, databaseUrl, options),
    ...problemsOfAccess(parsed.data, options.host ?? variables.host ?? parsed.data.host),
    ...problemsOfListeners(parsed.data.listeners, variables.mllpPort),
  ];
  const home = variables.home === undefined ? homeOf(file, parsed.data.home, folder) : resolve(folder, variables.home);
  const systems = resolveSystems(parsed.data.systems, {
    folder: dirname(file),
    home,
    environment,
    databaseUrl,
    samples: options.samples === true,
    problems,
  });
  if (problems.length > 0) throw invalid(file, problems);
  return deepFreeze(merge(parsed.data, { file, home, variables, options, databaseUrl, systems }));
}

interface Sources {
  readonly file: string;
  readonly home: string;
  readonly variables: EnvironmentValues;
  readonly options: ConfigOptions;
  readonly databaseUrl: string | undefined;
  readonly systems: readonly SystemConfig[];
}

function merge(values: ConfigFile, sources: Sources): Config {
  const { file, home, variables, options, databaseUrl, systems } = sources;
  const { corsOrigins, demo, ...rest } = values;
  delete rest.$schema;
  const base = dirname(file);
  return {
    ...rest,
    file,
    home,
    host: options.host ?? variables.host ?? values.host,
    port: options.port ?? variables.port ?? values.port,
    databaseUrl,
    corsOrigins: corsOrigins ?? 'loopback',
    modules: values.modules.map((module) => resolve(base, module)),
    feeds: values.feeds.map((feed) => resolve(base, feed)),
    listeners: resolveListeners(values.listeners, variables.mllpPort),
    systems,
    demo: demo && { ...demo, patients: options.patients ?? demo.patients, isChosen: options.patients !== undefined },
  };
}

/** Data lies beside the site that it belongs to; the demo's in the checkout, or where the installed package was started. */
function homeOf(file: string, home: string | undefined, folder: string): string {
  if (home !== undefined) return resolve(dirname(file), home);
  if (file !== demoConfigFile) return join(dirname(file), '.fascia');
  return join(isInstalled ? folder : packageRoot, '.fascia');
}

/** Started in a site's folder, Fascia serves the site. */
function siteOrDemo(folder: string): string {
  const site = join(folder, configFileName);
  return existsSync(site) ? site : demoConfigFile;
}

function readFile(file: string): unknown {
  if (file === demoConfigFile && !existsSync(file)) {
    throw invalid(file, [
      'this package holds no demo; start in the folder of a site, name one with FASCIA_CONFIG, or make one with "fascia init"',
    ]);
  }
  const read = readConfigText(file);
  if ('problem' in read) throw invalid(file, [read.problem]);
  return read.value;
}

function problemsOfDemo(
  file: ConfigFile,
  variables: EnvironmentValues,
  databaseUrl: string | undefined,
  options: ConfigOptions,
): string[] {
  if (file.demo === undefined) {
    const asked = options.demo === true ? '--demo' : options.patients === undefined ? undefined : '--patients';
    return asked === undefined ? [] : [`${asked} was given, but this site has no demo data`];
  }
  if (databaseUrl === undefined || options.demo === true || options.storeOnly === true) return [];
  if (variables.configFile !== undefined) return ['demo data is written beside DATABASE_URL only with --demo'];
  return [
    'DATABASE_URL is given, but no site: set FASCIA_CONFIG to its fascia.config.json, or add --demo to serve the demo hospital from databases of its own',
  ];
}

function problemsOfAccess(file: ConfigFile, host: string): string[] {
  if (isLoopbackHost(host)) return [];
  return [
    `host ${host}: access "${file.access}" lets everybody in, so it listens on a loopback address only (127.0.0.1, ::1, localhost)`,
  ];
}

function invalid(file: string, problems: readonly string[]): Fault {
  return new Fault(
    'config.invalid',
    [`The configuration ${file} is not valid:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
