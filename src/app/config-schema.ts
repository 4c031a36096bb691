import { z } from 'zod';
import { isLoopbackHost } from './loopback.ts';

const identifier = /^[a-z][a-z0-9-]{0,62}$/;
const databaseName = /^[a-z][a-z0-9_]{0,62}$/;

const zone = z.string().refine(isZone, 'is not an IANA time zone such as Europe/Berlin');
const positive = z.int().min(1);

const files = z.strictObject({
  /** The folder into which a department delivers, or the only file. `${home}/` at its beginning is the home. */
  path: z.string().min(1),
  pollMinutes: z.number().positive().default(5),
  /** A file that was changed less than so long ago is still being delivered. */
  settleSeconds: z.number().min(0).default(30),
});

const system = z
  .strictObject({
    /** Where the system is: a connection URL, the name of the variable that holds one, or a database beside the store. */
    url: z.string().optional(),
    urlVariable: z.string().optional(),
    database: z.string().regex(databaseName, 'must be lower-case letters, digits and underscores').optional(),
    /** For a module that reads files. */
    files: files.optional(),
    /** An SQL script with invented rows: fills `database` of the embedded server, and stands for the system in tests. Of files: a folder with some. */
    sample: z.string().min(1).optional(),
    poolMax: positive.max(500).default(10),
    connectTimeoutMs: positive.default(2_000),
    statementTimeoutMs: positive.default(10_000),
    hopKeysMax: positive.default(10_000),
    /** The planner's cost above which a statement is refused. */
    costCeiling: z.number().positive().optional(),
    /** Off for connection poolers that cannot keep prepared statements. */
    namedStatements: z.boolean().default(true),
  })
  .refine(
    (value) =>
      [value.url, value.urlVariable, value.database, value.files].filter((one) => one !== undefined).length === 1,
    'needs exactly one of url, urlVariable, database and files',
  );

/** Where the messages of a feed come in. */
const listener = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(2575),
  /** Frames that are not as MLLP wants them are refused; otherwise what was meant is read. */
  strictFrames: z.boolean().default(false),
  frameBytesMax: positive.max(134_217_728).default(33_554_432),
  connectionsMax: positive.max(10_000).default(100),
  /** Messages of one connection that may wait for their answers. */
  unansweredMax: positive.max(10_000).default(100),
  idleMinutes: z.number().positive().max(1440).default(60),
});

/** The configuration file of a site, `fascia.config.json`. Folders are relative to the file. Every key is explained in `docs/configuration.md`. */
export const fileSchema = z.strictObject({
  $schema: z.string().optional(),
  timeZone: zone,
  access: z.literal('open-loopback', 'must be open-loopback: the only access there is until tokens exist'),
  home: z.string().min(1).optional(),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(8080),
  publicUrl: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .refine((url) => !/[?#]/.test(url), 'must have no query and no fragment')
    .optional(),
  databaseUrl: z.string().optional(),
  store: z.strictObject({ poolMax: positive.max(500).default(10) }).prefault({}),
  log: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Origins whose pages may read answers; `*` allows all. Without the key: pages of this machine only. */
  corsOrigins: z.array(z.string()).optional(),
  limits: z
    .strictObject({
      uriBytesMax: positive.max(65_536).default(8_192),
      headerBytesMax: positive.max(131_072).default(32_768),
      bodyBytesMax: positive.default(1_048_576),
      requestTimeoutMs: positive.default(60_000),
      drainTimeoutMs: positive.default(10_000),
    })
    .prefault({}),
  page: z
    .strictObject({
      default: positive.default(50),
      max: positive.max(100_000).default(500),
      includesMax: positive.default(20_000),
      blockRows: positive.max(5_000).default(500),
      lookedAtMax: positive.default(5_000),
      chunkCharactersMax: positive.default(1_048_576),
    })
    .refine((page) => page.default <= page.max, 'default must not exceed max')
    .prefault({}),
  pageTokenMinutes: positive.default(60),
  /** How often declared links between patients are read anew. */
  linkMinutes: positive.default(10),
  /** How often the tables of each system are compared with what its module expects. */
  driftMinutes: positive.default(5),
  /** Prometheus metrics on a port of their own. */
  metrics: z
    .strictObject({
      host: z.string().min(1).refine(isLoopbackHost, 'must be a loopback address').default('127.0.0.1'),
      port: z.int().min(0).max(65_535),
    })
    .optional(),
  /** Traces, sent to a collector. */
  traces: z
    .strictObject({
      url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
      sampleRatio: z.number().min(0).max(1).default(1),
    })
    .optional(),
  modules: z
    .array(z.string().min(1))
    .min(1, 'must name at least one folder')
    .refine((folders) => new Set(folders).size === folders.length, 'names a folder twice'),
  systems: z.record(z.string().regex(identifier, 'must be lower-case letters, digits and hyphens'), system),
  /** Folders of feed definitions. */
  feeds: z.array(z.string().min(1)).default([]),
  /** Where each feed listens, by its id. */
  listeners: z
    .record(z.string().regex(identifier, 'must be lower-case letters, digits and hyphens'), listener)
    .default({}),
  demo: z.strictObject({ patients: positive.max(1_000_000).default(300), seed: z.int().min(0).default(1) }).optional(),
});

/** What a valid configuration file holds, defaults filled in. */
export type ConfigFile = z.infer<typeof fileSchema>;

/** Whether the platform knows a time zone of this name. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
