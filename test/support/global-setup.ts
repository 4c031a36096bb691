import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, loadConfig } from '../../src/app/index.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../src/store/index.ts';
import { HOME_VARIABLE, silent, testClock, testPatients } from './demo-home.ts';
import { keepPristine } from './scratch.ts';

declare global {
  var fasciaTestDatabase: { readonly database: EmbeddedDatabase; readonly home: string } | undefined;
}

/** One embedded database with the demo hospital for all suites of a run. */
export default async function prepareDemo(): Promise<void> {
  if (globalThis.fasciaTestDatabase !== undefined) return;
  const home = mkdtempSync(join(tmpdir(), 'fascia-test-'));
  const database = await startEmbedded({ home, emit: silent, clock: testClock });
  globalThis.fasciaTestDatabase = { database, home };
  const config = loadConfig({ FASCIA_HOME: home, PORT: '0' }, process.cwd(), { patients: testPatients });
  const installation = await compose({ config, emit: silent, clock: testClock });
  await installation.close();
  await keepPristine(database);
  process.env[HOME_VARIABLE] = home;
}

export async function dropDemo(): Promise<void> {
  const prepared = globalThis.fasciaTestDatabase;
  if (prepared === undefined) return;
  globalThis.fasciaTestDatabase = undefined;
  const state = JSON.parse(readFileSync(join(prepared.home, 'database.json'), 'utf8')) as { readonly place: string };
  await prepared.database.detach();
  // The cluster of root lies outside a home that the server's account cannot enter.
  rmSync(state.place, { recursive: true, force: true });
  rmSync(prepared.home, { recursive: true, force: true });
}
