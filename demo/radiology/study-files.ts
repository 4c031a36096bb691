import { compactOf, type Day } from '../model/calendar.ts';
import type { RadiologySeries, RadiologyStudy } from '../model/studies.ts';
import type { RadiologyRecord } from '../model/types.ts';
import { quoted } from './line.ts';

const SERIES_WIDTH = 130;
const STUDY_HEADER = [
  ...['STUDY_NO', 'RAD_NO', 'STUDY_UID', 'ACC_NO', 'EXAM', 'DESCR', 'MODALITY', 'STATUS'],
  ...['START', 'SERIES', 'IMAGES', 'REF_NO', 'REMARK'],
];

/** The lines of the file of studies: its system pads what its screens show in columns. */
export function studiesFile(records: readonly RadiologyRecord[], day: Day): readonly string[] {
  const lines = records.flatMap(({ number, studies }) => studies.map((study) => studyLine(number, study)));
  return [STUDY_HEADER.join(';'), ...lines, `*END;${String(lines.length)};${compactOf(day)}`];
}

/** The lines of the file of series. */
export function seriesFile(records: readonly RadiologyRecord[], day: Day): readonly string[] {
  const lines = records.flatMap(({ studies }) =>
    studies.flatMap(({ number, series }) => series.map((one) => seriesLine(number, one))),
  );
  return [...lines, `ENDE${counter(lines.length, 8)}${compactOf(day)}`.padEnd(SERIES_WIDTH)];
}

function counter(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

function studyLine(patient: string, study: RadiologyStudy): string {
  const { started, isImpossible, seriesCount, imageCount } = study;
  const fields = [
    study.number,
    patient,
    study.uid,
    (study.accession ?? '').padEnd(16),
    study.examCode ?? '',
    (study.description ?? '').padEnd(48),
    (study.modality ?? '').padEnd(6),
    study.statusCode ?? ' ',
    isImpossible ? '20260230080000' : started === undefined ? '00000000000000' : stampOf(started),
    seriesCount === null ? '' : counter(seriesCount, 4),
    imageCount === null ? '' : counter(imageCount, 6),
    study.referrer ?? '-',
    study.remark ?? '-',
  ];
  return fields.map(quoted).join(';');
}

/** As the devices write it. */
function stampOf({ day, seconds }: NonNullable<RadiologyStudy['started']>): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${compactOf(day)}${counter(hours, 2)}${counter(minutes, 2)}${counter(seconds % 60, 2)}`;
}

function seriesLine(study: string, series: RadiologySeries): string {
  const { uid, number, modality, bodyPart, laterality, images, description } = series;
  return (
    study.padEnd(12) +
    uid.padEnd(64) +
    (number === null ? '' : counter(number, 4)).padEnd(4) +
    modality.padEnd(6) +
    (bodyPart ?? '').padEnd(10) +
    (laterality ?? ' ') +
    (images === null ? '*****' : counter(images, 5)) +
    (description ?? '').padEnd(28)
  );
}
