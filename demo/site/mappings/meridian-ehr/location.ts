import {
  alias,
  codeableConcept,
  constant,
  contactPoint,
  defineBranch,
  derive,
  equals,
  identifier,
  isNotBlank,
  isNull,
  join,
  mappedCoding,
  not,
  or,
  orAbsent,
  reference,
  string,
} from 'fascia/mapping';
import { BED_STATE, LOCATION_FUNCTION, PHYSICAL_TYPE } from './codes-stays.ts';
import { DEPT } from './tables.ts';
import { LOCMST } from './tables-stays.ts';

const l = alias('l', LOCMST, { live: (row) => isNull(row.DEL_TS) });
const around = alias('lu', LOCMST, { live: (row) => isNull(row.DEL_TS) });
const department = alias('ld', DEPT);

const OPEN = '0000-00-00';
const isOpen = or(not(isNotBlank(l.CLS_DT)), equals(l.CLS_DT, OPEN));

export const location = defineBranch('Location', {
  prefix: 'mk',
  from: l,
  joins: [join(around, [[around.LOC_CD, l.PAR_LOC]]), join(department, [[department.DEPT_CD, l.DEPT_CD]])],
  key: [l.LOC_CD],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-location'],
  absentInSource: ['address'],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/location', value: l.LOC_CD })],
    status: derive({
      columns: [l.CLS_DT],
      write: (closed) =>
        (closed ?? '').trim() === '' || closed === OPEN ? ('active' as const) : ('inactive' as const),
      when: { active: isOpen, inactive: not(isOpen) },
      system: 'http://hl7.org/fhir/location-status',
      policy: 'inactive where it is a date, else active',
    }),
    operationalStatus: mappedCoding({ column: l.BED_ST, map: BED_STATE }),
    name: orAbsent(string(l.LOC_NM), 'unknown'),
    mode: constant('instance', { system: 'http://hl7.org/fhir/location-mode' }),
    type: [codeableConcept({ coding: [mappedCoding({ column: l.FN_CD, map: LOCATION_FUNCTION })] })],
    telecom: [contactPoint({ system: 'phone', value: l.LOC_PH })],
    physicalType: codeableConcept({ coding: [mappedCoding({ column: l.LOC_TYP, map: PHYSICAL_TYPE })] }),
    managingOrganization: reference('Organization', 'mo', [department.DEPT_CD]),
    partOf: reference('Location', 'mk', [around.LOC_CD]),
  },
});
