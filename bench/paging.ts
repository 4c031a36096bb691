import { startOurs, withAudit } from './contenders.ts';
import type { Dataset } from './data/dataset.ts';
import type { Goal } from './goals.ts';
import type { Report } from './report.ts';

const PAGE_ROWS = 500;
const MEMORY_MOST = 1.2;
/** Caches fill and code is compiled in the first part of the walk. */
const WARM_UP_SHARE = 0.2;

/** Walks through all pages of a type, and compares the memory of the second half of the walk with that of the first. */
export async function measurePaging(dataset: Dataset, rows: number, report: Report): Promise<readonly Goal[]> {
  const ours = withAudit(await startOurs(dataset));
  await ours.server.ask('audit', ours.audited);
  try {
    const pages = Math.ceil(rows / PAGE_ROWS);
    const residentBytes: number[] = [];
    let url: string | undefined = `http://127.0.0.1:${ours.port}/fhir/Observation?_count=${PAGE_ROWS}`;
    for (let page = 0; page < pages && url !== undefined; page += 1) {
      url = nextOf(await (await fetch(url)).text());
      residentBytes.push((await ours.server.ask('usage', undefined)).rssBytes);
      report.progress(`paging through ${rows} rows`, page + 1, pages);
    }
    if (residentBytes.length < pages)
      throw new Error(`The walk ended after ${residentBytes.length} of ${pages} pages.`);
    const middle = pages >> 1;
    const first = Math.max(...residentBytes.slice(Math.floor(pages * WARM_UP_SHARE), middle));
    const second = Math.max(...residentBytes.slice(middle));
    report.say(
      `  resident memory: ${megabytes(first)} MB at most in the first half, ${megabytes(second)} MB in the second`,
    );
    return [{ name: 'paging-memory-second-half-to-first', measured: second / first, most: MEMORY_MOST }];
  } finally {
    await ours.server.stop();
  }
}

function nextOf(bundle: string): string | undefined {
  return /"relation":"next","url":"([^"]+)"/.exec(bundle)?.[1];
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
