import { isAscii, isUtf8 } from 'node:buffer';
import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fault, type NamedEvent } from '../../src/core/index.ts';
import {
  movedClock,
  openFilesSetting,
  SYSTEM,
  visitLine,
  visitsAlone,
  visitsAndStays,
  visitsOf,
  type FilesSetting,
  type Replica,
} from './files-setting.ts';

let setting: FilesSetting;
beforeEach(async () => {
  setting = await openFilesSetting();
});
afterEach(() => setting.close());

const eventsOf = <E extends NamedEvent['event']>(replica: Replica, event: E): Extract<NamedEvent, { event: E }>[] =>
  replica.events.filter((one): one is Extract<NamedEvent, { event: E }> => one.event === event);

const ids = async (replica: Replica): Promise<readonly (string | null | undefined)[]> =>
  (await replica.rows()).map((row) => row[0]);
const stamps = async (replica: Replica): Promise<readonly unknown[]> => [
  ...new Set((await replica.rows()).map((row) => row[5])),
];

const first = visitsOf('2026-11-23', [visitLine(1, 'one'), visitLine(2, 'two')]);
const second = visitsOf('2026-11-24', [visitLine(2, 'two'), visitLine(3, 'three'), visitLine(4, '')]);

describe('a delivery', () => {
  it('is loaded as a whole, with the time of the extract in each row', async () => {
    const replica = await setting.replica();
    setting.put('VISITS_20261123.csv', first);
    await replica.look();
    expect(await replica.rows()).toEqual([
      ['1', '2026-11-24 08:30:00', '2026-11-24', '1.50', 'one', '2026-11-23'],
      ['2', '2026-11-24 08:30:00', '2026-11-24', '1.50', 'two', '2026-11-23'],
    ]);
    setting.put('VISITS_20261124.csv', second);
    await replica.look();
    expect(await ids(replica)).toEqual(['2', '3', '4']);
    expect(await stamps(replica)).toEqual(['2026-11-24']);
    expect(replica.feed.health()).toMatchObject({
      loaded: { asOf: '2026-11-24', lines: 3, rejected: 0 },
      refused: undefined,
      overdue: false,
    });
    expect(eventsOf(replica, 'files.loaded').map(({ asOf, lines }) => [asOf, lines])).toEqual([
      ['2026-11-23', 2],
      ['2026-11-24', 3],
    ]);
  });

  it('is loaded once, and again when the department corrects it or the mapping changes', async () => {
    const replica = await setting.replica();
    setting.put('VISITS_20261124.csv', second);
    expect(await replica.look()).toBe(true);
    expect(await replica.look()).toBe(false);
    expect(eventsOf(replica, 'files.loaded')).toHaveLength(1);
    setting.put(
      'VISITS_20261124.csv',
      visitsOf('2026-11-24', [visitLine(5, 'corrected')]),
      '2026-11-25T09:00:00-05:00',
    );
    expect(await replica.look()).toBe(true);
    expect(await ids(replica)).toEqual(['5']);
    const restarted = await setting.replica();
    await restarted.look();
    expect(restarted.events).toEqual([]);
    const changed = await setting.replica({ version: 'v2' });
    expect(await changed.feed.isCurrent()).toBe(false);
    await changed.look();
    await changed.look();
    expect(eventsOf(changed, 'files.loaded')).toHaveLength(1);
    // The release that is still running must not load its own again.
    await replica.look();
    expect(eventsOf(replica, 'files.loaded')).toHaveLength(2);
  });

  it('of several files waits for all of them, and is refused as a whole', async () => {
    const stays = (name: string): string =>
      [`A     1${name.padEnd(13)}`, '##000001'].map((line) => `${line}\n`).join('');
    const clock = movedClock('2026-11-25T03:00:00-05:00');
    const replica = await setting.replica({ delivery: visitsAndStays, clock });
    setting.put('VISITS_20261123.csv', first);
    setting.put('STAYS_20261122.TXT', stays('x'));
    await replica.look();
    expect(replica.events).toEqual([]);
    setting.put('STAYS_20261123.TXT', stays('x'));
    await replica.look();
    expect(await ids(replica)).toEqual(['1', '2']);
    setting.put('VISITS_20261124.csv', second);
    setting.put('STAYS_20261124.TXT', stays('x').replace('1\n', '2\n'));
    await replica.look();
    expect(eventsOf(replica, 'files.refused').map(({ fault, reason }) => `${fault}: ${reason}`)).toEqual([
      'file.incomplete: STAYS_20261124.TXT: the trailer counts 000002 lines, but there are 1',
    ]);
    expect(await ids(replica)).toEqual(['1', '2']);
  });

  it('of several files is told of, once, where one of them has not come within the hour', async () => {
    const stays = ['A     1x            ', '##000001'].map((line) => `${line}\n`).join('');
    const clock = movedClock('2026-11-25T03:00:00-05:00');
    const replica = await setting.replica({ delivery: visitsAndStays, clock });
    setting.put('VISITS_20261123.csv', first);
    setting.put('STAYS_20261123.TXT', stays);
    setting.put('STAYS_20261122.TXT', stays);
    setting.put('VISITS_20261124.csv', second, '2026-11-25T02:30:00-05:00');
    await replica.look();
    expect(eventsOf(replica, 'files.loaded').map(({ asOf }) => asOf)).toEqual(['2026-11-23']);
    clock.set('2026-11-25T03:29:59-05:00');
    await replica.look();
    expect(eventsOf(replica, 'files.refused')).toEqual([]);
    clock.set('2026-11-25T03:30:00-05:00');
    await replica.look();
    await replica.look();
    expect(eventsOf(replica, 'files.refused').map(({ fault, reason }) => `${fault}: ${reason}`)).toEqual([
      'file.incomplete: VISITS_20261124.csv: STAYS_{YYYYMMDD}.TXT of the same time is missing',
    ]);
    expect(await ids(replica)).toEqual(['1', '2']);
    setting.put('STAYS_20261124.TXT', stays);
    await replica.look();
    expect(await ids(replica)).toEqual(['2', '3', '4']);
    expect(replica.feed.health().refused).toBeUndefined();
  });

  it('whose lines are rejected in part is loaded without them, as far as the department may', async () => {
    const replica = await setting.replica({ delivery: { ...visitsAlone, rejectedShareMax: 0.5 } });
    const lines = [
      visitLine(1, 'one'),
      '2;never;;;;',
      visitLine(3, 'three'),
      visitLine(3, 'other'),
      visitLine(4, 'four'),
      visitLine(4, 'four'),
      'torn',
      visitLine(5, 'five'),
      visitLine(6, 'six'),
    ];
    setting.put('VISITS_20261124.csv', visitsOf('2026-11-24', [...lines, visitLine(7, 'seven')]));
    await replica.look();
    expect(await ids(replica)).toEqual(['1', '4', '5', '6', '7']);
    expect(replica.feed.health().loaded).toMatchObject({ lines: 5, rejected: 5 });
    expect(
      eventsOf(replica, 'files.rejected').map(({ reason, lines: count, first: at }) => [reason, count, at]),
    ).toEqual([
      ['invalid-value', 1, 3],
      ['field-count', 1, 8],
      ['double', 3, 4],
    ]);
    expect(await replica.store.fileLoads.rejections(SYSTEM, 'loaded')).toEqual([
      { file: 'VISITS_20261124.csv', line: 3, reason: 'invalid-value', field: 'BEGINN' },
      { file: 'VISITS_20261124.csv', line: 4, reason: 'double' },
      { file: 'VISITS_20261124.csv', line: 5, reason: 'double' },
      { file: 'VISITS_20261124.csv', line: 7, reason: 'double' },
      { file: 'VISITS_20261124.csv', line: 8, reason: 'field-count' },
    ]);
    expect(JSON.stringify(replica.events)).not.toMatch(/never|torn|other/);
  });

  it('is left alone while it changes, and the folder while it is not time', async () => {
    const clock = movedClock('2026-11-25T03:00:00-05:00');
    const replica = await setting.replica({ clock, everyMs: 300_000 });
    setting.put('VISITS_20261124.csv', second, '2026-11-25T02:59:30-05:00');
    await replica.look();
    expect(replica.events).toEqual([]);
    clock.set('2026-11-25T03:04:59-05:00');
    await replica.look();
    expect(replica.events).toEqual([]);
    clock.set('2026-11-25T03:05:00-05:00');
    await replica.look();
    expect(eventsOf(replica, 'files.loaded')).toHaveLength(1);
  });

  it('from a file server whose clock is ahead is loaded when it has looked the same for long enough', async () => {
    const clock = movedClock('2026-11-25T03:00:00-05:00');
    const replica = await setting.replica({ clock });
    setting.put('VISITS_20261124.csv', second, '2026-11-25T07:00:00-05:00');
    await replica.look();
    expect(replica.events).toEqual([]);
    clock.set('2026-11-25T03:01:00-05:00');
    await replica.look();
    expect(eventsOf(replica, 'files.loaded')).toHaveLength(1);
  });
});

