import { describe, expect, it } from '@jest/globals';
import type { Branch, MappingModule, SqlSystem } from '../../../src/contracts/index.ts';
import { alias, defineBranch, integer, string, table, text, type Folding } from '../../../src/mappings/kit/index.ts';
import { buildCatalogue, type Catalogue } from '../../../src/record/index.ts';

const upper: Folding = {
  by: 'expression',
  sql: { default: 'upper(??)' },
  fold: (value) => value.toUpperCase(),
  letters: 'upper',
};

function organizations(prefix: string, folding?: Folding): Branch {
  const of = alias(prefix, table('T', { ID: integer(), NAME: text(folding === undefined ? {} : { folding }) }));
  return defineBranch('Organization', { prefix, from: of, key: [of.ID], elements: { name: string(of.NAME) } });
}

function catalogueOf(...branches: readonly Branch[]): Catalogue {
  const installed = branches.map((branch) => ({
    module: { id: branch.prefix, branches: [branch] } as unknown as MappingModule,
    system: { id: branch.prefix } as SqlSystem,
  }));
  return buildCatalogue(installed);
}

describe('a parameter sorts', () => {
  const sortable = (...branches: readonly Branch[]): boolean | undefined =>
    catalogueOf(...branches)
      .served.get('Organization')
      ?.params.get('name')?.sortable;

  it('where all branches have keys of one scale', () => {
    expect(sortable(organizations('a'))).toBe(true);
    expect(sortable(organizations('a'), organizations('b'))).toBe(true);
    expect(sortable(organizations('a', upper), organizations('b', upper))).toBe(true);
  });

  it('nowhere else: capitals come before small letters, so two such orders cannot be merged', () => {
    expect(sortable(organizations('a', upper), organizations('b'))).toBe(false);
  });
});

describe('a branch that the compiler was not asked about', () => {
  const broken = (elements: Branch['elements']): Branch => ({ ...organizations('a'), type: 'Observation', elements });

  it('is refused by the names of its unknown and missing elements', () => {
    const { name } = organizations('a').elements;
    expect(() => catalogueOf(broken({ nme: name! }))).toThrow(
      "Branch 'a' of a: R4 knows no element Observation.nme; the required element Observation.status is missing; the required element Observation.code is missing.",
    );
  });

  it('is refused by the names of what no datatype and no part of an element has', () => {
    const { name } = organizations('a').elements;
    const text = name!;
    const elements: Branch['elements'] = {
      ...{ status: text, code: { coding: [{ kode: text }], text } },
      valueQuantity: { value: text, unitt: text },
      referenceRange: [{ text, low: { valeu: text } }],
      component: [{ code: { text }, valueString: text, valueText: text, referenceRange: [{ hihg: text, text }] }],
    };
    expect(() => catalogueOf(broken(elements))).toThrow(
      `Branch 'a' of a: ${[
        'Observation.code.coding.kode',
        'Observation.valueQuantity.unitt',
        'Observation.referenceRange.low.valeu',
        'Observation.component.valueText',
        'Observation.component.referenceRange.hihg',
      ]
        .map((path) => `R4 knows no element ${path}`)
        .join('; ')}.`,
    );
  });

  it('is refused where a required choice is missing', () => {
    expect(() => catalogueOf({ ...broken({}), type: 'MedicationDispense' })).toThrow(
      'the required element MedicationDispense.medication[x] is missing',
    );
  });
});
