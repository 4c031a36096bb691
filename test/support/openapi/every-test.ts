import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { describeFindings, startWatching, takeFindings } from './watch.ts';

// Set up for every test file with a server: the test that caused an answer which is not as described fails.
let stop: (() => void) | undefined;
const judge = (): void => {
  const found = takeFindings();
  if (found.length > 0) throw new Error(describeFindings(found));
};

beforeAll(() => {
  stop = startWatching();
});
afterEach(judge);
afterAll(() => {
  stop?.();
  judge();
});
