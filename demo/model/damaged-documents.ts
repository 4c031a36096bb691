import type { Document } from './documents.ts';
import { documentNumber, documentSerial, patientKey } from './keys.ts';
import type { DamageKind } from './damage-kinds.ts';
import type { Traits } from './traits.ts';

const NOTE_KINDS: readonly DamageKind[] = ['unknown-document-status', 'impossible-document-time'];
const REPORT_KIND: DamageKind = 'control-character-conclusion';
const DAMAGED = 7_900;

/** One sound note or report, which the projection then damages; always before the anchor, so that catch-up adds none. */
export function damagedDocumentsOf({ person, anchor, damageKind: damage }: Traits): readonly Document[] {
  if (damage === undefined || (damage !== REPORT_KIND && !NOTE_KINDS.includes(damage))) return [];
  const serial = documentSerial(person, DAMAGED);
  const day = anchor - 60 - (person % 200);
  const isReport = damage === REPORT_KIND;
  return [
    {
      number: documentNumber(serial, 1),
      accession: `D${String(serial)}`,
      version: 1,
      patient: patientKey(person),
      stay: null,
      ...(isReport ? { section: 'RAD', exam: 'CXR2' } : { section: 'NOT', exam: 'CONS' }),
      text: { title: null, conclusion: isReport ? 'No acute disease.' : null, paragraphs: ['Nothing to add.'] },
      status: 'F',
      day,
      performed: { day, seconds: 36_000 },
      unknownAs: null,
      signed: { day, seconds: 39_600 },
      author: null,
      signer: null,
      department: null,
      lines: ['Nothing to add.'],
      isPrinted: false,
      superseded: false,
      damage,
    },
  ];
}
