import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { keepExpectations } from '../../../src/app/keep-expectations.ts';
import type { LiveTable, MappingModule, SqlSystem } from '../../../src/contracts/index.ts';
import { Fault, type NamedEvent } from '../../../src/core/index.ts';
import { alias, coded, defineBranch, integer, string, table, text } from '../../../src/mappings/kit/index.ts';
import { buildCatalogue, type Record } from '../../../src/record/index.ts';

const places = table('PLACES', { ID: integer(), NAME: text(), KIND: coded(text(), ['WARD', 'ROOM']) });
const place = alias('p', places);
const organization = defineBranch('Organization', {
  prefix: 'o',
  from: place,
  key: [place.ID],
  elements: { name: string(place.NAME) },
});
const whole: LiveTable = new Map([
  ['ID', { type: 'bigint', kinds: ['integer'] }],
  ['NAME', { type: 'text', kinds: ['text'] }],
  ['KIND', { type: 'text', kinds: ['text'] }],
]);
const lacking: LiveTable = new Map([...whole].filter(([name]) => name !== 'NAME'));

/** The schedule over one system whose catalogue the test changes; `undefined`: it does not answer. */
async function scheduled(first: LiveTable | undefined) {
  const state = { live: first, nowMs: 0, looks: 0, kinds: ['WARD', ' ', 'ROOM'] };
  const events: NamedEvent[] = [];
  const describeTables = (): Promise<readonly LiveTable[]> => {
    state.looks += 1;
    return state.live === undefined
      ? Promise.reject(new Fault('system.unavailable', ''))
      : Promise.resolve([state.live]);
  };
  const run: SqlSystem['run'] = ({ selects: [select] }) => {
    expect(select).toMatchObject({ descending: true, limit: 500, columns: [{ name: 'KIND' }] });
    return state.kinds.length === 0
      ? Promise.reject(new Fault('system.timeout', ''))
      : Promise.resolve({ rows: [state.kinds.map((kind) => [kind])] });
  };
  const system = { id: 's', describe: describeTables, run } as unknown as SqlSystem;
  const installed = [{ module: { id: 's', branches: [organization] } as unknown as MappingModule, system }];
  const now = { catalogue: buildCatalogue(installed) };
  const record = {
    get catalogue() {
      return now.catalogue;
    },
    adapt(lostIn: Parameters<Record['adapt']>[0]) {
      now.catalogue = buildCatalogue(installed, lostIn);
    },
  } as unknown as Record;
  const emit = (event: NamedEvent): void => void events.push(event);
  const kept = await keepExpectations({
    record,
    installed,
    everyMs: 300_000,
    clock: { nowMs: () => state.nowMs },
    emit,
  });
  const pass = async (ms: number): Promise<void> => {
    state.nowMs += ms;
    await jest.advanceTimersByTimeAsync(15_000);
  };
  return { state, events, kept, pass };
}

describe('the tables of a system are looked at', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('before anything is served, and again when it is time', async () => {
    const { state, events, kept, pass } = await scheduled(lacking);
    expect(kept.of('s')).toMatchObject({ comparedMs: 0, closed: ['Organization'], without: [] });
    state.live = whole;
    await pass(299_999);
    expect(state.looks).toBe(1);
    await pass(1);
    expect(kept.of('s')).toMatchObject({ comparedMs: 300_000, closed: [], without: [] });
    await pass(300_000);
    expect(events).toEqual([
      { event: 'system.drifted', system: 's', closed: ['Organization'], without: [] },
      { event: 'system.restored', system: 's' },
    ]);
    await kept.stop();
  });

  it('sooner, where a statement failed because something was not there', async () => {
    const { state, kept, pass } = await scheduled(whole);
    kept.heard({ event: 'system.failed', system: 's', fault: 'system.timeout', reason: '57014' });
    await pass(15_000);
    expect(state.looks).toBe(1);
    kept.heard({ event: 'system.failed', system: 's', fault: 'system.failed', reason: '42703' });
    await pass(15_000);
    expect(state.looks).toBe(2);
    await kept.stop();
  });

  it('soon again, where it did not answer; what was known stays', async () => {
    const { state, kept, pass } = await scheduled(undefined);
    expect(kept.of('s')).toMatchObject({ comparedMs: undefined, closed: [], without: [] });
    state.live = lacking;
    await pass(15_000);
    expect(kept.of('s').closed).toEqual(['Organization']);
    state.live = undefined;
    await pass(300_000);
    expect(state.looks).toBe(3);
    expect(kept.of('s').closed).toEqual(['Organization']);
    await kept.stop();
  });

  it('with their code sets, by the newest rows: what no module states is told once, and closes nothing', async () => {
    const { state, events, kept, pass } = await scheduled(whole);
    expect(kept.of('s').undeclared).toEqual({ places: 0, values: 0 });
    state.kinds = ['WARD', 'CORRIDOR', 'ATTIC'];
    await pass(300_000);
    expect(kept.of('s')).toMatchObject({ closed: [], undeclared: { places: 1, values: 2 } });
    state.kinds.push('CELLAR');
    await pass(300_000);
    expect(kept.of('s').undeclared).toEqual({ places: 1, values: 3 });
    state.kinds = [];
    await pass(300_000);
    expect(kept.of('s').undeclared).toEqual({ places: 1, values: 3 });
    state.kinds = ['ROOM'];
    await pass(300_000);
    expect(events).toEqual([
      { event: 'codes.undeclared', system: 's', places: 1, values: 2 },
      { event: 'codes.undeclared', system: 's', places: 0, values: 0 },
    ]);
    await kept.stop();
  });
});
