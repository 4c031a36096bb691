import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bundle } from '@medplum/fhirtypes';
import { openScratch, type Scratch, type ScratchServer } from '../support/scratch.ts';

/** What an audit record of a chunk says. */
interface Disclosed {
  readonly action: string;
  readonly instances: readonly string[];
  readonly fault: string | null;
  readonly last: boolean;
}

describe('an answer of several sealed chunks', () => {
  let scratch: Scratch;
  let whole: ScratchServer;

  const start = (page: Readonly<Record<string, number>>): Promise<ScratchServer> =>
    scratch.start({ settings: { page: { max: 20_000, ...page } } });

  beforeAll(async () => {
    scratch = await openScratch();
    whole = await start({ chunkCharactersMax: 1_000_000_000 });
  });
  afterAll(() => scratch.drop());

  async function textOf(server: ScratchServer, query: string): Promise<{ text: string; response: Response }> {
    const response = await server.fetch(query);
    const text = await response.text();
    return { text: text.replaceAll(server.base, 'BASE').replace(/_page=[^"]*/, '_page='), response };
  }

  async function trailOf(requestId: string): Promise<readonly Disclosed[]> {
    const { rows } = await scratch.sql(
      'store',
      `select action, instances, fault, last from fascia.audit_record where request_id = '${requestId}' order by at, id`,
    );
    return rows as Disclosed[];
  }

  const queries = [
    'Patient?_count=1000&_total=accurate',
    'Patient?_count=1000&_sort=birthdate&shoe=4',
    'Observation?_count=700&_sort=-date',
    'Observation?_count=700&_sort=date&_include=Observation:subject&_pretty=true',
    'Practitioner?_count=1000&name=a&_revinclude=Observation:performer',
    'Patient?_summary=count',
    'Patient?name=nobodyatall',
  ];

  it('has the same bytes whatever the bound of a chunk', async () => {
    for (const chunkCharactersMax of [5_000, 100_000]) {
      const cut = await start({ chunkCharactersMax });
      let inPieces = 0;
      for (const query of queries) {
        const [expected, found] = [await textOf(whole, query), await textOf(cut, query)];
        expect({ query, isSame: found.text === expected.text }).toEqual({ query, isSame: true });
        expect(expected.response.headers.has('content-length')).toBe(true);
        if (!found.response.headers.has('content-length')) inPieces += 1;
      }
      expect(inPieces).toBeGreaterThanOrEqual(4);
      await cut.stop();
    }
  });

  it('has one audit record for each chunk, which names what is in it; the last one says that it is whole', async () => {
    const cut = await start({ chunkCharactersMax: 20_000 });
    for (const query of [queries[0] ?? '', queries[3] ?? '']) {
      const response = await cut.fetch(query);
      const bundle = (await response.json()) as Bundle;
      const trail = await trailOf(response.headers.get('x-request-id') ?? '');
      expect(trail.length).toBeGreaterThan(5);
      expect(trail.map(({ action, fault, last }) => ({ action, fault, last }))).toEqual(
        trail.map((_, at) => ({ action: 'disclosed', fault: null, last: at === trail.length - 1 })),
      );
      const disclosed = trail.flatMap(({ instances }) => instances.map((one) => one.replace(/\/_history.*/, '')));
      const entries = (bundle.entry ?? []).filter(({ search }) => search?.mode !== 'outcome');
      expect(disclosed).toEqual(entries.map(({ fullUrl }) => fullUrl?.slice(cut.base.length + 1)));
    }
    await cut.stop();
  });

  const idsOf = (bundle: Bundle, mode: string): string[] =>
    (bundle.entry ?? []).flatMap(({ search, fullUrl }) =>
      search?.mode === mode ? [fullUrl?.replace(/.*\/fhir\//, '') ?? ''] : [],
    );
  const nextOf = (bundle: Bundle): string | undefined => bundle.link?.find(({ relation }) => relation === 'next')?.url;

  it('holds the same matches in the same order, whatever the rows of a block, and goes on at the same place', async () => {
    const small = await start({ blockRows: 7, chunkCharactersMax: 9_000 });
    for (const query of [
      'Patient?_count=60&_sort=birthdate&_total=accurate',
      'Patient?_count=1000&_sort=-birthdate',
      'Organization?_count=30&_sort=name',
      'Observation?_count=99&_sort=-date&_include=Observation:subject&_include=Observation:performer',
      'Observation?_count=100&code=2345-7&_sort=date',
    ]) {
      const [expected, found] = [
        (await (await whole.fetch(query)).json()) as Bundle,
        (await (await small.fetch(query)).json()) as Bundle,
      ];
      expect(idsOf(found, 'match')).toEqual(idsOf(expected, 'match'));
      expect(idsOf(found, 'include').toSorted()).toEqual(idsOf(expected, 'include').toSorted());
      expect(found.total).toBe(expected.total);
      const [expectedNext, foundNext] = [nextOf(expected), nextOf(found)];
      expect(foundNext === undefined).toBe(expectedNext === undefined);
      if (expectedNext === undefined || foundNext === undefined) continue;
      const pages = [await whole.fetch(expectedNext), await small.fetch(foundNext)];
      const [one, other] = (await Promise.all(pages.map((page) => page.json()))) as [Bundle, Bundle];
      expect(idsOf(other, 'match')).toEqual(idsOf(one, 'match'));
    }
    await small.stop();
  });

  it('ends a page before the block whose includes would be too many; what follows is on the next page', async () => {
    const query = 'Practitioner?_count=1000&_revinclude=Observation:performer';
    const expected = (await (await whole.fetch(query)).json()) as Bundle;
    const included = idsOf(expected, 'include').length;
    const bounded = await start({ blockRows: 3, includesMax: Math.ceil(included / 3) });
    const matches: string[] = [];
    const includes: string[] = [];
    let pages = 0;
    for (let next: string | undefined = query; next !== undefined; pages += 1) {
      const response = await bounded.fetch(next);
      expect(response.status).toBe(200);
      const page = (await response.json()) as Bundle;
      matches.push(...idsOf(page, 'match'));
      const ofPage = idsOf(page, 'include');
      expect(ofPage.length).toBeLessThanOrEqual(Math.ceil(included / 3));
      includes.push(...ofPage);
      next = nextOf(page);
    }
    expect(pages).toBeGreaterThan(2);
    expect(matches).toEqual(idsOf(expected, 'match'));
    expect([...new Set(includes)].toSorted()).toEqual(idsOf(expected, 'include').toSorted());
    await bounded.stop();
    const strict = await start({ includesMax: 1 });
    expect((await strict.fetch(query)).status).toBe(403);
    await strict.stop();
  });

  it('is one block where an include may be a match itself: each resource once, as a match', async () => {
    const query = 'Organization?_count=1000&_include=Organization:partof';
    const expected = (await (await whole.fetch(query)).json()) as Bundle;
    const small = await start({ blockRows: 4 });
    const matches: string[] = [];
    for (let next: string | undefined = query; next !== undefined;) {
      const page = (await (await small.fetch(next)).json()) as Bundle;
      const names = (page.entry ?? []).map(({ fullUrl }) => fullUrl);
      expect(new Set(names).size).toBe(names.length);
      matches.push(...idsOf(page, 'match'));
      next = nextOf(page);
    }
    expect(matches).toEqual(idsOf(expected, 'match'));
    await small.stop();
  });

  describe('that is much larger than what a socket holds', () => {
    let large: ScratchServer;
    const query = 'Observation?_count=20000';
    beforeAll(async () => {
      large = await start({ blockRows: 200, chunkCharactersMax: 50_000 });
    });

    interface Reader {
      readonly socket: Socket;
      readonly seen: { text: string; bytes: number };
      readonly requestId: string;
    }

    /** Reads the beginning of the answer, and then nothing. */
    async function begin(): Promise<Reader> {
      const { hostname, port } = new URL(large.base);
      const requestId = `begun-${String(process.hrtime.bigint())}`;
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      const seen = { text: '', bytes: 0 };
      socket.on('data', (bytes: Buffer) => {
        seen.bytes += bytes.length;
        seen.text = (seen.text + bytes.toString()).slice(-10_000);
      });
      socket.write(`GET /fhir/${query} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Request-Id: ${requestId}\r\n\r\n`);
      await once(socket, 'data');
      socket.pause();
      return { socket, seen, requestId };
    }

    /** Until the server waits for its reader: no further record is written. */
    async function settled(requestId: string): Promise<number> {
      for (let before = -1; ;) {
        const { length } = await trailOf(requestId);
        if (length === before) return length;
        before = length;
        await pause(300);
      }
    }

    it('is broken off when its system dies: never a whole Bundle, and the trail says so', async () => {
      const { socket, seen, requestId } = await begin();
      const before = await settled(requestId);
      await scratch.proxies.ehr.refuse();
      socket.resume();
      await once(socket, 'close');
      await scratch.proxies.ehr.mend();
      expect(seen.bytes).toBeGreaterThan(100_000);
      expect(seen.text).not.toMatch(/\r\n0\r\n|"link"|OperationOutcome/);
      const trail = await trailOf(requestId);
      expect(trail.length).toBeGreaterThanOrEqual(before);
      expect(trail.slice(0, -1).every(({ action, last }) => action === 'disclosed' && !last)).toBe(true);
      expect(trail.at(-1)).toMatchObject({ action: 'failed', fault: 'system.unavailable', instances: [], last: true });
      expect((await large.fetch('Observation?_count=2')).status).toBe(200);
    });

    it('ends with its reader: the statement is cancelled, and the trail says that it is not whole', async () => {
      const { socket, requestId } = await begin();
      await settled(requestId);
      const active = async (): Promise<number> => {
        const text = `select 1 from pg_stat_activity where datname = current_database() and application_name = 'fascia' and state = 'active'`;
        return (await scratch.sql('ehr', text)).rows.length;
      };
      const blocker = await scratch.session('ehr');
      try {
        await blocker.query('begin; lock table "LABRSLT" in access exclusive mode');
        socket.resume();
        while ((await active()) === 0) await pause(20);
        socket.destroy();
        while ((await active()) > 0) await pause(20);
      } finally {
        await blocker.end();
      }
      for (let end: Disclosed | undefined; end?.action === undefined || end.action === 'disclosed';)
        end = (await trailOf(requestId)).at(-1);
      expect((await trailOf(requestId)).at(-1)).toMatchObject({ fault: 'request.abandoned', instances: [] });
    });
  });
});
