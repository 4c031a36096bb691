import { describe, expect, it } from '@jest/globals';
import type { Branch, MappingModule, Select, SqlSystem } from '../../../src/contracts/index.ts';
import {
  alias,
  civilDate,
  code,
  coded,
  date,
  defineBranch,
  derive,
  integer,
  many,
  period,
  string,
  table,
  text,
  ymd,
} from '../../../src/mappings/kit/index.ts';
import { buildCatalogue, inspectBranch, type InspectOptions, type Inspected } from '../../../src/record/index.ts';
import { createSealer } from '../../../src/security/index.ts';

type Rows = readonly Readonly<Record<string, string | null>>[];

/** A system whose tables are given; it answers by table, in the order of the key, and knows no conditions. */
function systemOf(tables: Readonly<Record<string, Rows>>): { readonly system: SqlSystem; readonly selects: Select[] } {
  const selects: Select[] = [];
  const answer = (select: Select) => {
    selects.push(select);
    const rows = tables[select.from.table.name] ?? [];
    const ordered = select.descending ? rows.toReversed() : rows;
    const limited = ordered.slice(0, select.limit ?? ordered.length);
    return limited.map((row) => select.columns.map(({ name }) => row[name] ?? null));
  };
  const system = {
    id: 's',
    run: (statement: { readonly selects: readonly Select[] }) =>
      Promise.resolve({ rows: statement.selects.map(answer) }),
    async *stream(select: Select) {
      yield await Promise.resolve(answer(select));
    },
  } as unknown as SqlSystem;
  return { system, selects };
}

async function inspected(
  branch: Branch,
  tables: Readonly<Record<string, Rows>>,
  options: Partial<InspectOptions> = {},
): Promise<Inspected> {
  const { system } = systemOf(tables);
  const catalogue = buildCatalogue([{ module: { id: 's', branches: [branch] } as unknown as MappingModule, system }]);
  const [entry] = catalogue.branches;
  if (entry === undefined) throw new Error('no branch');
  const sealer = createSealer(new Uint8Array(32));
  const defaults: InspectOptions = { catalogue, sealer, most: undefined, validate: undefined, onRows: () => undefined };
  return inspectBranch(entry, { ...defaults, ...options }, new AbortController().signal);
}

const PERSON = table('PERSON', {
  ID: integer(),
  NAME: text(),
  SEX: coded(text(), ['M', 'F']),
  FLAG: coded(text(), ['Y', 'N']),
  BORN: integer(),
  DIED: integer(),
  STATE: text(),
  SPARE: date(),
});
const PLACE = table('PLACE', { OWNER: integer(), SEQ: integer(), CITY: text() });
const p = alias('p', PERSON);
const a = alias('a', PLACE);

const patient = defineBranch('Patient', {
  prefix: 'pa',
  from: p,
  key: [p.ID],
  elements: {
    name: [{ family: string(p.NAME) }],
    gender: code(
      p.SEX,
      { M: 'male', F: 'female' },
      { unmapped: { fallback: 'unknown' }, system: 'http://hl7.org/fhir/administrative-gender' },
    ),
    birthDate: ymd(p.BORN),
    deceasedDateTime: ymd(p.DIED),
    active: derive({ columns: [p.STATE], write: (state) => state !== 'closed' }),
    contact: [{ period: period(civilDate(p.SPARE), civilDate(p.SPARE)) }],
    address: many({ from: a, on: [[a.OWNER, p.ID]], order: [a.SEQ], element: { city: string(a.CITY) } }),
  },
});

const SECRET = 'Lindqvist';
const sound = {
  NAME: SECRET,
  SEX: 'M',
  FLAG: 'Y',
  BORN: '19800101',
  DIED: null,
  STATE: null,
  SPARE: null,
};

