import ehr from '../../demo/site/mappings/meridian-ehr/index.ts';
import pharmacy from '../../demo/site/mappings/meridian-pharmacy/index.ts';
import type { Access, Chunk, Links, ResourceType, SqlSystem, Statement } from '../../src/contracts/index.ts';
import { systemClock } from '../../src/core/index.ts';
import { parseSearch } from '../../src/fhir/index.ts';
import { createRecord, type Record } from '../../src/record/index.ts';
import { createSealer, narrow } from '../../src/security/index.ts';
import { openPgSystem } from '../../src/sources/sql/index.ts';
import { openStore, startEmbedded } from '../../src/store/index.ts';
import { preparedHome, silent, testClock, testZone } from './demo-home.ts';

export interface DemoRecord {
  readonly record: Record;
  readonly links: Links;
  /** Every statement that was run, in order. */
  readonly statements: readonly Statement[];
  search(type: string, query: string, access?: Access): Promise<Chunk>;
  close(): Promise<void>;
}

const openAccess: Access = { reach: { is: 'open' }, agent: 'test' };

/** The record layer on the demo databases, without HTTP, that remembers its statements. */
export async function openDemoRecord(options: { readonly hopKeysMax?: number } = {}): Promise<DemoRecord> {
  const { hopKeysMax = 10_000 } = options;
  const database = await startEmbedded({ home: preparedHome(), emit: silent, clock: systemClock });
  const store = await openStore({
    connection: database.connection('fascia'),
    emit: silent,
    clock: systemClock,
    poolMax: 2,
  });
  const statements: Statement[] = [];
  const system = (id: string, name: string): SqlSystem => {
    const real = openPgSystem({
      id,
      connection: database.connection(name),
      poolMax: 2,
      statementTimeoutMs: 30_000,
      connectTimeoutMs: 5_000,
      hopKeysMax,
      namedStatements: true,
      clock: systemClock,
      emit: silent,
    });
    const run: SqlSystem['run'] = (statement, signal) => {
      statements.push(statement);
      return real.run(statement, signal);
    };
    return { ...real, run };
  };
  const systems = [system('meridian-ehr', 'meridian_ehr'), system('meridian-pharmacy', 'meridian_pharmacy')] as const;
  const record = createRecord({
    installed: [
      { module: ehr, system: systems[0] },
      { module: pharmacy, system: systems[1] },
    ],
    links: store.links,
    sealer: createSealer(await store.installationSecret()),
    clock: testClock,
    emit: silent,
    zone: testZone,
    version: 'test',
    hopKeysMax,
    page: { includesMax: 1_000, blockRows: 500, lookedAtMax: 5_000, chunkCharactersMax: 1_048_576 },
  });
  await record.takeLinks();
  return {
    record,
    links: store.links,
    statements,
    async search(type, query, access = openAccess) {
      const pairs = [...new URLSearchParams(query)] as [string, string][];
      const { plan } = parseSearch({
        served: record.served,
        type: type as ResourceType,
        pairs,
        handling: 'default',
        countDefault: 5,
        countMax: 500,
      });
      for await (const chunk of record.run(narrow(plan, access), new AbortController().signal)) return chunk;
      throw new Error('a search without an answer');
    },
    async close() {
      await Promise.all(systems.map((one) => one.close()));
      await store.close();
      await database.detach();
    },
  };
}
