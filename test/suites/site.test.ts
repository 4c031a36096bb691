import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { siteAt, type Site } from '../../src/testing/site.ts';
import { siteChecks } from '../../src/testing/index.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';
import { isFull } from '../support/scale.ts';

/** `prove` validates every resource. */
const options = isFull ? {} : { perShape: 2 };

/** The demo hospital, as `fascia/testing` opens a site: but its systems are the generated ones, which bring no samples. */
function siteOf(server: DemoServer): Site {
  return {
    ...siteAt(server.base),
    catalogue: server.running.installation.record.catalogue,
    narrowedTo: async (patient) =>
      siteOf(await startDemoServer({ access: { reach: { is: 'patient', patient }, agent: 'test' } })),
    close: () => server.stop(),
  };
}

describe('what every site owes its callers, judged on the demo by the checks that sites run', () => {
  let site: Site;
  beforeAll(async () => {
    site = siteOf(await startDemoServer());
  });
  afterAll(() => site.close());

  it('is judged for every type', async () => {
    const checks = siteChecks(site, options);
    expect(checks.length).toBeGreaterThan(site.catalogue.served.size * 4);
    const failures: string[] = [];
    for (const { name, run } of checks) {
      await run().catch((error: unknown) => failures.push(`${name}: ${String(error)}`));
    }
    expect(failures).toEqual([]);
  }, 900_000);
});
