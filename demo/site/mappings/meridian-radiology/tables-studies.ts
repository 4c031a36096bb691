import { char, delimited, field, fileTable, fixedWidth, integer, localTimestamp, table, text } from 'fascia/mapping';
import { ZONE } from './tables.ts';

export const study = table('study', {
  number: text(),
  patient: text(),
  uid: text(),
  accession: text(),
  report: text(),
  exam: text(),
  description: text(),
  modality: text(),
  status: text(),
  started: localTimestamp(ZONE),
  series_count: integer(),
  image_count: integer(),
  referrer: text(),
  remark: text(),
  as_of: text(),
});

/** `D2400017`: what the hospital has a report of goes by the number of the report. */
const reportNumber = /^D\d+$/;

export const studies = fileTable(study, {
  name: 'RADSTUDY_{YYYYMMDD}.CSV',
  encoding: 'windows-1252',
  layout: delimited({
    delimiter: ';',
    fields: [
      ...['STUDY_NO', 'RAD_NO', 'STUDY_UID', 'ACC_NO', 'EXAM', 'DESCR', 'MODALITY', 'STATUS'],
      ...['START', 'SERIES', 'IMAGES', 'REF_NO', 'REMARK'],
    ],
  }),
  trailer: { marker: '*END', count: 2, date: 3 },
  columns: {
    number: field('STUDY_NO'),
    patient: field('RAD_NO'),
    uid: field('STUDY_UID', { required: true }),
    accession: field('ACC_NO', { take: (value) => (reportNumber.test(value) ? '' : value) }),
    report: field('ACC_NO', { take: (value) => (reportNumber.test(value) ? value : '') }),
    exam: field('EXAM'),
    description: field('DESCR'),
    modality: field('MODALITY'),
    status: field('STATUS'),
    started: field('START', { form: 'YYYYMMDDhhmmss', absent: ['00000000000000'] }),
    series_count: field('SERIES'),
    image_count: field('IMAGES'),
    referrer: field('REF_NO', { absent: ['-'] }),
    remark: field('REMARK', { absent: ['-'] }),
  },
  key: ['number'],
  indexes: [['patient'], ['uid'], ['accession'], ['report'], ['started', 'number']],
  asOf: 'as_of',
});

export const series = table('series', {
  study: text(),
  uid: text(),
  number: integer(),
  modality: text(),
  body_part: text(),
  laterality: char(1),
  images: integer(),
  description: text(),
});

export const seriesLines = fileTable(series, {
  name: 'RADSER_{YYYYMMDD}.TXT',
  encoding: 'windows-1252',
  layout: fixedWidth({
    width: 130,
    fields: {
      ...{ STUDY: [1, 12], UID: [13, 64], NR: [77, 4], MOD: [81, 6], BODY: [87, 10], LAT: [97, 1] },
      ...{ IMAGES: [98, 5], DESCR: [103, 28] },
    },
  }),
  trailer: { marker: 'ENDE', count: [5, 8], date: [13, 8] },
  columns: {
    study: field('STUDY'),
    uid: field('UID'),
    number: field('NR'),
    modality: field('MOD', { required: true }),
    body_part: field('BODY'),
    laterality: field('LAT'),
    images: field('IMAGES', { absent: ['*****'] }),
    description: field('DESCR'),
  },
  key: ['study', 'uid'],
  indexes: [['uid'], ['modality'], ['body_part']],
});
