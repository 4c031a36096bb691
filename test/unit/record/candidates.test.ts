import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Branch, Criterion, DateValue, MappingModule, SqlSystem } from '../../../src/contracts/index.ts';
import {
  alias,
  civilDate,
  code,
  constant,
  date,
  defineBranch,
  integer,
  localCode,
  table,
  text,
} from '../../../src/mappings/kit/index.ts';
import { buildCatalogue, type Catalogue } from '../../../src/record/index.ts';
import { createCandidates, type Candidate, type Candidates } from '../../../src/record/lower/candidates.ts';
import type { Lowering } from '../../../src/record/lower/lower.ts';

const ROLE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';

type Rows = ReturnType<typeof rows>;

function locations(prefix: string, typeOf: (of: Rows) => ReturnType<typeof localCode>): Branch {
  const of = rows(prefix);
  return defineBranch('Location', {
    ...{ prefix, from: of, key: [of.ID] },
    elements: {
      status: code(of.STATUS, { A: 'active' }, { unmapped: 'damaged', system: 'http://hl7.org/fhir/location-status' }),
      type: [typeOf(of)],
    },
  });
}

function rows(prefix: string) {
  return alias(prefix, table('T', { ID: integer(), CODE: text(), STATUS: text() }));
}

const hospital = locations('h', () => constant({ coding: [{ system: ROLE, code: 'HOSP' }] }));
const ward = locations('w', () => constant({ coding: [{ system: ROLE, code: 'ICU' }] }));
const local = locations('l', ({ CODE }) => localCode({ column: CODE, system: 'https://x.example/cs', maps: [] }));

function catalogueOf(...branches: readonly Branch[]): Catalogue {
  const installed = branches.map((branch) => ({
    module: { id: branch.prefix, branches: [branch] } as unknown as MappingModule,
    system: { id: branch.prefix } as SqlSystem,
  }));
  return buildCatalogue(installed);
}

const catalogue = catalogueOf(hospital, ward, local);
const lowering = {
  catalogue,
  hops: { keys: () => [] },
  primaries: new Map(),
  context: { zone: 'UTC', nowMs: 0 },
} as unknown as Lowering;

function asks(parameter: string, system: string, value: string, negated = false): Criterion {
  return {
    ...{ is: 'parameter', code: parameter, type: 'token', negated },
    values: [{ is: 'token', system, code: value }],
  };
}

const PACKS = alias('m', table('M', { ID: integer(), EXPIRES: date() }));
const medications = defineBranch('Medication', {
  ...{ prefix: 'm', from: PACKS, key: [PACKS.ID] },
  elements: { batch: { expirationDate: civilDate(PACKS.EXPIRES) } },
});

describe('the branches that may match', () => {
  let candidates: Candidates;
  beforeEach(() => {
    candidates = createCandidates();
  });
  const found = (...where: readonly Criterion[]): readonly string[] =>
    candidates({ type: 'Location', where }, lowering).map(({ entry }) => entry.branch.prefix);

  it('are those that can hold the code, each time it is asked', () => {
    for (let time = 0; time < 2; time += 1) {
      expect(found(asks('type', ROLE, 'HOSP'))).toEqual(['h']);
      expect(found(asks('type', 'https://x.example/cs', 'A'))).toEqual(['l']);
    }
  });

  it('are all without a code, and those that do not hold it where it is negated', () => {
    expect(found()).toEqual(['h', 'w', 'l']);
    expect(found(asks('type', ROLE, 'HOSP', true))).toEqual(['w', 'l']);
  });

  it('satisfy all codes that are asked for', () => {
    const status = 'http://hl7.org/fhir/location-status';
    expect(found(asks('type', ROLE, 'HOSP'), asks('status', status, 'active'))).toEqual(['h']);
    expect(found(asks('type', ROLE, 'HOSP'), asks('status', status, 'suspended'))).toEqual([]);
    expect(found(asks('type', ROLE, 'HOSP'), asks('type', ROLE, 'ICU'))).toEqual([]);
  });

  it('are asked what is no code, and told what was lowered of the codes', () => {
    const missing: Criterion = { is: 'missing', code: 'type', missing: false };
    const [only] = candidates({ type: 'Location', where: [missing, asks('type', ROLE, 'ICU')] }, lowering);
    expect(only).toMatchObject({ where: [missing], lowered: [{ is: 'always' }] });
  });

  it('are never known by an id: ids are looked up for each request', () => {
    const id = asks('_id', '', 'h.1');
    const [first] = candidates({ type: 'Location', where: [id] }, lowering);
    expect(first).toMatchObject({ where: [id], lowered: [] });
  });

  it('are told dates as they were lowered before, but for those near now', () => {
    const dated = { ...lowering, catalogue: catalogueOf(medications) } as Lowering;
    const day = (prefix: DateValue['prefix'], civil: string): DateValue => ({
      ...{ is: 'date', prefix, civil, precision: 'day' },
    });
    const on = (prefix: DateValue['prefix'], civil: string): Criterion => ({
      ...{ is: 'parameter', code: 'expiration-date', type: 'date', negated: false },
      values: [day(prefix, civil)],
    });
    const asked = (where: readonly Criterion[]): Candidate | undefined =>
      candidates({ type: 'Medication', where }, dated)[0];
    const first = asked([on('sa', '2023-12-31')]);
    expect(first).toMatchObject({ where: [], lowered: [{ is: 'compare', op: '>=', value: '2024-01-01' }] });
    expect(asked([on('sa', '2023-12-31')])?.lowered[0]).toBe(first?.lowered[0]);
    expect(asked([on('sa', '2024-01-01')])).toMatchObject({ lowered: [{ value: '2024-01-02' }] });
    expect(asked([on('ap', '2024-01-01')])).toMatchObject({ where: [on('ap', '2024-01-01')], lowered: [] });
    const list = { ...on('sa', '2023-12-31'), values: [day('sa', '2023-12-31'), day('sa', '2024-01-01')] } as Criterion;
    expect(asked([list])).toMatchObject({ where: [list], lowered: [] });
  });

  it('remember short lists of codes, and no long ones, which would fill the memory', () => {
    const list = (length: number): Criterion => {
      const values = Array.from({ length }, (_, i) => ({ is: 'token', system: 'https://x.example/cs', code: `C${i}` }));
      return { ...asks('type', '', ''), values } as Criterion;
    };
    const asked = (length: number): unknown =>
      candidates({ type: 'Location', where: [list(length)] }, lowering)[0]?.lowered[0];
    expect(asked(5)).toBe(asked(5));
    expect(asked(500)).not.toBe(asked(500));
    expect(asked(500)).toEqual(asked(500));
  });

  it('keep a criterion that has to be judged', () => {
    const entries = catalogue.branches.map((entry) =>
      entry.branch.prefix === 'l' ? { ...entry, params: new Map(entry.params).set('type', { ...judged }) } : entry,
    );
    const byType = new Map([['Location', entries]]);
    const judging = { ...lowering, catalogue: { ...catalogue, byType } } as Lowering;
    const asked = asks('type', ROLE, 'HOSP');
    const [constantOne, judgedOne, ...others] = candidates({ type: 'Location', where: [asked] }, judging);
    expect(others).toEqual([]);
    expect(constantOne).toMatchObject({ where: [], lowered: [{ is: 'always' }] });
    expect(judgedOne).toMatchObject({ where: [asked], lowered: [] });
  });
});

const judged = {
  code: 'code',
  type: 'token',
  hits: [],
  foci: [],
  residual: { elements: ['type'], places: 1 },
} as const;
