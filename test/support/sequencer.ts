import * as sequencing from '@jest/test-sequencer';

// Its types tell of the CommonJS form; what is imported is the other.
const TestSequencer = sequencing.default as unknown as typeof sequencing.default.default;
type Tests = Parameters<InstanceType<typeof TestSequencer>['sort']>[0];

/** What takes longest on two cores, longest first. A fresh clone knows no durations, and what begins last must not be long. */
const longest = [
  ...['suites/oracle', 'suites/site', 'suites/paging', 'suites/leak', 'suites/synthetic', 'suites/matches'],
  ...['faults/kill', 'integration/start', 'unit/demo/model', 'suites/object-form', 'suites/residual'],
];

/** Long files first, then what starts servers, then all others. */
export default class LongestFirst extends TestSequencer {
  override sort(tests: Tests): Tests {
    return tests.toSorted((a, b) => rankOf(a.path) - rankOf(b.path) || a.path.localeCompare(b.path));
  }
}

function rankOf(path: string): number {
  const at = longest.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  if (at !== -1) return at;
  return /\/test\/(?:suites|faults|integration|conformance)\//.test(path) ? longest.length : longest.length + 1;
}
