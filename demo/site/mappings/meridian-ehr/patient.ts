import {
  alias,
  code,
  codeableConcept,
  contactPoint,
  Damaged,
  defineBranch,
  derive,
  equals,
  isFlag,
  isNotBlank,
  isNotNull,
  isNull,
  join,
  localCode,
  localDateTime,
  many,
  mappedCoding,
  namePart,
  never,
  not,
  and,
  period,
  reference,
  string,
  withSearch,
  ymd,
} from 'fascia/mapping';
import { LANGUAGE, MARITAL_STATUS } from './codes.ts';
import { DEPT, PATADDR, PATMAST, PROVMST } from './tables.ts';

const p = alias('p', PATMAST, { live: (row) => not(isFlag(row.DEL_FLG, 'Y')) });
const address = alias('a', PATADDR);
const primaryCare = alias('gp', PROVMST);
const facility = alias('fac', DEPT);

const MRN = 'https://meridian.example/sid/mrn';
const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

/** The medical record number is facility and number together: the number alone is not unique. A merged registration's is an old one. */
const medicalRecordNumber = withSearch(
  derive({
    columns: [p.FAC_CD, p.PT_NO, p.MRG_NO],
    write: (fac, number, merged) => {
      if (!/^\d{10}$/.test(number ?? '')) throw new Damaged('', 'a record number that is not ten digits');
      return {
        use: merged === null ? ('usual' as const) : ('old' as const),
        system: MRN,
        value: `${fac ?? ''}-${number ?? ''}`,
      };
    },
  }),
  {
    token: ({ system, code: value }) => {
      if (system !== undefined && system !== MRN) return never;
      if (value === undefined) return isNotNull(p.PT_NO);
      const [, fac, number] = /^(.{2})-(\d{10})$/.exec(value) ?? [];
      return fac === undefined || number === undefined ? never : and(equals(p.FAC_CD, fac), equals(p.PT_NO, number));
    },
  },
  isNotNull(p.PT_NO),
);

/** US Core asks for the reason where a patient has no name. */
const noName = withSearch(
  derive({
    columns: [p.PT_NM],
    write: (name) => ((name ?? '').trim() === '' ? { extension: [{ url: ABSENT, valueCode: 'unknown' }] } : undefined),
    parts: {},
  }),
  { string: () => never },
  not(isNotBlank(p.PT_NM)),
);

export const patient = defineBranch('Patient', {
  prefix: 'mp',
  from: p,
  joins: [join(primaryCare, [[primaryCare.PROV_NO, p.PCP_NO]]), join(facility, [[facility.DEPT_CD, p.FAC_CD]])],
  key: [p.FAC_CD, p.PT_NO],
  maskKey: true,
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient'],
  lastUpdated: localDateTime(p.LAST_UPD),
  person: { secondary: isNotNull(p.MRG_NO), mergedInto: [p.MRG_FAC, p.MRG_NO] },
  elements: {
    identifier: [medicalRecordNumber],
    active: derive({
      columns: [p.MRG_NO],
      write: (merged) => merged === null,
      when: { true: isNull(p.MRG_NO), false: isNotNull(p.MRG_NO) },
    }),
    name: [
      { family: namePart(p.PT_NM, '^', 1), given: [namePart(p.PT_NM, '^', 2), namePart(p.PT_NM, '^', 3)] },
      noName,
    ],
    telecom: [
      contactPoint({ system: 'phone', use: 'home', value: p.HOME_PH }),
      contactPoint({ system: 'phone', use: 'mobile', value: p.CELL_PH }),
      contactPoint({ system: 'email', value: p.EMAIL }),
    ],
    gender: code(
      p.SEX_CD,
      { '1': 'male', '2': 'female', '9': 'other' },
      { unmapped: { fallback: 'unknown' }, system: 'http://hl7.org/fhir/administrative-gender' },
    ),
    birthDate: ymd(p.DOB),
    deceasedDateTime: ymd(p.DOD),
    address: many({
      from: address,
      on: [
        [address.FAC_CD, p.FAC_CD],
        [address.PT_NO, p.PT_NO],
      ],
      order: [address.SEQ],
      element: {
        use: code(
          address.ADDR_TYP,
          { H: 'home', W: 'work', T: 'temp', B: 'billing', O: 'old' },
          { unmapped: 'omit', system: 'http://hl7.org/fhir/address-use' },
        ),
        line: [string(address.ADDR_LN1), string(address.ADDR_LN2)],
        city: string(address.CITY),
        state: string(address.ST_CD),
        postalCode: string(address.ZIP),
        period: period(ymd(address.FROM_DT), ymd(address.TO_DT)),
      },
    }),
    maritalStatus: localCode({
      column: p.MARITAL,
      system: 'https://meridian.example/cs/marital-status',
      maps: [MARITAL_STATUS],
    }),
    communication: [{ language: codeableConcept({ coding: [mappedCoding({ column: p.LANG, map: LANGUAGE })] }) }],
    generalPractitioner: [reference('Practitioner', 'mq', [primaryCare.PROV_NO])],
    managingOrganization: reference('Organization', 'mo', [facility.DEPT_CD]),
  },
});