describe('the rows of a branch', () => {
  const rows: Rows = [
    { ...sound, ID: '1' },
    { ...sound, ID: '2', BORN: '19990231' },
    { ...sound, ID: '3', SEX: 'Q', FLAG: 'X', DIED: '0', STATE: 'open' },
    { ...sound, ID: null },
  ];
  const places: Rows = [{ OWNER: '1', SEQ: '1', CITY: 'Easton' }];
  const looked = inspected(patient, { PERSON: rows, PLACE: places });

  it('that cannot be mapped are counted by element and reason', async () => {
    expect((await looked).report.refused).toEqual([
      { element: 'Patient.birthDate', reason: 'a date that does not exist', count: 1 },
      { element: 'Patient.id', reason: 'the native key has no id', count: 1 },
    ]);
  });

  it('are counted by their codes without a map, and by codes that are not declared, although no element needs them', async () => {
    const { unmapped, uncoded } = (await looked).report;
    expect(unmapped).toContainEqual({ element: 'Patient.gender', columns: ['PERSON.SEX'], count: 1 });
    expect(uncoded).toEqual([
      { table: 'PERSON', column: 'SEX', count: 1 },
      { table: 'PERSON', column: 'FLAG', count: 1 },
    ]);
  });

  it('say for each column how often it holds something', async () => {
    const filled = Object.fromEntries(
      (await looked).filled.map(({ table: of, column, count }) => [`${of}.${column}`, count]),
    );
    expect(filled).toMatchObject({ 'PERSON.NAME': 4, 'PERSON.SPARE': 0, 'PERSON.DIED': 1, 'PLACE.CITY': 1 });
  });

  it('give each value that is not in its resource a reason, or none', async () => {
    const reasons = (await looked).report.unreached.map(
      ({ column, reason, count }) => `${column} ${reason} ${String(count)}`,
    );
    expect(new Set(reasons)).toEqual(new Set(['SEX unmapped 1', 'DIED unknown 1', 'STATE none 1', 'OWNER rows 1']));
  });

  it('are in their resource by another column where either of two is enough, which a third value like them is not', async () => {
    const either = derive({ columns: [p.SEX, p.FLAG], write: (sex, flag) => sex === 'Y' || flag === 'Y' });
    const spare = derive({ columns: [p.STATE], write: () => 'anything' });
    const branch = defineBranch('Patient', {
      ...{ prefix: 'pa', from: p, key: [p.ID] },
      elements: { active: either, birthDate: spare },
    });
    const unreached = async (row: Rows[number]): Promise<readonly string[]> => {
      const { report } = await inspected(branch, { PERSON: [{ ID: '1', ...row }] });
      return report.unreached.map(({ column, reason }) => `${column} ${reason}`).toSorted();
    };
    expect(await unreached({ SEX: 'Y', FLAG: 'Y', STATE: 'Y' })).toEqual([
      'FLAG repeated',
      'SEX repeated',
      'STATE none',
    ]);
    expect(await unreached({ SEX: 'Y', STATE: 'Y' })).toEqual(['STATE none']);
    expect(await unreached({ SEX: 'M', FLAG: 'M' })).toEqual(['FLAG none', 'SEX none']);
  });

  it('are not told', async () => {
    const { samples, report, filled } = await looked;
    expect(samples.join()).toContain(SECRET);
    expect(JSON.stringify({ report, filled })).not.toMatch(/Lindqvist|Easton|1980/);
  });
});

describe('a look at some rows', () => {
  const many_ = Array.from({ length: 10 }, (_, i) => ({ ...sound, ID: String(i), NAME: `n${String(i)}` }));

  it('sees the first and the last, each once', async () => {
    const seen = async (most: number): Promise<readonly string[]> => {
      const { samples, report } = await inspected(patient, { PERSON: many_ }, { most });
      const names = samples.map((sample) => /"family":"(n\d)"/.exec(sample)?.[1] ?? '');
      return [...names, String(report.rows), String(report.isWhole)];
    };
    expect(await seen(4)).toEqual(['n0', 'n1', 'n9', 'n8', '4', 'false']);
    expect(await seen(20)).toEqual([...many_.map(({ NAME }) => NAME), '10', 'true']);
    expect((await seen(10)).slice(-2)).toEqual(['10', 'false']);
  });

  it('asks of no value whether it is in its resource', async () => {
    expect((await inspected(patient, { PERSON: many_ }, { most: 4 })).report.unreached).toEqual([]);
  });

  it('counts what validation says by element and code', async () => {
    const validate = (): Promise<readonly { element: string; code: string }[]> =>
      Promise.resolve([{ element: 'Patient.contact', code: 'invariant' }]);
    const { report } = await inspected(patient, { PERSON: many_ }, { validate });
    expect(report.invalid).toEqual([{ element: 'Patient.contact', code: 'invariant', count: 10 }]);
  });
});
