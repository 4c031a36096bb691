import { fixedClock, type Clock, type Emit } from '../../src/core/index.ts';

/** All suites over the demo hospital see the same instant, so the same rows. */
export const testClock: Clock = fixedClock('2026-11-20T17:00:00Z');
export const testZone = 'America/New_York';
/** Half of the demo's own size keeps `npm test` short. `.ci/run` judges truth and validity of the whole of it, `prove` everything, and thousands. */
export const testPatients = Number(process.env['FASCIA_TEST_PATIENTS'] ?? 150);
export const testSeed = 1;

/** The environment variable by which the global set-up hands the prepared home to the suites. */
export const HOME_VARIABLE = 'FASCIA_TEST_HOME';

export const silent: Emit = () => undefined;

/** The folder that holds the embedded database with the demo hospital; set by the global set-up. */
export function preparedHome(): string {
  const home = process.env[HOME_VARIABLE];
  if (home === undefined) throw new Error('the global set-up of the tests did not run');
  return home;
}
