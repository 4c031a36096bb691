import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createClosers } from '../../../src/app/closers.ts';
import { prepareHome } from '../../../src/app/home.ts';
import { assertPortFree, listen } from '../../../src/app/listen.ts';
import { createLog } from '../../../src/app/log.ts';
import { loadModules } from '../../../src/app/modules.ts';
import { repeat } from '../../../src/app/schedule.ts';
import { stopSignal } from '../../../src/app/stop-signals.ts';
import { createProgress } from '../../../src/cli/progress.ts';
import type { NamedEvent } from '../../../src/core/index.ts';

describe('stop signals', () => {
  it('one press of Ctrl-C arrives several times and stops once; a later one forces', async () => {
    const source = new EventEmitter();
    const clock = { nowMs: () => nowMs };
    let nowMs = 1_000;
    const forced: string[] = [];
    const stopped = stopSignal(source, clock, (signal) => forced.push(signal));
    source.emit('SIGINT');
    source.emit('SIGINT');
    nowMs += 900;
    source.emit('SIGTERM');
    source.emit('disconnect');
    await expect(stopped).resolves.toBe('SIGINT');
    expect(forced).toEqual([]);
    nowMs += 200;
    source.emit('disconnect');
    expect(forced).toEqual([]);
    source.emit('SIGINT');
    expect(forced).toEqual(['SIGINT']);
  });

  it('the end of the launcher stops the server', async () => {
    const source = new EventEmitter();
    const stopped = stopSignal(source, { nowMs: () => 0 }, () => undefined);
    source.emit('disconnect');
    await expect(stopped).resolves.toBe('disconnect');
  });
});

describe('closers', () => {
  it('close in reverse order, all of them, once, and tell the first failure', async () => {
    const closed: number[] = [];
    const closers = createClosers();
    closers.add(() => void closed.push(1));
    closers.add(() => Promise.reject(new Error('second')));
    closers.add(() => void closed.push(3));
    await expect(closers.close()).rejects.toThrow('second');
    await expect(closers.close()).rejects.toThrow('second');
    expect(closed).toEqual([3, 1]);
  });

  it('close at once what is opened while everything is being closed', async () => {
    const closed: string[] = [];
    const closers = createClosers();
    const closing = closers.close();
    closers.add(() => void closed.push('late'));
    await closing;
    await closers.close();
    expect(closed).toEqual(['late']);
  });
});

describe('ports', () => {
  it('one that is taken is named, with the way out', async () => {
    const other = createServer();
    const { port } = await listen(other, '127.0.0.1', 0);
    const expected = expect.objectContaining({
      code: 'server.port-taken',
      message: expect.stringMatching(
        new RegExp(`^Port ${port} is taken[^]*PORT=${port === 65_535 ? 8080 : port + 1} npm start`),
      ) as unknown,
    });
    await expect(assertPortFree('127.0.0.1', port)).rejects.toEqual(expected);
    await expect(listen(createServer(), '127.0.0.1', port)).rejects.toEqual(expected);
    other.close();
  });

  it('an address of another machine is told', async () => {
    await expect(assertPortFree('203.0.113.7', 8080)).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining('not an address of this machine') as unknown,
    });
  });
});

describe('the home', () => {
  it.each(['/proc/nothing/home', '/etc/hostname/home'])('%s cannot be written: named, with the way out', (home) => {
    const message = expect.stringMatching(`The folder ${home} cannot be written .*FASCIA_HOME=`) as unknown;
    expect(() => {
      prepareHome(home);
    }).toThrow(expect.objectContaining({ code: 'config.invalid', message }));
  });

  it('is left to its owner to make; the folders above it are made', () => {
    const above = mkdtempSync(join(tmpdir(), 'fascia home '));
    prepareHome(join(above, 'a', 'b'));
    expect([existsSync(join(above, 'a')), existsSync(join(above, 'a', 'b'))]).toEqual([true, false]);
    rmSync(above, { recursive: true });
  });
});

describe('background work', () => {
  it('never runs twice at once, survives its failures, and is aborted and awaited by stop', async () => {
    let runs = 0;
    let aborted = false;
    const started = Promise.withResolvers<undefined>();
    const schedule = repeat(
      (signal) => {
        runs += 1;
        if (runs === 1) return Promise.reject(new Error('tried again'));
        started.resolve(undefined);
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            resolve();
          });
        });
      },
      1,
      true,
    );
    // The interval does not keep the process alive, so something else must.
    const alive = setInterval(() => undefined, 5);
    await started.promise;
    await schedule.stop();
    clearInterval(alive);
    expect([runs, aborted]).toEqual([2, true]);
  });
});

