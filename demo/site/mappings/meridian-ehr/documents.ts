import { code, codeableConcept, coding, constant, defineBranch, mappedCoding, period, reference } from 'fascia/mapping';
import { DOCUMENT_TYPE } from './codes-reports.ts';
import {
  accession,
  author,
  d,
  DOCUMENT_JOINS,
  encounter,
  examined,
  isServed,
  LABELS,
  pdfText,
  plainText,
  signed,
  signer,
  subject,
  title,
} from './document-rows.ts';

const standardType = mappedCoding({ column: d.EXM_CD, map: DOCUMENT_TYPE });

/** Every report and every note is a document. */
export const document = defineBranch('DocumentReference', {
  prefix: 'md',
  from: d,
  joins: DOCUMENT_JOINS,
  where: isServed,
  key: [d.DOC_NO],
  labels: LABELS,
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference'],
  profileNeeds: [standardType],
  absentInSource: ['content.format'],
  elements: {
    identifier: [accession],
    status: code(
      d.STAT_CD,
      { P: 'current', F: 'current', C: 'current', A: 'current', E: 'entered-in-error' },
      { unmapped: 'damaged', system: 'http://hl7.org/fhir/document-reference-status' },
    ),
    docStatus: code(
      d.STAT_CD,
      { P: 'preliminary', F: 'final', C: 'amended', A: 'amended', E: 'entered-in-error' },
      { unmapped: 'damaged', system: 'http://hl7.org/fhir/composition-status' },
    ),
    type: codeableConcept({
      coding: [standardType, coding({ system: 'https://meridian.example/cs/exam', code: d.EXM_CD })],
      text: title,
    }),
    category: [
      constant({
        coding: [
          {
            system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
            code: 'clinical-note',
            display: 'Clinical Note',
          },
        ],
      }),
    ],
    subject,
    date: signed,
    author: [reference('Practitioner', 'mq', [author.PROV_NO])],
    authenticator: reference('Practitioner', 'mq', [signer.PROV_NO]),
    description: title,
    content: [{ attachment: plainText }, { attachment: pdfText }],
    context: { encounter: [encounter], period: period(examined, examined) },
  },
});
