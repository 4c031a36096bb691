import {
  alias,
  code,
  codeableConcept,
  coding,
  defineBranch,
  identifier,
  isFlag,
  join,
  localCode,
  localDateTime,
  not,
  orAbsentConcept,
  reference,
  string,
  ymdTime,
} from 'fascia/mapping';
import { SPECIMEN_CONDITION, SPECIMEN_SITE, SPECIMEN_TYPE, SPECIMEN_TYPE_V2 } from './codes-specimens.ts';
import { specimenAlias } from './tables-specimens.ts';
import { HOSPITAL_ZONE, PATMAST, PROVMST } from './tables.ts';

const s = specimenAlias('sp');
const registration = alias('spt', PATMAST);
const collector = alias('spc', PROVMST);
const parent = specimenAlias('spp');

const LOCAL = 'https://meridian.example/cs/specimen-';

/** What was taken from a person, in one container. */
export const specimen = defineBranch('Specimen', {
  prefix: 'msp',
  from: s,
  joins: [
    join(registration, [
      [registration.FAC_CD, s.FAC_CD],
      [registration.PT_NO, s.PT_NO],
    ]),
    join(collector, [[collector.PROV_NO, s.COL_NO]]),
    join(parent, [[parent.SPC_NO, s.PAR_NO]]),
  ],
  where: not(isFlag(registration.DEL_FLG, 'Y')),
  key: [s.SPC_NO],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-specimen'],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/specimen', value: s.SPC_NO })],
    accessionIdentifier: identifier({ system: 'https://meridian.example/sid/accession', value: s.ACC_NO }),
    status: code(
      s.ST_CD,
      { A: 'available', U: 'unavailable', R: 'unsatisfactory', Q: 'unsatisfactory', E: 'entered-in-error' },
      { unmapped: 'damaged', missing: 'omit', system: 'http://hl7.org/fhir/specimen-status' },
    ),
    type: orAbsentConcept(
      localCode({ column: s.TYP_CD, system: `${LOCAL}type`, maps: [SPECIMEN_TYPE, SPECIMEN_TYPE_V2] }),
      'unknown',
    ),
    subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
    receivedTime: localDateTime(s.RCV_TS),
    parent: [reference('Specimen', 'msp', [parent.SPC_NO])],
    collection: {
      collector: reference('Practitioner', 'mq', [collector.PROV_NO]),
      collectedDateTime: ymdTime({ date: s.COL_DT, time: s.COL_TM, zone: HOSPITAL_ZONE }),
      bodySite: localCode({ column: s.SITE_CD, system: `${LOCAL}site`, maps: [SPECIMEN_SITE] }),
    },
    container: [{ type: codeableConcept({ coding: [coding({ system: `${LOCAL}container`, code: s.TUBE_CD })] }) }],
    condition: [localCode({ column: s.COND_CD, system: `${LOCAL}condition`, maps: [SPECIMEN_CONDITION] })],
    note: [{ text: string(s.NOTE_TXT) }],
  },
});
