import {
  alias,
  and,
  applicationIdentifier,
  code,
  constant,
  defineBranch,
  derive,
  identifier,
  integer,
  isFlag,
  isNotBlank,
  isNull,
  join,
  localCode,
  not,
  orAbsentConcept,
  reference,
  string,
  table,
  text,
  char,
  ymd,
  type CodeMap,
} from 'fascia/mapping';
import { PATMAST } from './tables.ts';

const IMPLNT = table('IMPLNT', {
  IMP_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  TYP_CD: text(),
  UDI_TXT: text(),
  ENT_CD: char(1),
  DIST_ID: text(),
  MFR_TXT: text(),
  MDL_NO: text(),
  MDL_NM: text(),
  ST_CD: char(1),
  NOTE_TXT: text(),
});

const IMPLDEL = table('IMPLDEL', { IMP_NO: integer() });

const IMPLANT_TYPE: CodeMap = {
  name: 'implant-type',
  version: '2026-11',
  system: 'http://snomed.info/sct',
  codes: {
    PACE: { code: '14106009', display: 'Cardiac pacemaker' },
    HIP: { code: '304120007', display: 'Total hip replacement prosthesis' },
    STNT: { code: '705643001', display: 'Coronary artery stent' },
  },
};

const i = alias('im', IMPLNT);
const registration = alias('imp', PATMAST);
const mistake = alias('imd', IMPLDEL);

const deviceIdentifier = applicationIdentifier(i.UDI_TXT, '01');
/** Carriers write two digits of the year. */
const century = { before: '20' };

export const implant = defineBranch('Device', {
  prefix: 'mdv',
  from: i,
  joins: [
    join(registration, [
      [registration.FAC_CD, i.FAC_CD],
      [registration.PT_NO, i.PT_NO],
    ]),
    join(mistake, [[mistake.IMP_NO, i.IMP_NO]]),
  ],
  where: and(isNull(mistake.IMP_NO), not(isFlag(registration.DEL_FLG, 'Y'))),
  key: [i.IMP_NO],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-implantable-device'],
  profileNeeds: [string(deviceIdentifier)],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/implant', value: i.IMP_NO })],
    udiCarrier: [
      {
        deviceIdentifier: string(deviceIdentifier),
        issuer: derive({
          columns: [deviceIdentifier],
          write: (device) => (device === null ? undefined : 'http://hl7.org/fhir/NamingSystem/gs1-di'),
          present: isNotBlank(deviceIdentifier),
        }),
        carrierHRF: string(i.UDI_TXT),
        entryType: code(
          i.ENT_CD,
          { B: 'barcode', M: 'manual', C: 'card' },
          { unmapped: 'omit', system: 'http://hl7.org/fhir/udi-entry-type' },
        ),
      },
    ],
    status: code(
      i.ST_CD,
      { A: 'active', X: 'inactive', E: 'entered-in-error' },
      { unmapped: 'damaged', missing: { fallback: 'unknown' }, system: 'http://hl7.org/fhir/device-status' },
    ),
    distinctIdentifier: string(i.DIST_ID),
    manufacturer: string(i.MFR_TXT),
    manufactureDate: ymd(applicationIdentifier(i.UDI_TXT, '11', century)),
    expirationDate: ymd(applicationIdentifier(i.UDI_TXT, '17', century)),
    lotNumber: string(applicationIdentifier(i.UDI_TXT, '10')),
    serialNumber: string(applicationIdentifier(i.UDI_TXT, '21')),
    modelNumber: string(i.MDL_NO),
    deviceName: [
      { name: string(i.MDL_NM), type: constant('model-name', { system: 'http://hl7.org/fhir/device-nametype' }) },
    ],
    type: orAbsentConcept(
      localCode({ column: i.TYP_CD, system: 'https://meridian.example/cs/implant-type', maps: [IMPLANT_TYPE] }),
      'unknown',
    ),
    patient: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
    note: [{ text: string(i.NOTE_TXT) }],
  },
});
