import {
  alias,
  codeableConcept,
  contactPoint,
  defineBranch,
  flag,
  identifier,
  join,
  mappedCoding,
  namePart,
  reference,
  string,
} from 'fascia/mapping';
import { DEPARTMENT_TYPE } from './codes.ts';
import { DEPT, PROVMST } from './tables.ts';

const provider = alias('pv', PROVMST);
const department = alias('d', DEPT);
const parent = alias('up', DEPT);

export const practitioner = defineBranch('Practitioner', {
  prefix: 'mq',
  from: provider,
  key: [provider.PROV_NO],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-practitioner'],
  absentInSource: ['telecom', 'address'],
  elements: {
    identifier: [
      identifier({ system: 'https://meridian.example/sid/provider', value: provider.PROV_NO }),
      identifier({ system: 'http://hl7.org/fhir/sid/us-npi', value: provider.NPI }),
    ],
    active: flag(provider.ACTV_FLG, { yes: ['Y'], no: ['N'] }),
    name: [
      {
        family: namePart(provider.PROV_NM, '^', 1),
        given: [namePart(provider.PROV_NM, '^', 2), namePart(provider.PROV_NM, '^', 3)],
      },
    ],
  },
});

export const organization = defineBranch('Organization', {
  prefix: 'mo',
  from: department,
  joins: [join(parent, [[parent.DEPT_CD, department.PAR_DEPT]])],
  key: [department.DEPT_CD],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-organization'],
  absentInSource: ['address'],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/department', value: department.DEPT_CD })],
    active: flag(department.ACTV_FLG, { yes: ['Y'], no: ['N'] }),
    type: [codeableConcept({ coding: [mappedCoding({ column: department.DEPT_TYP, map: DEPARTMENT_TYPE })] })],
    name: string(department.DEPT_NM),
    telecom: [contactPoint({ system: 'phone', value: department.DEPT_PH })],
    partOf: reference('Organization', 'mo', [parent.DEPT_CD]),
  },
});
