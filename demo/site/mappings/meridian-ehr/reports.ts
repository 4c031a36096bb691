import { code, constant, defineBranch, join, localCode, many, orAbsent, reference, string } from 'fascia/mapping';
import { EXAMINATION, REPORT_SECTION } from './codes-reports.ts';
import {
  accession,
  author,
  d,
  department,
  DOCUMENT_JOINS,
  examined,
  ofSections,
  pdfText,
  plainText,
  signed,
  signer,
  subject,
} from './document-rows.ts';
import { specimenAlias } from './tables-specimens.ts';

const specimen = specimenAlias('dsp');

const report = {
  from: d,
  joins: [...DOCUMENT_JOINS, join(department, [[department.DEPT_CD, d.DEPT_CD]])],
  key: [d.DOC_NO],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-diagnosticreport-note'],
  absentInSource: ['encounter', 'result', 'media'],
} as const;

const ofReport = {
  identifier: [accession],
  status: code(
    d.STAT_CD,
    { P: 'preliminary', F: 'final', C: 'corrected', A: 'amended', E: 'entered-in-error' },
    { unmapped: 'damaged', system: 'http://hl7.org/fhir/diagnostic-report-status' },
  ),
  code: localCode({
    column: d.EXM_CD,
    system: 'https://meridian.example/cs/exam',
    display: d.TTL_TXT,
    maps: [EXAMINATION],
  }),
  subject,
  effectiveDateTime: orAbsent(examined, 'unknown'),
  issued: signed,
  performer: [reference('Organization', 'mo', [department.DEPT_CD]), reference('Practitioner', 'mq', [author.PROV_NO])],
  resultsInterpreter: [reference('Practitioner', 'mq', [signer.PROV_NO])],
  specimen: [
    many({
      from: specimen,
      on: [[specimen.ACC_NO, d.ACC_NO]],
      order: [specimen.SPC_NO],
      element: reference('Specimen', 'msp', [specimen.SPC_NO]),
    }),
  ],
  conclusion: string(d.CONCL),
  presentedForm: [plainText, pdfText],
} as const;

export const departmentReport = defineBranch('DiagnosticReport', {
  ...report,
  prefix: 'mdr',
  where: ofSections('RAD', 'CAR', 'PAT'),
  elements: {
    ...ofReport,
    category: [
      localCode({ column: d.SECT_CD, system: 'https://meridian.example/cs/report-section', maps: [REPORT_SECTION] }),
    ],
  },
});

/** US Core has no category for genomics. */
export const genomicsReport = defineBranch('DiagnosticReport', {
  ...report,
  prefix: 'mdg',
  where: ofSections('GEN'),
  elements: {
    ...ofReport,
    category: [
      constant({
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'GE', display: 'Genetics' }],
      }),
    ],
  },
});
