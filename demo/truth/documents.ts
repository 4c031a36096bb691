import { zonedOf } from '../model/calendar.ts';
import { printOf, type Document } from '../model/documents.ts';
import type { LocalTime, Person } from '../model/types.ts';
import { DOCUMENT_STATUS, DOCUMENT_TYPE, EXAMINATION, REPORT_STATUS, SECTION } from './codes-documents.ts';
import { SYSTEMS } from './codes.ts';
import { departmentRef, providerRef, registrationOf } from './labs.ts';
import { codingIn, localConcept } from './local-codes.ts';
import { concept, known, labelled, listOf, plain, referenceTo, unknownReason, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import { specimenNative, specimensOfCase } from './specimen-references.ts';
import { stayLabels, stayRef } from './stays.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

const PDF = 'application/pdf';

function headerNative({ number }: Document): Native {
  return { table: 'DOCHDR', key: [number] };
}

function written(time: LocalTime | undefined): string | undefined {
  return time && zonedOf(time.day, time.seconds);
}

/** The text as it was typed, without the blanks at the ends of its lines. */
function plainText({ lines }: Document): TruthValue {
  const text = lines.map((line) => (line ?? '').replace(/ +$/, '')).join('\n');
  return { contentType: 'text/plain; charset=utf-8', data: Buffer.from(text).toString('base64') };
}

function printNative({ number }: Document): Native {
  return { table: 'DOCPDF', key: [number] };
}

/** The printed form, where there is one: a Binary. */
function printed(document: Document): TruthValue | undefined {
  if (!document.isPrinted) return undefined;
  return { contentType: PDF, url: { rowOf: printNative(document), type: 'Binary' } };
}

function printTruth(document: Document): TruthResource {
  return plain(printNative(document), 'Binary', {
    contentType: PDF,
    securityContext: referenceTo('Patient', registrationOf({ key: document.patient })),
    data: printOf(document).toString('base64'),
  });
}

function identifiers({ accession }: Document): TruthValue {
  return [{ system: SYSTEMS.document, value: accession }];
}

/** Genomics stands in no list of US Core: it is what v2 calls genetics. */
function categoryOf(section: string): TruthValue | undefined {
  if (section !== 'GEN')
    return localConcept(section, SYSTEMS.localSection, { system: SYSTEMS.loinc, meanings: SECTION });
  return { coding: [{ system: SYSTEMS.diagnosticService, code: 'GE', display: 'Genetics' }] };
}

function reportTruth(document: Document, person: Person): TruthResource {
  const { section, exam, text, performed } = document;
  const effective = written(performed);
  const examination = { system: SYSTEMS.loinc, meanings: EXAMINATION };
  return usCore(headerNative(document), 'DiagnosticReport', 'us-core-diagnosticreport-note', {
    identifier: identifiers(document),
    status: REPORT_STATUS[document.status],
    category: listOf(categoryOf(section)),
    code: localConcept(exam, SYSTEMS.localExam, examination, text.title ?? undefined),
    subject: referenceTo('Patient', registrationOf({ key: document.patient })),
    ...(effective === undefined ? { _effectiveDateTime: unknownReason() } : { effectiveDateTime: effective }),
    issued: written(document.signed),
    performer: listOf(
      referenceTo('Organization', departmentRef(document.department)),
      referenceTo('Practitioner', providerRef(document.author)),
    ),
    resultsInterpreter: listOf(referenceTo('Practitioner', providerRef(document.signer))),
    specimen: listOf(...specimensOfCase(document, person).map((one) => referenceTo('Specimen', specimenNative(one)))),
    conclusion: text.conclusion ?? undefined,
    presentedForm: listOf(plainText(document), printed(document)),
  });
}

function typeOf(exam: string, title: string | null): TruthValue | undefined {
  const standard = codingIn(SYSTEMS.loinc, DOCUMENT_TYPE, exam);
  return concept([standard, { system: SYSTEMS.localExam, code: exam }], title ?? undefined);
}

function documentTruth(document: Document, person: Person): TruthResource {
  const { exam, text, performed, status } = document;
  const start = written(performed);
  const encounter = stayRef(document.stay, person);
  const print = printed(document);
  const context = known({
    encounter: listOf(encounter),
    period: start === undefined ? undefined : { start, end: start },
  });
  const elements = {
    identifier: identifiers(document),
    status: status === 'E' ? 'entered-in-error' : 'current',
    docStatus: DOCUMENT_STATUS[status],
    type: typeOf(exam, text.title),
    category: [{ coding: [{ system: SYSTEMS.documentCategory, code: 'clinical-note', display: 'Clinical Note' }] }],
    subject: referenceTo('Patient', registrationOf({ key: document.patient })),
    date: written(document.signed),
    author: listOf(referenceTo('Practitioner', providerRef(document.author))),
    authenticator: referenceTo('Practitioner', providerRef(document.signer)),
    description: text.title ?? undefined,
    content: listOf({ attachment: plainText(document) }, print && { attachment: print }),
    context: Object.keys(context).length === 0 ? undefined : context,
  };
  // The profile requires a type that LOINC knows.
  if (!(exam in DOCUMENT_TYPE)) return plain(headerNative(document), 'DocumentReference', elements);
  return usCore(headerNative(document), 'DocumentReference', 'us-core-documentreference', elements);
}

function rowOf(document: Document, person: Person, resource: () => TruthResource): TruthRow {
  const { patient, superseded, status, damage } = document;
  return {
    native: headerNative(document),
    about: { registration: patient },
    damage,
    hidden: superseded ? 'superseded' : status === 'X' ? 'deleted' : undefined,
    resource: () => labelled(stayLabels(document.stay, person), resource()),
  };
}

/** A department's report is a report and a document; a note is a document. */
export function documentRows(person: Person): readonly TruthRow[] {
  const { documents } = person;
  const reports = documents.filter(({ section }) => section !== 'NOT');
  const reportRows = reports.map((document) => rowOf(document, person, () => reportTruth(document, person)));
  const documentsOnly = documents.map(({ damage, ...document }) => {
    // What damages the report alone is no part of the document.
    const own = damage === 'control-character-conclusion' ? document : { ...document, ...(damage && { damage }) };
    return rowOf(own, person, () => documentTruth(own, person));
  });
  const printRows = documents
    .filter(({ isPrinted }) => isPrinted)
    .map((document) => ({
      ...rowOf(document, person, () => printTruth(document)),
      native: printNative(document),
    }));
  return [...reportRows, ...documentsOnly, ...printRows];
}