describe('the log', () => {
  function logged(level: 'info' | 'warn', event: NamedEvent): unknown[] {
    const lines: string[] = [];
    const sink = new Writable({
      write: (line, _, done) => {
        lines.push(String(line));
        done();
      },
    });
    createLog(level, sink)(event);
    return lines.map((line) => JSON.parse(line) as unknown);
  }

  it('is one JSON line for each event, with a level by kind', () => {
    expect(
      logged('info', {
        event: 'rows.damaged',
        system: 'ehr',
        branch: 'p',
        element: 'Patient.birthDate',
        reason: 'no such day',
        times: 3,
      }),
    ).toEqual([
      {
        level: 'warn',
        time: expect.any(String),
        msg: 'rows.damaged',
        system: 'ehr',
        branch: 'p',
        element: 'Patient.birthDate',
        reason: 'no such day',
        times: 3,
      },
    ]);
    expect(logged('warn', { event: 'server.stopped' })).toEqual([]);
  });
});

describe('progress', () => {
  function shown(isInteractive: boolean): string {
    let text = '';
    const progress = createProgress({ isInteractive, write: (more) => (text += more) });
    progress('days', 0, 4);
    progress('days', 1, 4);
    progress('days', 4, 4);
    progress('days', 4, 4);
    return text;
  }

  it('counts in place on a terminal, and writes two lines elsewhere', () => {
    expect(shown(true)).toContain('25 %');
    expect(shown(true)).toMatch(/days … done\n$/);
    expect(shown(false)).toBe('  days …\n  days … done\n');
  });
});

describe('modules', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fascia modules '));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const stewardship = "{ owner: 'a', clinicalSteward: 'b', contact: 'c', serviceLevel: 'd', reviewDate: '2027-01-01' }";
  function write(name: string, text: string): string {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.js'), text);
    return join(folder, name);
  }

  it('are the default exports of their folders', async () => {
    const path = write(
      'lab',
      `export default { id: 'lab', title: 'Lab', stewardship: ${stewardship}, branches: [{ type: 'Patient', prefix: 'p' }] };`,
    );
    await expect(loadModules([path])).resolves.toMatchObject([{ id: 'lab' }]);
  });

  it.each([
    ['empty', 'export {};', 'default export'],
    [
      'ownerless',
      "export default { id: 'ownerless', title: 'x', stewardship: {}, branches: [] };",
      'stewardship.owner',
    ],
    [
      'renamed',
      `export default { id: 'other', title: 'x', stewardship: ${stewardship}, branches: [{ type: 'Patient', prefix: 'p' }] };`,
      'calls itself other',
    ],
    ['broken', 'throw new Error("no such table");', 'cannot be loaded: no such table'],
  ])('%s: refused', async (name, text, message) => {
    await expect(loadModules([write(name, text)])).rejects.toMatchObject({
      code: 'module.invalid',
      message: expect.stringContaining(message) as unknown,
    });
  });

  it('a column that no table declares is told of by its place in the module', async () => {
    const kit = new URL('../../../src/mappings/kit/index.ts', import.meta.url).href;
    const text = [
      `import { alias, defineBranch, string, table, text } from '${kit}';`,
      `const p = alias('p', table('PERSON', { ID: text() }));`,
      `export const patient = defineBranch('Patient', {`,
      `  prefix: 'p', from: p, key: [p.ID],`,
      `  elements: { name: [{ family: string(p.FAMLY) }] },`,
      `});`,
      `export default {};`,
    ].join('\n');
    await expect(loadModules([write('misspelt', text)])).rejects.toMatchObject({
      code: 'module.invalid',
      message: expect.stringMatching(
        /^The module misspelt cannot be loaded: .*\(index\.js:5:\d+\).*typecheck/,
      ) as unknown,
    });
  });

  it('a folder without an index is named', async () => {
    await expect(loadModules([join(folder, 'nowhere')])).rejects.toMatchObject({
      message: expect.stringContaining('nowhere has no index.ts') as unknown,
    });
  });
});
