import {
  alias,
  code,
  defineBranch,
  identifier,
  integerNumber,
  join,
  localCode,
  localCoding,
  localDateTime,
  many,
  mappedCoding,
  reference,
  string,
} from 'fascia/mapping';
import { BODY_PART, EXAM, LATERALITY, MODALITY } from './codes-studies.ts';
import { series as seriesTable, study as table } from './tables-studies.ts';
import { patient } from './tables.ts';

const s = alias('rs', table);
const who = alias('rsp', patient);
const one = alias('rse', seriesTable);

const OID = 'urn:oid:';
const ACCESSION = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'ACSN' }] };
const LOCAL_MODALITY = 'https://meridian.example/cs/radiology-modality';

/** https://hl7.org/fhir/R4/imagingstudy.html#notes: the UID of the study in the archive. */
const studyUid = identifier({
  system: 'urn:dicom:uid',
  value: s.uid,
  format: (raw) => OID + raw,
  parse: (written) => (written.startsWith(OID) ? written.slice(OID.length) : undefined),
});

export const study = defineBranch('ImagingStudy', {
  prefix: 'rs',
  from: s,
  joins: [join(who, [[who.number, s.patient]])],
  key: [s.number],
  asOf: string(s.as_of),
  elements: {
    identifier: [
      studyUid,
      identifier({ system: 'https://meridian.example/sid/radiology-study', value: s.number }),
      identifier({
        system: 'https://meridian.example/sid/radiology-accession',
        value: s.accession,
        type: ACCESSION,
      }),
      identifier({ system: 'https://meridian.example/sid/document', value: s.report, type: ACCESSION }),
    ],
    status: code(
      s.status,
      { R: 'registered', V: 'available', C: 'cancelled', E: 'entered-in-error' },
      { unmapped: 'damaged', missing: { fallback: 'unknown' }, system: 'http://hl7.org/fhir/imagingstudy-status' },
    ),
    modality: [localCoding({ column: s.modality, system: LOCAL_MODALITY, map: MODALITY })],
    subject: reference('Patient', 'rp', [who.number], { required: true }),
    started: localDateTime(s.started),
    referrer: reference('Practitioner', 'mq', [s.referrer]),
    numberOfSeries: integerNumber(s.series_count),
    numberOfInstances: integerNumber(s.image_count),
    procedureCode: [localCode({ column: s.exam, system: 'https://meridian.example/cs/radiology-exam', maps: [EXAM] })],
    note: [{ text: string(s.remark) }],
    description: string(s.description),
    series: many({
      from: one,
      on: [[one.study, s.number]],
      order: [one.uid],
      element: {
        uid: string(one.uid),
        number: integerNumber(one.number),
        modality: localCoding({ column: one.modality, system: LOCAL_MODALITY, map: MODALITY }),
        description: string(one.description),
        numberOfInstances: integerNumber(one.images),
        bodySite: localCoding({
          column: one.body_part,
          system: 'https://meridian.example/cs/radiology-body-part',
          map: BODY_PART,
        }),
        laterality: mappedCoding({ column: one.laterality, map: LATERALITY }),
      },
    }),
  },
});
