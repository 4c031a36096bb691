import type { RowTexts } from '../load/table.ts';
import { civilOf, clockOf } from '../model/calendar.ts';
import { printOf, type Document } from '../model/documents.ts';
import { stamp } from './patients.ts';
import type { Put } from './project.ts';

function examined({ performed, unknownAs, damage }: Document): string | null {
  if (damage === 'impossible-document-time') return '202402301000';
  if (performed === undefined) return unknownAs;
  return civilOf(performed.day).replaceAll('-', '') + clockOf(performed.seconds).replaceAll(':', '').slice(0, 4);
}

function headerRow(document: Document): RowTexts {
  const { number, accession, version, patient, stay, section, exam, text, damage } = document;
  return [
    ...[number, accession, String(version), patient.facility, patient.number, stay, section, exam, text.title],
    damage === 'unknown-document-status' ? 'Z' : document.status,
    ...[examined(document), stamp(document.signed), document.author, document.signer, document.department],
    damage === 'control-character-conclusion' ? `${text.conclusion ?? ''}\u0004` : text.conclusion,
  ];
}

/** The rows of DOCHDR, DOCLN and DOCPDF. */
export function projectDocuments(documents: readonly Document[], put: Put): void {
  for (const document of documents) {
    put('DOCHDR', headerRow(document));
    document.lines.forEach((line, i) => {
      put('DOCLN', [document.number, String(10 * (i + 1)), line]);
    });
    if (document.isPrinted) put('DOCPDF', [document.number, `\\x${printOf(document).toString('hex')}`]);
  }
}
