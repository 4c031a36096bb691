import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bundle, CapabilityStatement, MedicationDispense, Organization } from '@medplum/fhirtypes';
import type { MappingModule } from '../../src/contracts/index.ts';
import { lineageOf, mappingPage } from '../../src/record/index.ts';
import { matchesOf } from '../support/patients.ts';
import { openScratch, type Scratch, type ScratchServer } from '../support/scratch.ts';

const howTo = readFileSync('docs/mappings/how-to.md', 'utf8');

/** One line of a module's file. */
interface Line {
  readonly file: string;
  readonly line: string;
}

/** What a mapping says of an element without being asked for it. */
interface Told {
  readonly page: readonly string[];
  readonly lineage: readonly object[];
  readonly params: readonly string[];
}

describe('a column that is not mapped yet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fascia-column-'));
  let scratch: Scratch;

  beforeAll(async () => {
    scratch = await openScratch();
  });
  afterAll(async () => {
    await scratch.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A copy of a module of the demo, in a folder of its name. Out: how to edit its files, which are all read anew. */
  function copyModule(
    id: string,
    name: string,
    edit: (file: string, text: string) => string,
    files: readonly string[],
  ): string {
    const copy = join(folder, name, id);
    cpSync(join('demo', 'site', 'mappings', id), copy, { recursive: true });
    for (const file of files) writeFileSync(join(copy, file), edit(file, readFileSync(join(copy, file), 'utf8')));
    return copy;
  }

  async function told(server: ScratchServer, copy: string, type: string, path: string): Promise<Told> {
    const { default: module } = (await import(pathToFileURL(join(copy, 'index.ts')).href)) as {
      default: MappingModule;
    };
    const { catalogue } = server.running.installation.record;
    const statement = (await (await server.fetch('metadata')).json()) as CapabilityStatement;
    const row = statement.rest?.[0]?.resource?.find((one) => one.type === type);
    return {
      page: mappingPage(module, catalogue)
        .split('\n')
        .filter((line) => line.startsWith(`| ${path} |`)),
      lineage: catalogue.branches
        .filter(({ moduleId }) => moduleId === module.id)
        .flatMap((entry) => lineageOf(entry).filter((element) => element.path === path))
        .map(({ columns, parameters }) => ({ columns, parameters })),
      params: (row?.searchParam ?? []).map(({ name }) => name),
    };
  }

  const statusOf = async (server: ScratchServer, path: string): Promise<number> => (await server.fetch(path)).status;
  const totalOf = async (server: ScratchServer, path: string): Promise<number | undefined> =>
    ((await (await server.fetch(`${path}&_summary=count`)).json()) as Bundle).total;

  it('is served by one line, and everything follows', async () => {
    const id = 'meridian-pharmacy';
    const added: Line = { file: 'dispense.ts', line: '    whenPrepared: instantTime(d.prepared_at),\n' };
    expect(howTo).toContain(added.line);
    const without = copyModule(id, 'without', (_, text) => text.replace(added.line, ''), [added.file]);
    const before = await scratch.start({ modules: { [id]: without } });
    expect(readFileSync(join(without, added.file), 'utf8')).not.toContain('prepared_at');
    const [dispense] = await matchesOf<MedicationDispense>(before, 'MedicationDispense?status=completed&_count=500');
    expect(dispense?.whenPrepared).toBeUndefined();
    expect(await statusOf(before, 'MedicationDispense?whenprepared=ge2020')).toBe(400);
    expect(await statusOf(before, 'MedicationDispense?_sort=whenprepared')).toBe(400);
    expect(await told(before, without, 'MedicationDispense', 'MedicationDispense.whenPrepared')).toMatchObject({
      page: [],
      lineage: [],
    });
    await before.stop();

    const complete = copyModule(
      id,
      'with',
      (file, text) =>
        file === added.file ? text.replace(added.line, '').replace(/(\n {2}elements: \{\n)/, `$1${added.line}`) : text,
      [added.file],
    );
    const after = await scratch.start({ modules: { [id]: complete } });
    const key = dispense?.id?.slice('pd.'.length) ?? '';
    const { rows } = (await scratch.sql(
      'pharmacy',
      `select to_char(prepared_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at from dispense where disp_id = ${key}`,
    )) as { rows: { at: string }[] };
    const read = (await (await after.fetch(`MedicationDispense/${dispense?.id ?? ''}`)).json()) as MedicationDispense;
    expect(read.whenPrepared).toBe(rows[0]?.at);
    expect(read.meta?.versionId).not.toBe(dispense?.meta?.versionId);
    await expectCount(after, 'whenprepared=ge2026-10-01T00:00:00Z', `prepared_at >= '2026-10-01T00:00:00Z'`);
    await expectCount(after, 'whenprepared=lt2026-10-01T00:00:00Z', `prepared_at < '2026-10-01T00:00:00Z'`);
    await expectCount(after, 'whenprepared:missing=true', 'prepared_at is null');
    const sorted = await matchesOf<MedicationDispense>(after, 'MedicationDispense?_sort=-whenprepared&_count=500');
    const times = sorted.map(({ whenPrepared }) => whenPrepared ?? '');
    expect(new Set(times).size).toBeGreaterThan(50);
    expect(times).toEqual(times.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
    const follows = await told(after, complete, 'MedicationDispense', 'MedicationDispense.whenPrepared');
    expect(follows).toMatchObject({
      page: ['| MedicationDispense.whenPrepared | `dispense.prepared_at (instant)` |  |  | whenprepared |'],
      lineage: [{ columns: ['dispense.prepared_at (instant)'], parameters: ['whenprepared'] }],
    });
    expect(follows.params).toContain('whenprepared');
    await after.stop();
  });

  async function expectCount(server: ScratchServer, query: string, where: string): Promise<void> {
    const { rows } = (await scratch.sql(
      'pharmacy',
      `select count(*)::int as n from dispense where voided is distinct from true and ${where}`,
    )) as { rows: { n: number }[] };
    expect(rows[0]?.n).toBeGreaterThan(0);
    expect({ query, total: await totalOf(server, `MedicationDispense?${query}`) }).toEqual({
      query,
      total: rows[0]?.n,
    });
  }

  it('that its table got just now is described by one more line', async () => {
    const id = 'meridian-ehr';
    const described: Line = { file: 'tables.ts', line: '  CITY: text(),\n' };
    const mapped: Line = { file: 'staff.ts', line: '    address: [{ city: string(department.CITY) }],\n' };
    for (const { line } of [described, mapped]) expect(howTo).toContain(line);
    await scratch.sql('ehr', `alter table "DEPT" add "CITY" varchar(40)`);
    await scratch.sql(
      'ehr',
      `update "DEPT" set "CITY" = case when "DEPT_TYP" = 'H' then 'Riverton' else 'Hill Valley' end where "DEPT_CD" <> 'LAB'`,
    );
    const copy = copyModule(
      id,
      'new column',
      (file, text) =>
        file === described.file
          ? text.replace("table('DEPT', {\n", `table('DEPT', {\n${described.line}`)
          : text.replace(
              '    name: string(department.DEPT_NM),\n',
              `    name: string(department.DEPT_NM),\n${mapped.line}`,
            ),
      [described.file, mapped.file],
    );
    const server = await scratch.start({ modules: { [id]: copy } });
    const found = await matchesOf<Organization>(server, 'Organization?address-city=river&_sort=address-city');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ address }) => address?.[0]?.city === 'Riverton')).toBe(true);
    const sorted = await matchesOf<Organization>(server, 'Organization?_sort=address-city&_count=500');
    const cities = sorted.map(({ address }) => address?.[0]?.city ?? '\uffff');
    expect(new Set(cities).size).toBe(7);
    expect(cities).toEqual(cities.toSorted());
    // Partners have cities too.
    expect(await told(server, copy, 'Organization', 'Organization.address.city')).toMatchObject({
      page: ['DEPT', 'PARTNER'].map(
        (table) => `| Organization.address.city | \`${table}.CITY (text)\` |  |  | address, address-city |`,
      ),
      lineage: ['DEPT', 'PARTNER'].map((table) => ({
        columns: [`${table}.CITY (text)`],
        parameters: ['address', 'address-city'],
      })),
    });
  });

  it('is explained with codecs that exist', async () => {
    const published = Object.keys(await import('../../src/mappings/kit/index.ts'));
    const named = [...howTo.matchAll(/`([a-z][A-Za-z]+)(?:\(|`)/g)].map(([, name]) => name ?? '');
    const words = [
      'elements',
      'derive',
      'folding',
      'when',
      'unmapped',
      'missing',
      'damaged',
      'address',
      'whenprepared',
      'versionId',
      'whenPrepared',
      'where',
      'present',
      'branches',
      'unknown',
      'labels',
      'profiles',
      'profileNeeds',
      'varchar',
      'driftMinutes',
      'absentInSource',
      'active',
      'status',
      'verificationStatus',
      'required',
      'named',
      'key',
      'additional',
      'data',
      'url',
      'parts',
      'securityContext',
    ];
    expect(named.filter((name) => !published.includes(name) && !words.includes(name))).toEqual([]);
    const codecs =
      readFileSync('src/mappings/kit/index.ts', 'utf8').match(/export \{[^}]+\} from '\.\/codecs\/[^']+'/g) ?? [];
    const values = codecs
      .flatMap((text) => text.replace(/export \{|\}.*$/gs, '').split(','))
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '));
    expect(values.filter((name) => !howTo.includes(`\`${name}`))).toEqual([]);
  });
});
