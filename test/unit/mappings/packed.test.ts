import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CodeableConcept } from '@medplum/fhirtypes';
import type { DialectSql, TokenValue } from '../../../src/contracts/index.ts';
import { alias, packedConcept, string, table, text } from '../../../src/mappings/kit/index.ts';
import { damaged, written } from './codec-harness.ts';
import { holds, type MemoryWorld } from './evaluate-predicate.ts';
import { tokenMatches } from './fhir-match.ts';

const t = alias('t', table('T', { A: text(), B: text() }));
const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
const SNOMED = 'http://snomed.info/sct';
const systems = { ICD10: ICD, ICD: ICD, SNOMED } as const;
const codec = packedConcept({ column: t.A, systems });

/** What the one SQL expression of the codec means. */
const world: MemoryWorld = {
  sql: ({ default: sql }: DialectSql, [value = null]) => {
    const mark = /^concat\('(.)', replace\(\?\?, ' ', ''\), '\1'\)$/.exec(sql)?.[1];
    if (mark === undefined) throw new Error(`not known here: ${sql}`);
    return `${mark}${value?.replaceAll(' ', '') ?? ''}${mark}`;
  },
};

describe('several codings in one text', () => {
  it.each<[string | null, unknown]>([
    [
      'ICD10:E11.9;SNOMED:44054006',
      {
        coding: [
          { system: ICD, code: 'E11.9' },
          { system: SNOMED, code: '44054006' },
        ],
      },
    ],
    [
      ' ICD10 : E11.9 ;; SNOMED:44054006; ',
      {
        coding: [
          { system: ICD, code: 'E11.9' },
          { system: SNOMED, code: '44054006' },
        ],
      },
    ],
    [
      'SNOMED:1;SNOMED:2',
      {
        coding: [
          { system: SNOMED, code: '1' },
          { system: SNOMED, code: '2' },
        ],
      },
    ],
    ['ICD10:A:B', { coding: [{ system: ICD, code: 'A:B' }] }],
    ['READ:X1;ICD10:I10', { coding: [{ system: ICD, code: 'I10' }] }],
    ['E11.9', undefined],
    ['icd10:E11.9', undefined],
    ['READ:X1', undefined],
    [null, undefined],
    ['  ', undefined],
    [';;', undefined],
    ['ICD10:', damaged],
    ['ICD10:E11 .9', damaged],
    ['ICD10:E11\n.9', damaged],
  ])('%j', (raw, expected) => {
    expect(written(codec, { 't.A': raw })).toEqual(expected);
  });

  it('counts an entry without a known label, or is damaged by it', () => {
    const counted: string[] = [];
    written(codec, { 't.A': 'READ:1;ICD10:I10;X' }, { unmapped: (element) => void counted.push(element) });
    expect(counted).toHaveLength(2);
    expect(written(packedConcept({ column: t.A, systems, unmapped: 'damaged' }), { 't.A': 'READ:1' })).toBe(damaged);
  });

  it('has a text beside them', () => {
    const named = packedConcept({ column: t.A, systems: { S: SNOMED }, separator: ',', mark: '|', text: string(t.B) });
    expect(written(named, { 't.A': 'S|1,S|2', 't.B': 'Diabetes' })).toEqual({
      coding: [
        { system: SNOMED, code: '1' },
        { system: SNOMED, code: '2' },
      ],
      text: 'Diabetes',
    });
  });

  it.each<[Partial<Parameters<typeof packedConcept>[0]>]>([
    [{ separator: "'" }],
    [{ separator: '\\' }],
    [{ separator: '?' }],
    [{ separator: ';;' }],
    [{ mark: ';' }],
    [{ systems: {} }],
    [{ systems: { 'I CD': ICD } }],
    [{ systems: { 'ICD:': ICD } }],
  ])('refuses %j', (spec) => {
    expect(() => packedConcept({ column: t.A, systems, ...spec })).toThrow('packedConcept needs');
  });

  it('finds exactly what is written: never a part of a code, whatever its characters mean to a pattern', () => {
    const codes = fc.constantFrom('E11', 'E11.9', 'E1', '11.9', 'E11_9', 'E%', '%', '_', '1:2', "O'", '\\', 'é');
    const labels = fc.constantFrom('ICD10', 'ICD', 'SNOMED', 'XICD10', 'READ', 'CD10');
    const entry = fc.oneof(
      { weight: 6, arbitrary: fc.tuple(labels, codes).map((parts) => parts.join(':')) },
      fc.constantFrom('', ' ', 'E11.9', 'ICD10', ' ICD : E11 ', 'SNOMED:'),
    );
    const raws = fc.array(entry, { maxLength: 4 }).map((entries) => entries.join(';'));
    const sought = fc.record<TokenValue>(
      {
        is: fc.constant('token' as const),
        system: fc.constantFrom(ICD, SNOMED, '', 'urn:x'),
        code: fc.oneof(codes, fc.constantFrom('E11.9;SNOMED:E1', 'ICD10:E11', ';', ' E11')),
      },
      { requiredKeys: ['is'] },
    );
    fc.assert(
      fc.property(fc.option(raws), sought, (raw, value) => {
        const row = { 't.A': raw };
        const concept = written(codec, row) as CodeableConcept | undefined | typeof damaged;
        if (concept === damaged || (value.system === undefined && value.code === undefined)) return;
        expect(holds(codec.present!, row, world)).toBe(concept !== undefined);
        const matches = (concept?.coding ?? []).some((coding) => tokenMatches(coding, value));
        expect([raw, value, holds(codec.searches!.token!(value), row, world)]).toEqual([raw, value, matches]);
      }),
      { numRuns: 2_000 },
    );
  });
});
