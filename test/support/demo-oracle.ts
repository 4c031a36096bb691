import { createOracle, type Finder, type Oracle } from '../oracle/index.ts';
import type { Harvest } from '../oracle/harvest.ts';
import { testClock, testZone } from './demo-home.ts';
import { codeSystemOf, foldingOf } from './site-setting.ts';

/** The oracle over all that a server of the demo hospital serves. A `finder` is shared by oracles over the same resources. */
export function demoOracle(
  { resources, statement }: Pick<Harvest, 'resources' | 'statement'>,
  base: string,
  finder?: Finder,
): Oracle {
  return createOracle({
    ...{ resources, advertised: statement, baseUrl: base, zone: testZone, nowMs: testClock.nowMs() },
    ...{ folding: foldingOf, codeSystem: codeSystemOf },
    ...(finder === undefined ? {} : { finder }),
  });
}
