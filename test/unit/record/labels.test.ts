import { describe, expect, it } from '@jest/globals';
import { alias, defineBranch, identifier, mappedCoding, table, text } from '../../../src/mappings/kit/index.ts';
import type { SqlSystem } from '../../../src/contracts/index.ts';
import { buildCatalogue } from '../../../src/record/model/catalogue.ts';
import { compileRendering } from '../../../src/record/write/rendering.ts';

const system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const map = { name: 'sensitivity', version: '1', system, codes: { P: { code: 'PSY' }, H: { code: 'HIV' } } };
const room = table('room', { id: text(), own: text(), ward: text() });
const r = alias('r', room);
const location = defineBranch('Location', {
  prefix: 'r',
  from: r,
  key: [r.id],
  labels: { security: [mappedCoding({ column: r.own, map }), mappedCoding({ column: r.ward, map })] },
  elements: { identifier: [identifier({ value: r.id })] },
});
const stewardship = { owner: 'a', clinicalSteward: 'b', contact: 'c', serviceLevel: 'd', reviewDate: '2027-01-31' };
const { branches } = buildCatalogue([
  { module: { id: 'rooms', title: 'Rooms', stewardship, branches: [location] }, system: {} as SqlSystem },
]);
const page = { reference: () => '', unmapped: () => undefined, childRows: () => [] };

// https://hl7.org/fhir/R4/resource.html#Meta: the labels of a resource are a set.
describe('the labels of a resource', () => {
  it.each([
    ['P', 'P', ['PSY']],
    ['P', 'H', ['PSY', 'HIV']],
    [null, 'H', ['HIV']],
    ['H', null, ['HIV']],
    [null, null, undefined],
  ] as const)('of %s and %s are each told once, in text and object alike', (own, ward, codes) => {
    const rendering = compileRendering(branches[0]!, { summary: 'false' }, 'v');
    const values: Readonly<Record<string, string | null>> = { id: '1', own, ward };
    const row = rendering.columns.map((column) => values[column.name] ?? null);
    const { text: written, versionId } = rendering.write('r.1', row, page);
    const resource = JSON.parse(written) as { readonly meta: { readonly security?: readonly unknown[] } };
    expect(resource.meta.security).toEqual(codes?.map((code) => ({ system, code })));
    expect(rendering.object('r.1', row, page, versionId)).toEqual(resource);
  });
});
