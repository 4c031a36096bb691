import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { Fault } from '../../../src/core/index.ts';
import type { Codec, MappingModule, Many, Node } from '../../../src/contracts/index.ts';
import {
  alias,
  always,
  char,
  code,
  constant,
  defineBranch,
  defineModule,
  equals,
  expr,
  fact,
  integer,
  isFlag,
  isNull,
  join,
  many,
  oneOf,
  string,
  table,
  tableOf,
  text,
} from '../../../src/mappings/kit/index.ts';
import { holds } from './evaluate-predicate.ts';

const PAT = table('PAT', { NO: char(10), NM: text(), DEL: char(1), SEX: char(1) }, { schema: 'ehr' });
const ADR = table('ADR', { NO: char(10), SEQ: integer(), CITY: text() });
const p = alias('p', PAT, { live: (t) => oneOf(t.DEL, ['N', null]) });
const a = alias('a', ADR);
const stewardship = {
  owner: 'IT',
  clinicalSteward: 'Dr. A',
  contact: 'it@example.org',
  serviceLevel: 'office hours',
  reviewDate: '2027-01-31',
};
const patient = (elements: Parameters<typeof defineBranch<'Patient'>>[1]['elements'] = {}, prefix = 'p') =>
  defineBranch('Patient', { prefix, from: p, key: [p.NO], elements });
const moduleOf = (changes: Partial<MappingModule>) => (): MappingModule =>
  defineModule({ id: 'ehr', title: 'EHR', stewardship, branches: [patient()], ...changes });

describe('tables and aliases', () => {
  it('give typed columns and the filter of live rows', () => {
    expect(p.NM).toEqual({ alias: 'p', name: 'NM', type: { kind: 'text' } });
    expect(tableOf(p)).toMatchObject({ alias: 'p', table: { name: 'PAT', schema: 'ehr' } });
    const { live } = tableOf(p);
    expect([null, 'N', 'Y'].map((flag) => holds(live!, { 'p.DEL': flag }))).toEqual([true, true, false]);
    expect(Object.keys(a)).toEqual(['NO', 'SEQ', 'CITY']);
  });

  it('refuse a folding by a column that is not declared', () => {
    expect(() =>
      table('T', { A: text({ folding: { by: 'column', column: 'B', letters: 'lower', fold: (value) => value } }) }),
    ).toThrow(Fault);
  });

  it('join to one, with a discriminator for facts', () => {
    expect(join(a, [[a.NO, p.NO]])).toEqual({ to: tableOf(a), on: [[a.NO, p.NO]] });
    expect(fact(a, [[a.NO, p.NO]], equals(a.SEQ, '1')).where).toEqual(equals(a.SEQ, '1'));
    expect(expr('upper', text(), { default: 'upper(??)' }, [p.NM])).toMatchObject({
      alias: 'p',
      computed: { uses: [p.NM] },
    });
    expect(isFlag(p.DEL)).toEqual(equals(p.DEL, 'Y'));
    expect(equals(p.DEL, null)).toEqual(isNull(p.DEL));
  });
});

describe('branches', () => {
  it('tell their codecs the path under which unmapped codes are counted', () => {
    const branch = patient({
      gender: code(p.SEX, { M: 'male' }, { unmapped: 'omit', system: 'http://hl7.org/fhir/administrative-gender' }),
      address: many({
        from: a,
        on: [[a.NO, p.NO]],
        order: [a.SEQ],
        element: { use: code(a.CITY, { H: 'home' }, { unmapped: 'omit', system: 'http://hl7.org/fhir/address-use' }) },
      }),
    });
    const seen: string[] = [];
    const write = (node: Node): void => {
      (node as Codec).compile(() => 0)(['odd'], {
        reference: () => '',
        unmapped: (element) => void seen.push(element),
      });
    };
    write(branch.elements['gender']!);
    write(((branch.elements['address'] as Many).element as { readonly use: Codec }).use);
    expect(seen).toEqual(['Patient.gender', 'Patient.address.use']);
    expect(branch).toMatchObject({ maskKey: false, profiles: [], joins: [] });
  });
});