const bad: readonly (readonly [what: string, fault: string, content: string | Uint8Array])[] = [
  ['a torn line', 'file.rejected', visitsOf('2026-11-24', [visitLine(2, 'two'), '3;24.11.2026 08:'])],
  ['a file cut off in the middle of a line', 'file.incomplete', second.slice(0, 120)],
  ['a file cut off between lines', 'file.incomplete', second.slice(0, second.indexOf('4;'))],
  ['bytes of no encoding', 'file.encoding', visitsOf('2026-11-24', [visitLine(2, '\x90')])],
  ['another encoding', 'file.encoding', Buffer.from(`\ufeff${second}`)],
  [
    'UTF-8 without its mark',
    'file.encoding',
    Buffer.from(visitsOf('2026-11-24', [visitLine(2, 'É'), visitLine(3, 'zwölf')])),
  ],
  ['wrong quoting', 'file.quoting', visitsOf('2026-11-24', [visitLine(2, '"two" or three')])],
  ['a quote that is never closed', 'file.quoting', visitsOf('2026-11-24', [visitLine(2, '"two')])],
  ['doubles', 'file.rejected', visitsOf('2026-11-24', [visitLine(2, 'two'), visitLine(2, 'other')])],
  ['no data', 'file.empty', visitsOf('2026-11-24', [])],
  ['nothing', 'file.empty', ''],
  ['other columns', 'file.header', second.replace('PREIS', 'PRICE')],
  ['last year’s content under a new name', 'file.date', visitsOf('2025-11-24', [visitLine(9, 'old')])],
];

