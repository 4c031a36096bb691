import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Cursor, Rendering, ResourceType } from '../../src/contracts/index.ts';
import { jsonNamesOf, elementsOf, parseWritten, writtenText, type JsonObject } from '../../src/fhir/index.ts';
import { createCandidates } from '../../src/record/lower/candidates.ts';
import { createIds } from '../../src/record/ids.ts';
import { createRenderings, type RunEnvironment } from '../../src/record/run/environment.ts';
import { runSearch } from '../../src/record/run/search.ts';
import type { BranchRendering } from '../../src/record/write/rendering.ts';
import { createSealer, narrow } from '../../src/security/index.ts';
import { openDemoRecord, type DemoRecord } from '../support/demo-record.ts';
import { silent, testClock, testZone } from '../support/demo-home.ts';
import { isFull } from '../support/scale.ts';

/** Of most element sets, so many rows from the beginning; of whole resources and summaries, all. */
const rowsMax = isFull ? Infinity : 100;
const timeoutMs = isFull ? 1_800_000 : 120_000;

describe('the object form is the text form, read back', () => {
  let demo: DemoRecord;
  let env: RunEnvironment;
  let compared = 0;
  let decimals = 0;

  /** Renderings that build the object of each row they write, and compare the two. */
  function comparing(renderingOf: RunEnvironment['renderingOf']): RunEnvironment['renderingOf'] {
    const wrapped = new Map<BranchRendering, BranchRendering>();
    return (entry, rendering) => {
      const real = renderingOf(entry, rendering);
      const known = wrapped.get(real);
      if (known !== undefined) return known;
      const made: BranchRendering = {
        ...real,
        write(id, row, page, overlay) {
          const written = real.write(id, row, page, overlay);
          const object = real.object(id, row, page, written.versionId, overlay);
          compared += 1;
          // Only what differs is given to the matchers: they take longer than all that they would be asked.
          if (writtenText(object) !== written.text) {
            expect(object).toEqual(parseWritten(written.text));
            expect(writtenText(object)).toBe(written.text);
          }
          if (written.text !== JSON.stringify(object)) decimals += 1;
          return written;
        },
      };
      wrapped.set(real, made);
      return made;
    };
  }

  beforeAll(async () => {
    demo = await openDemoRecord();
    const { catalogue } = demo.record;
    const branches = new Map([...catalogue.byPrefix].map(([prefix, entry]) => [prefix, entry.branch]));
    env = {
      catalogue,
      ids: createIds(branches, createSealer(Buffer.alloc(32, 7))),
      links: demo.links,
      primaries: () => new Map(),
      context: () => ({ zone: testZone, nowMs: testClock.nowMs() }),
      hopKeysMax: 10_000,
      page: { includesMax: 1_000, blockRows: 500, lookedAtMax: 5_000, chunkCharactersMax: 1_048_576 },
      emit: silent,
      candidates: createCandidates(),
      renderingOf: comparing(createRenderings('test')),
    };
  });
  afterAll(() => demo.close());

  async function writeAll(type: string, rendering: Rendering, max: number): Promise<void> {
    let cursor: Cursor | undefined;
    let rows = 0;
    do {
      const plan = narrow(
        {
          ...{ interaction: 'search' as const, type: type as ResourceType, where: [], includes: [], ignored: [] },
          ...{
            ...rendering,
            count: Math.min(500, max),
            total: 'none' as const,
            ...(cursor === undefined ? {} : { cursor }),
          },
        },
        { reach: { is: 'open' }, agent: 'test' },
      );
      cursor = undefined;
      for await (const chunk of runSearch(plan, env, new AbortController().signal)) {
        rows += chunk.entries.length + chunk.issues.length;
        cursor = chunk.next;
      }
    } while (cursor !== undefined && rows < max);
  }

  it(
    'for every row of the demo, whole and in each summary',
    async () => {
      for (const type of demo.record.served.keys()) {
        // There is one for every other row, and all are alike.
        const max = type === 'Provenance' ? rowsMax : Infinity;
        await writeAll(type, { summary: 'false' }, max);
        for (const summary of ['true', 'text', 'data'] as const) await writeAll(type, { summary }, max);
      }
      expect(compared).toBeGreaterThan(5_000);
      expect(decimals).toBeGreaterThan(500);
    },
    timeoutMs,
  );

  it(
    'for every set of elements',
    async () => {
      for (const [type, served] of demo.record.served) {
        const declared = elementsOf(type).filter((element) =>
          jsonNamesOf(element).some((name) => served.elements.has(name)),
        );
        for (const [i, { name }] of declared.entries()) {
          await writeAll(type, { summary: 'false', elements: [name] }, rowsMax);
          const others = declared.filter((_, k) => k > i && (k - i) % 3 === 1).map((element) => element.name);
          await writeAll(type, { summary: 'false', elements: [name, ...others] }, rowsMax);
        }
      }
    },
    timeoutMs,
  );

  it('reads back what JSON alone would lose', () => {
    const text = '{"a":7.40,"b":[1.0,{"c":0.30000000000000000001}],"d":"\\u00e9\\n\\"x","e":-0.0,"f":true}';
    const object = parseWritten(text) as JsonObject;
    expect(writtenText(object)).toBe(
      '{"a":7.40,"b":[1.0,{"c":0.30000000000000000001}],"d":"é\\n\\"x","e":-0.0,"f":true}',
    );
    expect(JSON.stringify(object)).toBe('{"a":7.4,"b":[1,{"c":0.3}],"d":"é\\n\\"x","e":0,"f":true}');
  });
});
