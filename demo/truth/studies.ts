import { civilOf, zonedOf } from '../model/calendar.ts';
import type { RadiologySeries, RadiologyStudy } from '../model/studies.ts';
import type { Person, RadiologyRecord } from '../model/types.ts';
import { BODY_PART, LATERALITY, MODALITY, RADIOLOGY_EXAM, STUDY_STATUS } from './codes-studies.ts';
import { SYSTEMS, type Meaning } from './codes.ts';
import { providerRef } from './labs.ts';
import { codingIn, localConcept } from './local-codes.ts';
import { known, listOf, plain, referenceTo } from './resources.ts';
import type { TruthRow } from './rows.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

const ACCESSION = { coding: [{ system: SYSTEMS.identifierType, code: 'ACSN' }] };

/** What a code means, or, where there is room for one coding only and it means nothing elsewhere, the code itself. */
function oneCoding(
  code: string | null,
  local: string,
  system: string,
  meanings: Readonly<Record<string, Meaning>>,
): TruthValue | undefined {
  return code === null ? undefined : (codingIn(system, meanings, code) ?? { system: local, code });
}

function modalityOf(code: string | null): TruthValue | undefined {
  return oneCoding(code, SYSTEMS.radiologyModality, SYSTEMS.dicom, MODALITY);
}

/** What the hospital has a report of has the accession of that report. */
function accession({ accession: value }: RadiologyStudy): TruthValue | undefined {
  if (value === null) return undefined;
  const system = value.startsWith('D') ? SYSTEMS.document : SYSTEMS.radiologyAccession;
  return { type: ACCESSION, system, value };
}

function seriesTruth({
  uid,
  number,
  modality,
  bodyPart,
  laterality,
  description,
  images,
}: RadiologySeries): TruthValue {
  return known({
    uid,
    number: number ?? undefined,
    modality: modalityOf(modality),
    description: description ?? undefined,
    numberOfInstances: images ?? undefined,
    bodySite: oneCoding(bodyPart, SYSTEMS.radiologyBodyPart, SYSTEMS.snomed, BODY_PART),
    laterality: codingIn(SYSTEMS.snomed, LATERALITY, laterality),
  });
}

function studyTruth(native: Native, record: RadiologyRecord, study: RadiologyStudy): TruthResource {
  const { uid, number, statusCode, modality, started, referrer, seriesCount, imageCount, series } = study;
  const exams = { system: SYSTEMS.loinc, meanings: RADIOLOGY_EXAM };
  return plain(native, 'ImagingStudy', {
    meta: {
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/lastSourceSync', valueDateTime: civilOf(record.extract) },
      ],
    },
    identifier: listOf(
      { system: 'urn:dicom:uid', value: `urn:oid:${uid}` },
      { system: SYSTEMS.radiologyStudy, value: number },
      accession(study),
    ),
    status: statusCode === null ? 'unknown' : STUDY_STATUS[statusCode],
    modality: listOf(modalityOf(modality)),
    subject: referenceTo('Patient', { table: 'patient', key: [record.number] }),
    started: started && zonedOf(started.day, started.seconds),
    referrer: referenceTo('Practitioner', providerRef(referrer)),
    numberOfSeries: seriesCount ?? undefined,
    numberOfInstances: imageCount ?? undefined,
    procedureCode: listOf(localConcept(study.examCode, SYSTEMS.radiologyExam, exams)),
    note: study.remark === null ? undefined : [{ text: study.remark }],
    description: study.description ?? undefined,
    series: series.length === 0 ? undefined : series.map(seriesTruth),
  });
}

/** The lines of the file of studies that are about a person. */
export function studyRows({ radiology }: Person): readonly TruthRow[] {
  if (radiology === undefined) return [];
  return radiology.studies.map((study) => {
    const native: Native = { table: 'study', key: [study.number] };
    return {
      native,
      about: { radiology: radiology.number },
      damage: study.damage,
      hidden: study.isImpossible ? 'line-rejected' : undefined,
      resource: () => studyTruth(native, radiology, study),
    };
  });
}
