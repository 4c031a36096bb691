import { Command, InvalidArgumentError } from 'commander';
import { checkConfig, loadConfig, packageVersion, printConfig, type ConfigOptions } from '../app/index.ts';
import { Fault } from '../core/index.ts';
import { migrate } from './migrate.ts';
import { startCommand } from './start.ts';
import { showStatus } from './status.ts';

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
      const print = (text: string): void => {
        console.log(text);
      };
      process.exitCode = await showStatus({ host: config.host, port: config.port, json, print });
    });
  program
    .command('migrate')
    .description('bring the schema of our own store up to date, and end')
    .action(() => migrate(configOf({ storeOnly: true })));
  program
    .command('check-config')
    .description('say whether the configuration and its modules are valid, without asking a database')
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
  return program;
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
