import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type ConfigOptions } from '../../../src/app/config.ts';
import { isLoopbackAddress, isLoopbackHost } from '../../../src/app/loopback.ts';
import { printConfig } from '../../../src/app/masked-config.ts';
import { nearestName } from '../../../src/app/nearest-name.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fascia config '));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const minimal = {
  timeZone: 'Europe/Berlin',
  access: 'open-loopback',
  modules: ['./ehr'],
  systems: { ehr: { database: 'ehr_copy' } },
};

function load(file: unknown, environment: Record<string, string> = {}, options: ConfigOptions = {}) {
  const path = join(folder, 'fascia.config.json');
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  return loadConfig({ FASCIA_CONFIG: path, ...environment }, folder, options);
}

describe('configuration', () => {
  it('fills defaults, resolves paths beside the file and freezes the whole value', () => {
    const config = load(minimal);
    expect(config).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      page: { default: 50, max: 500 },
      corsOrigins: 'loopback',
    });
    expect(config.home).toBe(join(folder, '.fascia'));
    expect(config.modules).toEqual([join(folder, 'ehr')]);
    expect(config.systems).toMatchObject([{ id: 'ehr', poolMax: 10, connection: { database: 'ehr_copy' } }]);
    expect(() => ((config.page as { max: number }).max = 1)).toThrow(TypeError);
  });

  it('lets the command line win over variables, and variables over the file', () => {
    const file = { ...minimal, port: 1, home: 'a' };
    expect(load(file)).toMatchObject({ port: 1, home: join(folder, 'a') });
    expect(load(file, { PORT: '2', FASCIA_HOME: 'b' })).toMatchObject({ port: 2, home: join(folder, 'b') });
    expect(load(file, { PORT: '2' }, { port: 3 })).toMatchObject({ port: 3 });
    expect(load(file, { PORT: '' })).toMatchObject({ port: 1 });
    const heard = { ...minimal, listeners: { adt: {} } };
    expect(load(heard).listeners).toMatchObject([{ feed: 'adt', host: '127.0.0.1', port: 2575, idleMinutes: 60 }]);
    expect(load(heard, { MLLP_PORT: '0' }).listeners).toMatchObject([{ feed: 'adt', port: 0 }]);
  });

  it('puts a system given by database beside the store', () => {
    const config = load(minimal, { DATABASE_URL: 'postgres://me:pw@db:5433/own?sslmode=require' });
    expect(config.systems[0]?.connection).toEqual({ url: 'postgres://me:pw@db:5433/ehr_copy?sslmode=require' });
  });

  it('takes the URL of a system from the variable that the file names', () => {
    const file = { ...minimal, systems: { ehr: { urlVariable: 'EHR_URL' } } };
    expect(load(file, { EHR_URL: 'postgres://h/x' }).systems[0]?.connection).toEqual({ url: 'postgres://h/x' });
  });

  it('resolves the place of files beside the file, or in the home, and for tests takes a sample', () => {
    const systems = {
      rad: { files: { path: './extracts' }, sample: './sample' },
      lab: { files: { path: '${home}/lab.csv', pollMinutes: 1, settleSeconds: 0 }, sample: 'lab.csv' },
    };
    const file = { ...minimal, systems, home: './elsewhere' };
    expect(load(file).systems).toMatchObject([
      { connection: { files: { path: join(folder, 'extracts'), pollMinutes: 5, settleSeconds: 30 } } },
      { connection: { files: { path: join(folder, 'elsewhere', 'lab.csv'), pollMinutes: 1, settleSeconds: 0 } } },
    ]);
    expect(load(file, {}, { samples: true }).systems.map(({ connection }) => connection)).toMatchObject([
      { files: { path: join(folder, 'sample') } },
      { files: { path: join(folder, 'lab.csv') } },
    ]);
    expect(() => load({ ...file, systems: { rad: { files: { path: 'x' } } } }, {}, { samples: true })).toThrow(
      /systems\.rad\.sample is missing/,
    );
  });

  it('takes the configuration of the folder that it is started in, else the demo', () => {
    load(minimal);
    expect(loadConfig({}, folder).file).toBe(join(folder, 'fascia.config.json'));
    expect(loadConfig({}, join(folder, '..')).file).toMatch(/demo.site.fascia\.config\.json$/);
  });

  it('takes comments, and says where text is no JSON although comments stand before it', () => {
    const text = JSON.stringify(minimal);
    expect(load(`// Why\n{ /* the zone */ ${text.slice(1)}`)).toMatchObject({ timeZone: 'Europe/Berlin' });
    expect(() => load(`// one\n/* two\n*/ {"host": }`)).toThrow(/the error is at line 3 column 13/);
  });

  it('resolves a sample beside the file, and for tests takes samples for all systems', () => {
    const systems = {
      ehr: { urlVariable: 'NOWHERE', sample: 'ehr.sql' },
      'lab-two': { url: 'postgres://h/x', sample: './b.sql' },
    };
    const file = { ...minimal, systems, databaseUrl: 'postgres://h/store' };
    expect(load(file, { NOWHERE: 'postgres://h/y' }).systems).toMatchObject([
      { connection: { url: 'postgres://h/y' }, sample: join(folder, 'ehr.sql') },
      { connection: { url: 'postgres://h/x' }, sample: join(folder, 'b.sql') },
    ]);
    const config = load(file, {}, { samples: true });
    expect(config.databaseUrl).toBeUndefined();
    expect(config.systems).toMatchObject([
      { connection: { database: 'ehr' } },
      { connection: { database: 'lab_two' }, sample: join(folder, 'b.sql') },
    ]);
    expect(() => load(minimal, {}, { samples: true })).toThrow(/systems\.ehr\.sample is missing/);
  });

  it.each<[string, unknown, string, Record<string, string>?, ConfigOptions?]>([
    ['an unknown key', { ...minimal, acess: 1 }, 'acess is not a known key; did you mean access?'],
    ['an unknown nested key', { ...minimal, limits: { uriByteMax: 1 } }, 'did you mean limits.uriBytesMax?'],
    [
      'an unknown key of a system',
      { ...minimal, systems: { ehr: { database: 'a', poolmax: 1 } } },
      'did you mean systems.ehr.poolMax?',
    ],
    ['a missing key', { ...minimal, timeZone: undefined }, 'timeZone is missing'],
    ['a zone that does not exist', { ...minimal, timeZone: 'Europe/Berln' }, 'timeZone: is not an IANA time zone'],
    ['an offset as zone', { ...minimal, timeZone: '+02:00' }, 'timeZone: is not an IANA time zone'],
    ['another access', { ...minimal, access: 'open' }, 'access: must be open-loopback'],
    [
      'two places of a system',
      { ...minimal, systems: { ehr: { database: 'a', url: 'postgres://x/y' } } },
      'exactly one of url',
    ],
    [
      'a system of another kind',
      { ...minimal, systems: { ehr: { url: 'mysql://x/y' } } },
      'must start with postgres://',
    ],
    [
      'a sample in a database of the server',
      { ...minimal, systems: { ehr: { database: 'fascia', sample: 's.sql' } } },
      'systems.ehr.database: fascia belongs to the server',
    ],
    [
      'two samples in one database',
      { ...minimal, systems: { ehr: { database: 'a', sample: 's.sql' }, lab: { database: 'a', sample: 't.sql' } } },
      'systems.lab.database: a belongs to systems.ehr',
    ],
    ['a module that is named twice', { ...minimal, modules: ['./m', './m'] }, 'modules: names a folder twice'],
    ['an unset variable', { ...minimal, systems: { ehr: { urlVariable: 'NOPE' } } }, 'the variable NOPE is not set'],
    ['a default page above the maximum', { ...minimal, page: { default: 20, max: 10 } }, 'default must not exceed max'],
    ['an open address', { ...minimal, host: '0.0.0.0' }, 'listens on a loopback address only'],
    ['an open address in a variable', minimal, 'listens on a loopback address only', { HOST: '10.0.0.1' }],
    ['a port out of range', minimal, 'PORT must be a number from 0 to 65535', { PORT: '65536' }],
    ['an MLLP port out of range', minimal, 'MLLP_PORT must be a number from 0 to 65535', { MLLP_PORT: 'x' }],
    [
      'a listener that everybody reaches',
      { ...minimal, listeners: { adt: { host: '0.0.0.0' } } },
      'listeners.adt.host: 0.0.0.0 is not a loopback address',
    ],
    [
      'two listeners on one port',
      { ...minimal, listeners: { adt: {}, lab: {} } },
      'listeners.lab.port: 2575 is taken by listeners.adt',
    ],
    [
      'one port for two listeners',
      { ...minimal, listeners: { adt: {}, lab: { port: 2576 } } },
      'MLLP_PORT is given, but there are several listeners',
      { MLLP_PORT: '2600' },
    ],
    ['a misspelt variable', minimal, 'did you mean FASCIA_HOME?', { FASCIA_HOM: '/x' }],
    ['another database', minimal, 'DATABASE_URL must be a URL', { DATABASE_URL: 'localhost' }],
    [
      'demo data that was not asked for',
      { ...minimal, demo: {} },
      'only with --demo',
      { DATABASE_URL: 'postgres://h/d' },
    ],
    ['demo data where there is none', minimal, 'this site has no demo data', {}, { demo: true }],
    ['text that is not JSON', '{"databaseUrl": "postgres://u:hush@h", }', 'is not JSON: the error is at line 1 column'],
  ])('refuses %s', (_, file, message, environment = {}, options = {}) => {
    expect(() => load(file, environment, options)).toThrow(
      expect.objectContaining({ code: 'config.invalid', message: expect.stringContaining(message) as unknown }),
    );
  });

  it('names every problem at once, and no secret', () => {
    const bad = { ...minimal, databaseUrl: 'postgres://u:hush@h', timeZone: 'x', port: -1, pages: 1 };
    expect(() => load(bad)).toThrow(/timeZone[^]*port[^]*pages/);
    expect(() => load(bad)).not.toThrow(/hush/);
    expect(() => load('{"databaseUrl": "postgres://u:hush@h", }')).not.toThrow(/hush/);
  });

  it('prints secrets masked, also inside URLs', () => {
    const systems = { ehr: { url: 'postgres://u:hush1@h/d?sslmode=require&password=hush2' } };
    const text = printConfig(load({ ...minimal, systems, databaseUrl: 'postgres://u:hush3@h/d' }));
    expect(text).not.toContain('hush');
    expect(text).toContain('postgres://u:***@h/d?sslmode=require&password=***');
  });
});

describe('names', () => {
  it.each([
    ['acess', 'access'],
    ['TIMEZONE', 'timeZone'],
    ['completely', undefined],
  ])('%s means %s', (unknown, near) => {
    expect(nearestName(unknown, ['access', 'timeZone', 'port'])).toBe(near);
  });

  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['0:0:0:0:0:0:0:1', true],
    ['::ffff:127.0.0.1', true],
    ['::ffff:10.0.0.1', false],
    ['0.0.0.0', false],
    ['::', false],
    ['1.127.0.0', false],
    ['', false],
  ])('address %s is loopback: %s', (address, expected) => {
    expect(isLoopbackAddress(address)).toBe(expected);
  });

  it.each([
    ['localhost', true],
    ['LOCALHOST', true],
    ['[::1]', true],
    ['localhost.evil.example', false],
    ['127.0.0.1.nip.io', false],
    ['evil.example', false],
  ])('host %s is loopback: %s', (host, expected) => {
    expect(isLoopbackHost(host)).toBe(expected);
  });
});
