import { Command, InvalidArgumentError, Option } from 'commander';
import {
  checkConfig,
  loadConfig,
  packageVersion,
  printConfig,
  useStore,
  loadFeeds,
  type Config,
  type ConfigOptions,
} from '../app/index.ts';
import type { FeedReading } from '../contracts/index.ts';
import { Fault, systemClock } from '../core/index.ts';
import type { Store } from '../store/index.ts';
import { runCheck, type CheckCommandOptions } from './check.ts';
import {
  dismissInbox,
  INBOX_STATES,
  listInbox,
  retryInbox,
  showInbox,
  type InboxListOptions,
  type InboxRetryOptions,
} from './inbox.ts';
import { showHl7 } from './hl7-show.ts';
import { initSite, type InitOptions } from './init.ts';
import { migrate } from './migrate.ts';
import { mllpSend } from './mllp-send.ts';
import { newMapping } from './new-mapping.ts';
import { startCommand } from './start.ts';
import { showStatus } from './status.ts';
import type { StewardOptions } from './stewardship.ts';
import { runTests } from './test.ts';

/** Runs one command. In: the arguments as a process has them. Ends with exit code 1 and a message where the command fails. */
export async function runCli(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...argv]);
  } catch (error) {
    console.error(explain(error));
    process.exit(1);
  }
}

/** All commands, for `--help` too. */
export function createProgram(): Command {
  const program = new Command('fascia')
    .description('A FHIR R4 server in front of the systems that a hospital already runs.')
    .version(packageVersion())
    .showHelpAfterError()
    .showSuggestionAfterError();
  program
    .command('start')
    .description('start the server; without a configuration, with the demo hospital')
    .option('-p, --port <number>', 'port to listen on', wholeNumber)
    .option('--host <address>', 'address to listen on')
    .option('--demo', 'serve the demo hospital although DATABASE_URL is given, from databases beside it')
    .option('--patients <number>', 'size of the demo hospital when it is first generated', wholeNumber)
    .action((options: ConfigOptions) => startCommand(configOf(options)));
  program
    .command('status')
    .description(
      'say how the running server and its systems are doing; ends with 2 where something is degraded, 3 where none runs',
    )
    .option('-p, --port <number>', 'port that it listens on', wholeNumber)
    .option('--json', 'print the whole document')
    .action(async ({ json = false, port }: { readonly json?: boolean; readonly port?: number }) => {
      const config = configOf({ storeOnly: true, ...(port === undefined ? {} : { port }) });
      process.exitCode = await showStatus({ host: config.host, port: config.port, json, print });
    });
  program
    .command('migrate')
    .description('bring the schema of our own store up to date, and end')
    .action(() => migrate(configOf({ storeOnly: true })));
  program
    .command('check-config')
    .description(
      'say whether the configuration and its modules are valid, without asking a database; codes and kinds of columns are judged by "npm run typecheck"',
    )
    .action(async () => {
      const config = configOf({});
      const { modules, branches, types } = await checkConfig(config);
      console.log(
        `${config.file} is valid: ${String(modules)} modules with ${String(branches)} branches serve ${types.join(', ')}.`,
      );
    });
  program
    .command('print-config')
    .description('print the configuration in force, secrets masked')
    .action(() => {
      console.log(printConfig(configOf({})));
    });
  addSiteCommands(program);
  addFeedCommands(program);
  return program;
}

/** Commands that make and extend a site. */
function addSiteCommands(program: Command): void {
  program
    .command('init')
    .description('make a site: a folder with a configuration, one example mapping with invented data, and tests')
    .argument('<folder>', 'a folder that is not there yet, or is empty')
    .option('--force', 'write into a folder that holds something already; no file of it is ever written over')
    .option('--package <spec>', 'what package.json depends on: a version, a tarball, a repository', undefined)
    .option('--time-zone <zone>', "IANA zone of the site, such as Europe/Berlin; this machine's by default")
    .action((folder: string, options: InitOptions) => {
      initSite(folder, options, process.cwd(), today());
    });
  program
    .command('new-mapping')
    .description('add a module to the site: it is served at once, from invented data, until its real system is named')
    .argument('<name>', 'the name of the system: lower-case letters, digits and hyphens')
    .option('--title <text>', 'what the system is')
    .option('--owner <text>', 'the department that owns the system')
    .option('--clinical-steward <text>', 'who decides what its data mean')
    .option('--contact <text>', 'whom to call when it fails')
    .option('--service-level <text>', 'how fast it answers, and when it may be down')
    .option(
      '--review-date <date>',
      'when the mapping is reviewed; today where it is left out; other fields stay a TODO',
    )
    .action((name: string, options: StewardOptions) => newMapping(name, () => configOf({}), options, today()));
  program
    .command('check')
    .description(
      'hold systems against their modules, in place and read-only: tables, codes, rows, indexes; ends with 1 where something must be mended',
    )
    .argument('[systems...]', 'ids of systems; all by default')
    .option('--all', 'decode and validate every row, and ask whether each value reaches its resource')
    .option('--rows <number>', 'rows of each branch that are looked at otherwise, 1000 by default', wholeNumber)
    .option(
      '--large <number>',
      'rows from which on a table needs an index for what is searched, 10000 by default',
      wholeNumber,
    )
    .option('--json', 'print the reports as one document')
    .action(async (systems: string[], options: CheckCommandOptions) => {
      const terminal = {
        write: (text: string) => void process.stderr.write(text),
        isInteractive: process.stderr.isTTY,
      };
      process.exitCode = await runCheck(configOf({}), systems, options, { print, terminal });
    });
  program
    .command('test')
    .description('run the tests of the site, on the samples of its systems')
    .argument('[files...]', 'files or patterns; test/**/*.test.ts by default')
    .action(async (files: string[]) => {
      process.exitCode = await runTests(files, process.cwd());
    });
}

