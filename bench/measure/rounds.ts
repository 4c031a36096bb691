import type { Child } from '../child.ts';
import type { LoadAnswers } from '../load/client.ts';
import type { ServerAnswers } from '../servers/measured.ts';
import { databaseCpuUs } from './database-cpu.ts';

/** A running server, and the process of the database that it uses. */
export interface Contender {
  readonly name: string;
  readonly server: Child<ServerAnswers>;
  readonly port: number;
  readonly postmaster: number;
  /** Whether its requests are audited while it has its turn. */
  readonly audited: boolean;
}

/** One operation: the same requests for every contender, or each its own where ids differ. */
export interface Operation {
  readonly name: string;
  pathsFor(contender: Contender): readonly string[];
}

/** CPU time per request. */
export interface Cost {
  readonly nodeUs: number;
  readonly databaseUs: number;
}

export const CONNECTIONS = 16;

/** Requests before each measurement: pools that shrank while others had their turn grow again. */
const WAKE_REQUESTS = 64;

export interface RoundsOptions {
  readonly client: Child<LoadAnswers>;
  readonly contenders: readonly Contender[];
  readonly operations: readonly Operation[];
  readonly rounds: number;
  /** Rounds before the first that counts: code is compiled, caches fill. */
  readonly warmUpRounds: number;
  readonly onRound: (done: number, of: number) => void;
}

/** The costs by operation and contender, one for each round. */
export type Costs = ReadonlyMap<Operation, ReadonlyMap<Contender, readonly Cost[]>>;

/**
 * Loads the contenders in turns, one at a time: within a round all of them have the same weather of the machine. Odd rounds go backwards, so
 * that none always follows the same neighbour.
 */
export async function runRounds(options: RoundsOptions): Promise<Costs> {
  const costs = new Map(
    options.operations.map((operation) => [
      operation,
      new Map(options.contenders.map((contender): [Contender, Cost[]] => [contender, []])),
    ]),
  );
  const of = options.warmUpRounds + options.rounds;
  for (let round = 0; round < of; round += 1) {
    const order = round % 2 === 0 ? options.contenders : options.contenders.toReversed();
    for (const operation of options.operations) {
      for (const contender of order) {
        const cost = await costOf(contender, operation, options.client);
        if (round >= options.warmUpRounds) costs.get(operation)?.get(contender)?.push(cost);
      }
    }
    options.onRound(round + 1, of);
  }
  return costs;
}

async function costOf(contender: Contender, operation: Operation, client: Child<LoadAnswers>): Promise<Cost> {
  const { server, port, postmaster, audited } = contender;
  const paths = operation.pathsFor(contender);
  await server.ask('audit', audited);
  await client.ask('load', { port, paths: paths.slice(0, WAKE_REQUESTS), connections: CONNECTIONS });
  const databaseBefore = databaseCpuUs(postmaster);
  const before = await server.ask('usage', undefined);
  await client.ask('load', { port, paths, connections: CONNECTIONS });
  const after = await server.ask('usage', undefined);
  const databaseAfter = databaseCpuUs(postmaster);
  return {
    nodeUs: (after.cpuUs - before.cpuUs) / paths.length,
    databaseUs: (databaseAfter - databaseBefore) / paths.length,
  };
}
