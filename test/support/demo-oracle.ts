import { createOracle, type Oracle } from '../oracle/index.ts';
import type { Harvest } from '../oracle/harvest.ts';
import { testClock, testZone } from './demo-home.ts';
import { codeSystemOf, foldingOf } from './site-setting.ts';

/** The oracle over all that a server of the demo hospital serves. */
export function demoOracle({ resources, statement }: Pick<Harvest, 'resources' | 'statement'>, base: string): Oracle {
  return createOracle({
    ...{ resources, advertised: statement, baseUrl: base, zone: testZone, nowMs: testClock.nowMs() },
    ...{ folding: foldingOf, codeSystem: codeSystemOf },
  });
}
