import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { deliverRadiology, GENERATOR_VERSION, loadDemo } from '../../demo/index.ts';
import { systemClock } from '../../src/core/index.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../src/store/index.ts';
import { parentOf } from '../measure/database-cpu.ts';
import type { Report } from '../report.ts';

/** The demo hospital of one size, in an embedded PostgreSQL of its own. */
export interface Dataset {
  readonly patients: number;
  /** The folder of the installation, as `FASCIA_HOME` would name it. */
  readonly home: string;
  readonly database: EmbeddedDatabase;
  /** Where it listens for TCP, at PostgreSQL's usual port: facades by hand reach a hospital's database over the network. */
  readonly address: string;
  /** The process of its server, whose children are the backends. */
  readonly postmaster: number;
}

export const DATABASES = { store: 'fascia', ehr: 'meridian_ehr', pharmacy: 'meridian_pharmacy' } as const;

const LOADED = 'loaded';

/** Fixed, so that every run and every machine measures the same rows. */
const ANCHOR_DATE = '2026-01-15';
const SEED = 1;

/**
 * Statistics and vacuums are made when the data are loaded: one that begins during a round would be measured with it. Activities are not tracked,
 * because these binaries count the length of each statement's text byte by byte, which the servers of distributions do not.
 */
const SETTINGS = { autovacuum: 'off', shared_buffers: '1GB', track_activities: 'off' };

/** The data are synthetic, and the addresses are those of loopback. */
const HBA = 'local all all trust\nhost all all 127.0.0.0/8 trust\n';

/** Where data sets are kept between runs: outside the repository, one folder for each version of the generator. */
export function cacheFolder(): string {
  return join(tmpdir(), `fascia-bench-${userInfo().username}`, `v${GENERATOR_VERSION}`);
}

/** Starts the database of a data set, which a first run fills. Data of an interrupted load are made anew. */
export async function openDataset(patients: number, address: string, report: Report): Promise<Dataset> {
  const home = join(cacheFolder(), String(patients));
  mkdirSync(home, { recursive: true });
  const hbaFile = join(cacheFolder(), 'pg_hba.conf');
  writeFileSync(hbaFile, HBA);
  const settings = { ...SETTINGS, listen_addresses: address, hba_file: hbaFile };
  const database = await startEmbedded({ home, clock: systemClock, emit: () => undefined, settings });
  try {
    await loadDemo({
      ehr: { ...database.connection(DATABASES.ehr) },
      pharmacy: { ...database.connection(DATABASES.pharmacy) },
      patients,
      seed: SEED,
      anchorDate: ANCHOR_DATE,
      throughDate: ANCHOR_DATE,
      onProgress: (step, done, of) => {
        report.progress(`loading ${patients} patients: ${step}`, done, of);
      },
    });
    // Extracts of another day would be too old to be served, or of tomorrow where the department is.
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'America/New_York' });
    deliverRadiology({ folder: join(home, 'radiology'), patients, seed: SEED, anchorDate: ANCHOR_DATE, today });
    await database.ensureDatabase(DATABASES.store);
  } catch (error) {
    await database.detach();
    throw error;
  }
  writeFileSync(join(home, LOADED), '');
  return { patients, home, database, address, postmaster: await postmasterOf(database) };
}

/** Whether an earlier run has loaded the data set. */
export function isLoaded(patients: number): boolean {
  return existsSync(join(cacheFolder(), String(patients), LOADED));
}

async function postmasterOf(database: EmbeddedDatabase): Promise<number> {
  const client = new pg.Client({ ...database.connection(DATABASES.ehr) });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const postmaster = parentOf(rows[0]?.pid ?? 0);
  await client.end();
  if (postmaster === undefined) throw new Error('The CPU time of the database can be read on Linux only.');
  return postmaster;
}
