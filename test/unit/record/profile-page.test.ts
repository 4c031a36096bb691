import { describe, expect, it } from '@jest/globals';
import type { Branch, MappingModule, SqlSystem } from '../../../src/contracts/index.ts';
import {
  absent,
  alias,
  contactPoint,
  defineBranch,
  identifier,
  instant,
  instantTime,
  integer,
  string,
  table,
  text,
} from '../../../src/mappings/kit/index.ts';
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
    'Patient.telecom',
    'Patient.telecom.system',
    'Patient.telecom.value',
    'Patient.telecom.use',
    'Patient.birthDate',
    'Patient.deceased[x]',
    'Patient.multipleBirth[x]',
    'Patient.meta',
    'Patient.meta.lastUpdated',
  ],
  'http://example.org/StructureDefinition/unclaimed': ['Patient.gender'],
  'http://example.org/StructureDefinition/goal': ['Goal.target', 'Goal.target.due[x]'],
};
const p = alias('p', table('T', { ID: integer(), NAME: text(), DIED: instant() }));

function pageOf(absentInSource: readonly string[]): string {
  const branch: Branch = defineBranch('Patient', {
    prefix: 'p',
    from: p,
    key: [p.ID],
    profiles: [PROFILE],
    absentInSource,
    elements: {
      identifier: [identifier({ value: p.ID })],
      name: [{ family: string(p.NAME) }],
      telecom: [contactPoint({ system: 'phone', value: p.NAME })],
      birthDate: absent('unknown'),
      deceasedDateTime: instantTime(p.DIED),
    },
  });
  const module = { id: 'ehr', branches: [branch] } as unknown as MappingModule;
  return profilePage('Profiles', profiles, buildCatalogue([{ module, system: { id: 'ehr' } as SqlSystem }]));
}

describe('the table of profiles', () => {
  const rows = pageOf(['address']).split('\n');
  it.each([
    ['Patient.identifier', 'supported'],
    // The codec writes no system, and tells so.
    ['Patient.identifier.system', 'open'],
    ['Patient.name', 'supported'],
    ['Patient.name.family', 'supported'],
    ['Patient.name.given', 'open'],
    ['Patient.address', 'absent in the source'],
    ['Patient.address.city', 'absent in the source'],
    ['Patient.telecom', 'supported'],
    ['Patient.telecom.system', 'supported'],
    ['Patient.telecom.value', 'supported'],
    ['Patient.telecom.use', 'open'],
    ['Patient.birthDate', 'absent in the source'],
    ['Patient.deceased[x]', 'supported'],
    ['Patient.multipleBirth[x]', 'open'],
    ['Patient.meta', 'supported'],
    ['Patient.meta.lastUpdated', 'open'],
  ])('%s: %s', (path, support) => {
    expect(rows).toContain(`| ${path} | ${support} |`);
  });

  it('names profiles that nobody claims, without their elements', () => {
    expect(rows.join('\n')).not.toContain('Patient.gender');
    const url = 'http://example.org/StructureDefinition';
    expect(rows).toContain(`| [unclaimed](${url}/unclaimed) | Patient is served, but no mapping claims this of it |`);
    expect(rows).toContain(`| [goal](${url}/goal) | Goal is not served |`);
  });

  it('refuses what is declared and called absent, and what no profile marks', () => {
    expect(() => pageOf(['name'])).toThrow('Patient.name is declared, and called absent');
    expect(() => pageOf(['photo'])).toThrow('no profile that it claims marks Patient.photo');
  });
});
