import { Fault } from '../core/index.ts';
import { isPostgresUrl } from './config-systems.ts';
import { nearestName } from './nearest-name.ts';

/** A process environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says; an empty variable counts as unset. */
export interface EnvironmentValues {
  readonly configFile: string | undefined;
  readonly home: string | undefined;
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly mllpPort: number | undefined;
  readonly databaseUrl: string | undefined;
}

const ours = ['FASCIA_CONFIG', 'FASCIA_HOME'];
/** Read by test suites only. */
const foreign = /^FASCIA_(TEST_|SHARED$|VALIDATOR_)/;

/** Reads the variables that are ours. Throws `config.invalid` for a value out of range and for a misspelt `FASCIA_` name. */
export function readEnvironment(environment: Environment): EnvironmentValues {
  const problems: string[] = [];
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('FASCIA_') || ours.includes(name) || foreign.test(name)) continue;
    const near = nearestName(
      name.slice(7),
      ours.map((known) => known.slice(7)),
    );
    if (near !== undefined) problems.push(`the variable ${name} is not known; did you mean FASCIA_${near}?`);
  }
  const portOf = (name: string): number | undefined => {
    const text = nonEmpty(environment[name]);
    if (text === undefined) return undefined;
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
      problems.push(`the variable ${name} must be a number from 0 to 65535`);
    return Number(text);
  };
  const [port, mllpPort] = [portOf('PORT'), portOf('MLLP_PORT')];
  const databaseUrl = nonEmpty(environment['DATABASE_URL']);
  if (databaseUrl !== undefined && !isPostgresUrl(databaseUrl)) {
    problems.push('the variable DATABASE_URL must be a URL such as postgres://user:password@host:5432/database');
  }
  if (problems.length > 0) {
    throw new Fault(
      'config.invalid',
      ['The environment is not valid:', ...problems.map((problem) => `  - ${problem}`)].join('\n'),
    );
  }
  return {
    configFile: nonEmpty(environment['FASCIA_CONFIG']),
    home: nonEmpty(environment['FASCIA_HOME']),
    host: nonEmpty(environment['HOST']),
    port,
    mllpPort,
    databaseUrl,
  };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
