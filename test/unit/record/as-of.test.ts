import { describe, expect, it } from '@jest/globals';
import { alias, defineBranch, identifier, string, table, text } from '../../../src/mappings/kit/index.ts';
import type { SqlSystem } from '../../../src/contracts/index.ts';
import { buildCatalogue } from '../../../src/record/model/catalogue.ts';
import { compileRendering } from '../../../src/record/write/rendering.ts';

const room = table('room', { id: text(), as_of: text() });
const r = alias('r', room);
const location = defineBranch('Location', {
  prefix: 'r',
  from: r,
  key: [r.id],
  asOf: string(r.as_of),
  elements: { identifier: [identifier({ value: r.id })] },
});
const stewardship = { owner: 'a', clinicalSteward: 'b', contact: 'c', serviceLevel: 'd', reviewDate: '2027-01-31' };
const { branches } = buildCatalogue([
  { module: { id: 'rooms', title: 'Rooms', stewardship, branches: [location] }, system: {} as SqlSystem },
]);
const page = { reference: () => '', unmapped: () => undefined, childRows: () => [] };

describe('the time of an extract', () => {
  it.each(['false', 'true'] as const)(
    'stands in meta as lastSourceSync, in text and object alike, with _summary=%s',
    (summary) => {
      const rendering = compileRendering(branches[0]!, { summary }, 'v');
      const row = rendering.columns.map((column) => (column.name === 'as_of' ? '2026-11-24' : 'CT1'));
      const { text: written, versionId } = rendering.write('r.CT1', row, page);
      const resource = JSON.parse(written) as { readonly meta: { readonly extension: unknown } };
      expect(resource.meta.extension).toEqual([
        { url: 'http://hl7.org/fhir/StructureDefinition/lastSourceSync', valueDateTime: '2026-11-24' },
      ]);
      expect(rendering.object('r.CT1', row, page, versionId)).toEqual(resource);
      const later = row.map((value) => (value === '2026-11-24' ? '2026-11-25' : value));
      // The same fact in a later extract is the same version.
      expect(rendering.write('r.CT1', later, page).versionId).toBe(versionId);
      expect(rendering.write('r.CT1', later, page).text).not.toBe(written);
    },
  );
});