describe('a wrong delivery', () => {
  it.each(bad)('with %s is refused with %s once, and the previous load stays', async (_, fault, content) => {
    const replica = await setting.replica();
    setting.put('VISITS_20261123.csv', first);
    await replica.look();
    setting.put('VISITS_20261124.csv', content);
    await replica.look();
    await replica.look();
    expect(eventsOf(replica, 'files.refused').map((event) => event.fault)).toEqual([fault]);
    expect(eventsOf(replica, 'files.refused')[0]?.reason).toMatch(/^VISITS_20261124\.csv: /);
    expect(await ids(replica)).toEqual(['1', '2']);
    expect(replica.feed.health()).toMatchObject({ loaded: { asOf: '2026-11-23' }, refused: { fault } });
    const restarted = await setting.replica();
    await restarted.look();
    expect(restarted.events).toEqual([]);
    expect(restarted.feed.health().refused?.fault).toBe(fault);
    setting.put('VISITS_20261124.csv', second, '2026-11-25T09:00:00-05:00');
    await restarted.look();
    expect(await ids(restarted)).toEqual(['2', '3', '4']);
    expect(restarted.feed.health().refused).toBeUndefined();
    expect(await setting.sql(`select nspname from pg_namespace where nspname like 'files%'`)).toEqual([
      ['files_visits'],
    ]);
  });

  it('older than the one in use, or than promised, or of no time that has come, is refused', async () => {
    const clock = movedClock('2026-11-25T12:00:00-05:00');
    const replica = await setting.replica({ clock });
    setting.put('VISITS_20251124.csv', visitsOf('2025-11-24', [visitLine(9, 'old')]));
    await replica.look();
    setting.put('VISITS_20261124.csv', second);
    await replica.look();
    setting.remove('VISITS_20261124.csv');
    setting.put('VISITS_20261123.csv', first);
    await replica.look();
    setting.put('VISITS_20261332.csv', first);
    setting.put('VISITS_20621124.csv', first);
    setting.put('VISITS_20261125.csv', visitsOf('2026-11-25', [visitLine(5, 'five')]));
    await replica.look();
    await replica.look();
    await replica.look();
    expect(
      replica.events.flatMap((event) =>
        event.event === 'files.refused'
          ? [`${event.fault}: ${event.reason}`]
          : event.event === 'files.loaded'
            ? [event.asOf]
            : [],
      ),
    ).toEqual([
      'file.date: the extract of 2025-11-24 is older than 72 hours',
      '2026-11-24',
      'file.date: the extract of 2026-11-23 is older than the one in use, of 2026-11-24',
      '2026-11-25',
      'file.date: VISITS_20621124.csv, VISITS_20261332.csv: the name holds no time that has come',
    ]);
    expect(await ids(replica)).toEqual(['5']);
    clock.set('2026-11-28T00:00:00-05:00');
    await replica.look();
    expect(replica.feed.health().overdue).toBe(false);
    clock.set('2026-11-28T00:00:01-05:00');
    await replica.look();
    await replica.look();
    expect(replica.feed.health().overdue).toBe(true);
    expect(eventsOf(replica, 'files.overdue').map(({ asOf }) => asOf)).toEqual(['2026-11-25']);
  });

  it('that nobody may read, or a folder that is not there, is told once', async () => {
    const missing = await setting.replica({ path: join(setting.folder, 'nowhere') });
    await missing.look();
    await missing.look();
    expect(eventsOf(missing, 'files.refused').map(({ fault, reason }) => `${fault}: ${reason}`)).toEqual([
      'file.unreadable: the folder of the files cannot be read (ENOENT)',
    ]);
    expect(missing.feed.health().refused?.fault).toBe('file.unreadable');
    // The superuser may read everything.
    if (process.getuid?.() === 0) return;
    const replica = await setting.replica();
    setting.put('VISITS_20261124.csv', second);
    chmodSync(join(setting.folder, 'VISITS_20261124.csv'), 0);
    await replica.look();
    expect(eventsOf(replica, 'files.refused').map(({ fault }) => fault)).toEqual(['file.unreadable']);
  });
});

