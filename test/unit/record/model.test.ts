import { describe, expect, it } from '@jest/globals';
import type { Codec, Many, Node } from '../../../src/contracts/index.ts';
import { parsePaths } from '../../../src/record/model/paths.ts';
import { leaves, walk, type Place } from '../../../src/record/model/walk.ts';
import { searchParameters } from '../../../src/fhir/index.ts';

const codec = (extra: Partial<Codec> = {}): Codec => ({ is: 'codec', columns: [], compile: () => () => '', ...extra });
const place = (node: Node): Place => ({ node, via: [], path: 'X' });

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
});
