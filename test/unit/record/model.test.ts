import { describe, expect, it } from '@jest/globals';
import {
  always,
  never,
  not,
  or,
  type Codec,
  type Many,
  type Node,
  type Predicate,
} from '../../../src/contracts/index.ts';
import { parsePaths } from '../../../src/record/model/paths.ts';
import { leaves, walk, type Place } from '../../../src/record/model/walk.ts';
import { searchParameters } from '../../../src/fhir/index.ts';

const codec = (extra: Partial<Codec> = {}): Codec => ({ is: 'codec', columns: [], compile: () => () => '', ...extra });
const place = (node: Node): Place => ({ node, via: [], written: always, path: 'X' });

describe('parsePaths reads the FHIRPath subset of R4 search parameters', () => {
  it.each([
    ['Patient.name.family', 'Patient', [[{ name: 'name' }, { name: 'family' }]]],
    ['(Observation.value as Quantity)', 'Observation', [[{ name: 'value', as: 'Quantity' }]]],
    ['Observation.value.as(Quantity)', 'Observation', [[{ name: 'value', as: 'Quantity' }]]],
    ['Observation.value.ofType(Quantity)', 'Observation', [[{ name: 'value', as: 'Quantity' }]]],
    [
      "Patient.telecom.where(system='phone')",
      'Patient',
      [[{ name: 'telecom', where: { name: 'system', value: 'phone' } }]],
    ],
    ['Observation.subject.where(resolve() is Patient)', 'Observation', [[{ name: 'subject', resolvesTo: 'Patient' }]]],
    ['AllergyIntolerance.code | Condition.code', 'Condition', [[{ name: 'code' }]]],
    [
      '(Observation.value as CodeableConcept).text',
      'Observation',
      [[{ name: 'value', as: 'CodeableConcept' }, { name: 'text' }]],
    ],
    ['Observation | Observation.component', 'Observation', [[], [{ name: 'component' }]]],
  ])('%s', (expression, type, expected) => {
    expect(parsePaths(expression, type)?.map((path) => path.steps)).toEqual(expected);
  });

  it('gives up on an expression outside the subset instead of reading it half', () => {
    expect(parsePaths('Patient.deceased.exists() and Patient.deceased != false', 'Patient')).toBeUndefined();
  });

  it('reads most R4 expressions of the served types', () => {
    const unread = ['Patient', 'Practitioner', 'Organization', 'Observation', 'MedicationDispense'].flatMap((type) =>
      searchParameters(type)
        .filter((p) => p.expression !== undefined && parsePaths(p.expression, type) === undefined)
        .map((p) => `${type}.${p.code}`),
    );
    expect(unread).toEqual(['Patient.deceased']);
  });
});

describe('walk follows a path over a declared tree', () => {
  it('finds each alternative of a choice element, or the one that is named', () => {
    const quantity = codec();
    const text = codec();
    const tree = place({ valueQuantity: quantity, valueString: text });
    expect(walk(tree, [{ name: 'value' }]).map((p) => p.node)).toEqual([quantity, text]);
    expect(walk(tree, [{ name: 'value', as: 'Quantity' }]).map((p) => p.node)).toEqual([quantity]);
  });

  it('keeps the entries whose constant passes where()', () => {
    const phone = codec();
    const mail = codec();
    const tree = place({
      telecom: [
        { system: codec({ constant: 'phone' }), value: phone },
        { system: codec({ constant: 'email' }), value: mail },
      ],
    });
    const found = walk(tree, [{ name: 'telecom', where: { name: 'system', value: 'email' } }]).flatMap(leaves);
    expect(found.map((hit) => hit.codec)).toContain(mail);
    expect(found.map((hit) => hit.codec)).not.toContain(phone);
  });

  it('remembers the to-many children on the way', () => {
    const city = codec();
    const many: Many = {
      is: 'many',
      from: { alias: 'a', table: { name: 'A', columns: {} } },
      joins: [],
      on: [],
      order: [],
      element: { city },
    };
    const [hit] = walk(place({ address: many }), [{ name: 'address' }, { name: 'city' }]).flatMap(leaves);
    expect(hit?.codec).toBe(city);
    expect(hit?.via).toEqual([many]);
  });

  describe('knows where a constant is written: only where an element beside it is', () => {
    const has = (name: string): Predicate => ({
      is: 'null',
      of: { alias: 'a', name, type: { kind: 'text' } },
    });
    const [X, Y] = [has('X'), has('Y')];
    const code = codec({ constant: 'c' });
    const value = (present?: Predicate): Codec => codec(present === undefined ? {} : { present });
    const rows = (node: Node): Many => ({
      is: 'many',
      from: { alias: 'b', table: { name: 'B', columns: {} } },
      joins: [],
      on: [],
      order: [],
      element: node,
    });
    const writtenAt = (tree: Node, ...names: string[]): readonly (Predicate | undefined)[] =>
      walk(
        place({ root: tree }),
        ['root', ...names].map((name) => ({ name })),
      )
        .flatMap(leaves)
        .filter((hit) => hit.codec === code)
        .map((hit) => hit.written);

    it.each<[string, Node, string[], readonly (Predicate | undefined)[]]>([
      ['alone', { code, display: code }, ['code'], [always]],
      ['beside a value', { code, value: value(X) }, ['code'], [X]],
      ['beside two values', { code, value: value(X), other: [value(Y)] }, ['code'], [or(X, Y)]],
      [
        'beside a value or the reason why there is none',
        { code, value: value(X), reason: value(not(X)) },
        ['code'],
        [always],
      ],
      ['beside what is never there', { code, value: value(never) }, ['code'], [never]],
      [
        'in each of several entries',
        [
          { code, value: value(X) },
          { code, value: value(Y) },
        ],
        ['code'],
        [X, Y],
      ],
      ['as an entry beside one that changes', [code, value(X)], [], [always]],
      ['beside a list with a constant entry', { code, list: [codec({ constant: 'd' }), value(X)] }, ['code'], [always]],
      ['in constants beside a value', { kind: { code }, value: value(X) }, ['kind', 'code'], [X]],
      [
        'beside a value that is beside another',
        { inner: { code, value: value(X) }, value: value(Y) },
        ['inner', 'code'],
        [X],
      ],
      ['beside a value that cannot tell', { code, value: value() }, ['code'], [undefined]],
      ['in a row of a child table', rows({ code, value: value(X) }), ['code'], [X]],
      ['in a row of a child table, alone', rows({ code }), ['code'], [always]],
      [
        'beside rows of a child table',
        { code, rows: rows({ code: value(X), kind: code }) },
        ['code'],
        [{ is: 'exists', from: { alias: 'b', table: { name: 'B', columns: {} } }, joins: [], on: [], where: X }],
      ],
      ['as a part of a datatype', codec({ present: X, parts: { code } }), ['code'], [X]],
    ])('%s', (_, tree, names, expected) => {
      expect(writtenAt(tree, ...names)).toEqual(expected);
    });
  });
});
