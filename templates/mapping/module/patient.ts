import { alias, civilDate, defineBranch, identifier, never, string } from 'fascia/mapping';
import * as tables from './tables.ts';

const p = alias('p', tables.person);

export const patient = defineBranch('Patient', {
  prefix: 'newpat',
  from: p,
  key: [p.id],
  // Which rows are known to be patients of an earlier system. None are, until a table says who is who: docs/mappings/how-to.md, "Persons".
  person: { secondary: never },
  elements: {
    identifier: [identifier({ system: 'https://example.org/sid/new-mapping', value: p.number })],
    name: [{ family: string(p.last_name), given: [string(p.first_name)] }],
    birthDate: civilDate(p.born),
  },
});