/** Commands for messages of HL7 v2 feeds. */
function addFeedCommands(program: Command): void {
  program
    .command('mllp-send')
    .description(
      'send the HL7 v2 messages of files over MLLP, and print each answer and the rate; ends with 1 where one was not accepted',
    )
    .argument('<paths...>', 'files with one or more messages, or folders of them')
    .option('--host <address>', 'where the listener is', '127.0.0.1')
    .addOption(new Option('-p, --port <number>', 'its port').env('MLLP_PORT').default(2575).argParser(wholeNumber))
    .option('-c, --connections <number>', 'connections that send at the same time', wholeNumber, 1)
    .option('--timeout <seconds>', 'how long an answer is waited for', wholeNumber, 30)
    .action(async (paths: string[], { timeout, ...options }: MllpSendArguments) => {
      const settings = { ...options, timeoutMs: timeout * 1000, clock: systemClock, print };
      process.exitCode = await mllpSend(paths, settings);
    });
  program
    .command('hl7')
    .description('look into files of HL7 v2')
    .command('show')
    .description(
      'the messages of a file field by field, those that are not used marked, and the resources that they become; ADT, ORU, SIU, RDE and OMP are mapped',
    )
    .argument('<file>', 'a file with one or more messages')
    .option('--feed <name>', 'read as messages of this feed; the only one by default')
    .action(async (file: string, { feed }: { readonly feed?: string }) => {
      print(showHl7(file, await readingOf(configOf({}), feed)));
    });
  const inbox = program
    .command('inbox')
    .description('the messages that feeds brought: what is queued, filtered, quarantined, and why');
  inbox
    .command('list')
    .description('the newest messages, and how many there are')
    .option('--feed <name>', 'of this feed')
    .addOption(new Option('--state <state>', 'in this state').choices(INBOX_STATES))
    .option('--reason <code>', 'for this reason')
    .option('--limit <number>', 'at most so many', wholeNumber, 50)
    .option('--json', 'print one document')
    .action(async (options: InboxListOptions) => {
      print(await onStore(({ inbox: kept }) => listInbox(kept, options)));
    });
  inbox
    .command('show')
    .description('one message: when and where from it came, what it is, what it was answered')
    .argument('<id>', 'as the list shows it')
    .option('--raw', 'write its bytes as they came, which tell of a patient')
    .action(async (id: string, { raw = false }: { readonly raw?: boolean }) => {
      const shown = await onStore(({ inbox: kept }) => showInbox(kept, id, raw));
      if (typeof shown === 'string') print(shown);
      else process.stdout.write(shown);
    });
  inbox
    .command('retry')
    .description('queue messages anew that were filtered or quarantined')
    .argument('[ids...]', 'as the list shows them')
    .option('--reason <code>', 'all of this reason')
    .option('--feed <name>', 'of this feed')
    .action(async (ids: string[], options: InboxRetryOptions) => {
      print(await onStore(({ inbox: kept }) => retryInbox(kept, ids, options)));
    });
  inbox
    .command('dismiss')
    .description('end the quarantine of messages of which nothing will become; they are kept as filtered')
    .argument('[ids...]', 'as the list shows them')
    .option('--reason <code>', 'all of this reason')
    .option('--feed <name>', 'of this feed')
    .action(async (ids: string[], options: InboxRetryOptions) => {
      print(await onStore(({ inbox: kept }) => dismissInbox(kept, ids, options)));
    });
}

/** The feed that is named, else the only one, else a sender of whom nothing is known. */
async function readingOf(config: Config, name: string | undefined): Promise<FeedReading> {
  const feeds = await loadFeeds(config.feeds);
  const feed = name === undefined && feeds.length === 1 ? feeds[0] : feeds.find(({ id }) => id === name);
  if (feed !== undefined) return feed;
  if (name !== undefined) throw new Fault('feed.invalid', `The configuration ${config.file} names no feed ${name}.`);
  const authorityBase = 'urn:unknown-sender:';
  return { timeZone: config.timeZone, authorities: {}, authorityBase, patientSystem: '' };
}

interface MllpSendArguments {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  readonly timeout: number;
}

function print(text: string): void {
  console.log(text);
}

function onStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  return useStore(configOf({ storeOnly: true }), { clock: systemClock, emit: () => undefined }, work);
}

function today(): string {
  return new Date(systemClock.nowMs()).toISOString().slice(0, 10);
}

function configOf(options: ConfigOptions): ReturnType<typeof loadConfig> {
  return loadConfig(process.env, process.cwd(), options);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** Expected failures are told in their own words; a defect with its place. */
function explain(error: unknown): string {
  if (error instanceof Fault) return `\n${error.message}\n(${error.code})`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
