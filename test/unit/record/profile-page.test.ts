import { describe, expect, it } from '@jest/globals';
import type { Branch, MappingModule, SqlSystem } from '../../../src/contracts/index.ts';
import { alias, defineBranch, identifier, integer, string, table, text } from '../../../src/mappings/kit/index.ts';
import { buildCatalogue, profilePage } from '../../../src/record/index.ts';

const PROFILE = 'http://example.org/StructureDefinition/patient';
const profiles = {
  [PROFILE]: [
    'Patient.identifier',
    'Patient.identifier.system',
    'Patient.name',
    'Patient.name.family',
    'Patient.name.given',
    'Patient.address',
    'Patient.address.city',
    'Patient.deceased[x]',
    'Patient.meta',
    'Patient.meta.lastUpdated',
  ],
  'http://example.org/StructureDefinition/unclaimed': ['Patient.gender'],
};
const p = alias('p', table('T', { ID: integer(), NAME: text() }));

function pageOf(absentInSource: readonly string[]): string {
  const branch: Branch = defineBranch('Patient', {
    prefix: 'p',
    from: p,
    key: [p.ID],
    profiles: [PROFILE],
    absentInSource,
    elements: { identifier: [identifier({ value: p.ID })], name: [{ family: string(p.NAME) }] },
  });
  const module = { id: 'ehr', branches: [branch] } as unknown as MappingModule;
  return profilePage('Profiles', profiles, buildCatalogue([{ module, system: { id: 'ehr' } as SqlSystem }]));
}

describe('the table of profiles', () => {
  const rows = pageOf(['address']).split('\n');
  it.each([
    ['Patient.identifier', 'supported'],
    // The codec writes the whole datatype.
    ['Patient.identifier.system', 'supported'],
    ['Patient.name', 'supported'],
    ['Patient.name.family', 'supported'],
    ['Patient.name.given', 'open'],
    ['Patient.address', 'absent in the source'],
    ['Patient.address.city', 'absent in the source'],
    ['Patient.deceased[x]', 'open'],
    ['Patient.meta', 'supported'],
    ['Patient.meta.lastUpdated', 'open'],
  ])('%s: %s', (path, support) => {
    expect(rows).toContain(`| ${path} | ${support} |`);
  });

  it('leaves out profiles that nobody claims', () => {
    expect(rows.join('\n')).not.toContain('Patient.gender');
  });

  it('refuses what is declared and called absent, and what no profile marks', () => {
    expect(() => pageOf(['name'])).toThrow('Patient.name is declared, and called absent');
    expect(() => pageOf(['photo'])).toThrow('no profile that it claims marks Patient.photo');
  });
});