describe('a system of files', () => {
  it('refuses every request before its first delivery, instead of finding nothing', async () => {
    const replica = await setting.replica();
    await expect(replica.rows()).rejects.toMatchObject({ code: 'system.not-loaded' });
    const refused = replica.rows();
    await expect(refused).rejects.toBeInstanceOf(Fault);
    const other = await setting.replica();
    setting.put('VISITS_20261124.csv', second);
    await other.look();
    expect(await ids(replica)).toEqual(['2', '3', '4']);
  });

  it('may be a single file', async () => {
    setting.put('VISITS_20261124.csv', second);
    const replica = await setting.replica({ path: join(setting.folder, 'VISITS_20261124.csv') });
    await replica.look();
    expect(await ids(replica)).toEqual(['2', '3', '4']);
  });

  it('is loaded by one replica of many', async () => {
    const replicas = await Promise.all([1, 2, 3, 4].map(() => setting.replica()));
    for (const [day, content] of [
      ['20261123', first],
      ['20261124', second],
    ] as const) {
      setting.put(`VISITS_${day}.csv`, content);
      await Promise.all(replicas.map((replica) => replica.look()));
      await Promise.all(replicas.map((replica) => replica.look()));
    }
    expect(replicas.flatMap((replica) => eventsOf(replica, 'files.loaded'))).toHaveLength(2);
    for (const replica of replicas) {
      expect(await ids(replica)).toEqual(['2', '3', '4']);
      expect(replica.feed.health().loaded?.asOf).toBe('2026-11-24');
    }
    setting.put('VISITS_20261125.csv', visitsOf('2026-11-25', ['torn']));
    await Promise.all(replicas.map((replica) => replica.look()));
    await Promise.all(replicas.map((replica) => replica.look()));
    expect(replicas.flatMap((replica) => eventsOf(replica, 'files.refused'))).toHaveLength(1);
  });

  it('answers each question from one load, while loads follow one another', async () => {
    const replica = await setting.replica();
    const lines = (load: number): string[] => Array.from({ length: 50 }, (_, i) => visitLine(i, `load ${load}`));
    setting.put('VISITS_20261124.csv', visitsOf('2026-11-24', lines(0)));
    await replica.look();
    let isDone = false;
    let answers = 0;
    const mixed: unknown[] = [];
    const ask = async (): Promise<void> => {
      while (!isDone) {
        const notes = new Set((await replica.rows()).map((row) => row[4]));
        if (notes.size !== 1) mixed.push([...notes]);
        answers += 1;
      }
    };
    const readers = [ask(), ask(), ask(), ask()];
    for (let load = 1; load <= 20; load += 1) {
      const changed = new Date(Date.parse('2026-11-25T03:00:00-05:00') + load * 1_000).toISOString();
      setting.put('VISITS_20261124.csv', visitsOf('2026-11-24', lines(load)), changed);
      await replica.look();
      expect((await replica.rows())[0]?.[4]).toBe(`load ${load}`);
    }
    isDone = true;
    await Promise.all(readers);
    expect(mixed).toEqual([]);
    expect(answers).toBeGreaterThan(20);
  });

  it('keeps what it had when a load is killed in the middle, and loads it the next time', async () => {
    const replica = await setting.replica();
    setting.put('VISITS_20261123.csv', first);
    await replica.look();
    const lines = Array.from({ length: 60_000 }, (_, i) => visitLine(i, `note of visit ${i}`));
    setting.put('VISITS_20261124.csv', visitsOf('2026-11-24', lines));
    const program = join(import.meta.dirname, 'files-process.ts');
    const argument = JSON.stringify({ connection: setting.connection, path: setting.folder });
    const child = spawn(process.execPath, ['--conditions=development', program, argument], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const inserting = `select pid from pg_stat_activity where datname = current_database() and query like 'insert into "files_visits~"%'`;
    let backend: readonly unknown[][] = [];
    while (backend.length === 0 && child.exitCode === null) backend = await setting.sql(inserting);
    child.kill('SIGKILL');
    await ended;
    expect(backend).toHaveLength(1);
    while ((await setting.sql(`select from pg_stat_activity where pid = ${String(backend[0]?.[0])}`)).length > 0)
      await nextTurn();
    expect(await ids(replica)).toEqual(['1', '2']);
    expect(await setting.sql(`select nspname from pg_namespace where nspname like 'files%'`)).toEqual([
      ['files_visits'],
    ]);
    await replica.look();
    expect(replica.feed.health().loaded).toMatchObject({ asOf: '2026-11-24', lines: 60_000, rejected: 0 });
    expect(await setting.sql('select count(*)::int from files_visits.visit')).toEqual([[60_000]]);
  });

  it('stops in the middle when it is told to', async () => {
    const replica = await setting.replica();
    setting.put('VISITS_20261124.csv', second);
    await expect(replica.feed.lookWhenDue(AbortSignal.abort())).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(await replica.feed.isLoaded()).toBe(false);
  });
});

describe('generated tables', () => {
  const cents = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => (value / 100).toFixed(2));
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const note = fc
    .array(
      fc.oneof(fc.constantFrom('"', ';', '\r\n', 'ä', '€', 'x'), fc.string({ unit: 'grapheme-ascii', maxLength: 3 })),
      { maxLength: 5 },
    )
    .map((parts) => parts.join('').trim());
  const row = fc.record({
    id: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    price: fc.option(cents),
    day: fc.option(day),
    note,
  });

  it('written to a file and loaded are the same rows', async () => {
    const replica = await setting.replica();
    let loads = 0;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { minLength: 1, maxLength: 40, selector: ({ id }) => id }), async (rows) => {
        const german = (date: string): string => date.split('-').reverse().join('.');
        const lines = rows.map(({ id, price, day: date, note: written }) =>
          [
            id,
            '24.11.2026 08:30',
            date === null ? '' : german(date),
            price?.replace('.', ',') ?? '',
            '',
            `"${written.replaceAll('"', '""')}"`,
          ].join(';'),
        );
        loads += 1;
        // In windows-1252 the euro sign is 0x80; the other characters here are as in latin1.
        const content = Buffer.from(visitsOf('2026-11-24', lines).replaceAll('€', '\u0080'), 'latin1');
        // Letters that stand so that all of them could be UTF-8 are refused as such.
        fc.pre(isAscii(content) || !isUtf8(content));
        setting.put(
          'VISITS_20261124.csv',
          content,
          new Date(Date.parse('2026-11-25T03:00:00-05:00') + loads * 1_000).toISOString(),
        );
        await replica.look();
        const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        expect(await replica.rows()).toEqual(
          sorted.map(({ id, price, day: date, note: written }) => [
            String(id),
            '2026-11-24 08:30:00',
            date,
            price === null ? null : price.replace(/^-(?=[0.]+$)/, ''),
            written === '' ? null : written,
            '2026-11-24',
          ]),
        );
      }),
      { numRuns: 40, examples: [[[{ id: 0n, price: null, day: null, note: 'ä€€' }]]] },
    );
  });
});