describe('modules', () => {
  it('pass as they are when they are whole', () => {
    const [patient, provenance, ...others] = moduleOf({})().branches;
    expect(provenance).toMatchObject({ type: 'Provenance', about: patient?.prefix, key: patient?.key });
    expect(others).toEqual([]);
  });

  it.each(['owner', 'clinicalSteward', 'contact', 'serviceLevel', 'reviewDate'])('do not start without %s', (name) => {
    expect(moduleOf({ stewardship: { ...stewardship, [name]: ' ' } })).toThrow(`stewardship lacks ${name}`);
    expect(moduleOf({ stewardship: undefined as never })).toThrow(name);
  });

  const withChildren = (spec: Partial<Parameters<typeof many>[0]>) =>
    ({
      ...patient(),
      elements: {
        address: {
          ...many({ from: a, on: [[a.NO, p.NO]], order: [a.SEQ], element: { city: string(a.CITY) }, ...spec } as never),
        },
      },
    }) as never;
  it.each<[string, Partial<MappingModule>]>([
    ['its id must be', { id: 'The EHR' }],
    ['reviewDate must be a date', { stewardship: { ...stewardship, reviewDate: 'next year' } }],
    ['it has no branches', { branches: [] }],
    ["the prefix 'Pat' must be", { branches: [patient({}, 'Pat')] }],
    ["the prefix 'p' is used twice", { branches: [patient(), patient()] }],
    ['has no key', { branches: [{ ...patient(), key: [] }] }],
    ['the key must be columns of its own table', { branches: [{ ...patient(), key: [a.NO] }] }],
    ["uses the alias 'p' twice", { branches: [{ ...patient(), joins: [join(p, [[p.NO, p.NO]])] }] }],
    ["uses columns of the alias 'a'", { branches: [patient({ birthDate: string(a.CITY) })] }],
    ["uses columns of the alias 'a'", { branches: [{ ...patient(), where: isNull(a.CITY) }] }],
    ['need an order', { branches: [withChildren({ order: [] as never })] }],
    ['are not tied', { branches: [withChildren({ on: [] })] }],
    ["'on' must pair", { branches: [withChildren({ on: [[p.NO, a.NO]] })] }],
    ["children 'a' use columns of the alias 'p'", { branches: [withChildren({ where: isNull(p.NM) })] }],
  ])('refuse: %s', (message, changes) => {
    expect(moduleOf(changes)).toThrow(message);
    try {
      moduleOf(changes)();
    } catch (error) {
      expect((error as Fault).code).toBe('module.invalid');
    }
    expect([always, constant(true).present]).toEqual([always, always]);
  });
});

describe('declarations that must not compile', () => {
  const folder = fileURLToPath(new URL('../../golden/compile/', import.meta.url));
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const config = ts.readConfigFile(`${root}tsconfig.json`, (path) => readFileSync(path, 'utf8')).config as {
    compilerOptions: Record<string, unknown>;
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram(
    files.map((name) => folder + name),
    options,
  );

  it.each(files)('%s', (name) => {
    const source = program.getSourceFile(folder + name)!;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (diagnostic) => ({
        line: source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line,
        text: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
      }),
    );
    const expected = source.text.split('\n').flatMap((text, at) => {
      const fragment = /^ *\/\/ error: (.*)$/.exec(text)?.[1];
      return fragment === undefined ? [] : [{ line: at + 1, fragment }];
    });
    for (const { line, fragment } of expected) {
      const texts = found.filter((one) => one.line === line).map((one) => one.text);
      expect(`${String(line + 1)}: ${texts.join('\n')}`).toContain(fragment);
    }
    expect(found.filter((one) => !expected.some(({ line }) => line === one.line))).toEqual([]);
    expect(expected.length > 0).toBe(name.startsWith('wrong-'));
  });
});
