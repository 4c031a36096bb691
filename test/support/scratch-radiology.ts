import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { deliverRadiology } from '../../demo/index.ts';
import radiology from '../../demo/site/mappings/meridian-radiology/index.ts';
import { fixedClock } from '../../src/core/index.ts';
import { createFileFeed } from '../../src/sources/files/index.ts';
import { openStore } from '../../src/store/index.ts';
import { silent, testPatients, testSeed } from './demo-home.ts';

/** The day on which the demo hospital of the tests was made. */
const anchorDate = '2026-11-20';

/** A folder of one test's own, into which radiology delivers its files. */
export interface ScratchRadiology {
  readonly folder: string;
  /** Puts the files of the night before a day, `YYYY-MM-DD`, into the folder. */
  deliver(today?: string): void;
  /** Leaves the folder empty. */
  clear(): void;
  /** Loads what lies in the folder in the morning of a day, as another replica of the servers does. */
  load(today?: string): Promise<void>;
  remove(): void;
}

/** In: the store in which the tables lie. */
export function openScratchRadiology(connection: pg.PoolConfig): ScratchRadiology {
  const folder = mkdtempSync(join(tmpdir(), 'fascia-scratch-radiology-'));
  return {
    folder,
    deliver(today = anchorDate) {
      deliverRadiology({ folder, today, anchorDate, patients: testPatients, seed: testSeed });
    },
    clear() {
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
    },
    async load(today = anchorDate) {
      const { id: system, files: delivery } = radiology;
      if (delivery === undefined) throw new Error('radiology delivers no files');
      const clock = fixedClock(`${today}T12:00:00Z`);
      const store = await openStore({ connection, poolMax: 1, clock, emit: silent });
      try {
        const feed = createFileFeed({
          ...{ system, path: folder, delivery, version: 'another replica', loads: store.fileLoads },
          ...{ everyMs: 0, settleMs: 0, clock, emit: silent },
        });
        if (!(await feed.lookWhenDue(new AbortController().signal)))
          throw new Error(`not loaded: ${JSON.stringify(feed.health())}`);
      } finally {
        await store.close();
      }
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
