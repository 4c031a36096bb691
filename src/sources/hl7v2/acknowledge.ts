import type { MessageHeader } from './message.ts';

/** What an answer says of a message: taken, refused because of an error of ours or for now, or rejected for what it is. */
export type Verdict = 'accept' | 'error' | 'reject';

/** Why a message was not taken, of HL7 table 0357, in words without data of a patient. */
export interface Refusal {
  readonly code: keyof typeof CONDITIONS;
  /** What was wrong, and what would be right. */
  readonly text: string;
}

/** HL7 table 0357, message error condition codes, as far as they are sent. */
const CONDITIONS = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '200': 'Unsupported message type',
  '201': 'Unsupported event code',
  '203': 'Unsupported version id',
  '205': 'Duplicate key identifier',
  '207': 'Application internal error',
} as const;

const ORIGINAL: Readonly<Record<Verdict, string>> = { accept: 'AA', error: 'AE', reject: 'AR' };
const ENHANCED: Readonly<Record<Verdict, string>> = { accept: 'CA', error: 'CE', reject: 'CR' };
/** In which cases somebody who asks for acknowledgements of this kind wants one (table 0155). */
const WANTED: Readonly<Record<string, (verdict: Verdict) => boolean>> = {
  AL: () => true,
  NE: () => false,
  SU: (verdict) => verdict === 'accept',
  ER: (verdict) => verdict !== 'accept',
};
const DEFAULT_DELIMITERS = '|^~\\&';
const FIRST_VERSION_WITH_ERR = 2.5;

export interface Answer {
  readonly verdict: Verdict;
  readonly refusal?: Refusal;
  /** A DTM with its offset. */
  readonly now: string;
  /** MSH-10 of the answer. */
  readonly controlId: string;
}

/**
 * The acknowledgement of a message: in the original mode, or in the enhanced one where MSH-15 or MSH-16 speak of it; undefined: none is wanted. In:
 * the header of the message; undefined: there was none that could be read, so that nothing tells its sender apart.
 *
 * https://www.hl7.eu/HL7v2x/v251/std251/ch02.html#Heading55 (2.9, message processing rules)
 */
export function acknowledgement(header: MessageHeader | undefined, answer: Answer): string | undefined {
  const { verdict, refusal, now, controlId } = answer;
  const accept = header?.acceptAcknowledgement.toUpperCase() ?? '';
  const isEnhanced = accept !== '' || (header?.applicationAcknowledgement ?? '') !== '';
  if (isEnhanced && !(WANTED[accept] ?? WANTED['AL'])?.(verdict)) return undefined;
  const delimiters = header?.delimiters ?? DEFAULT_DELIMITERS;
  const [field = '|', component = '^', repetition = '~', escape = '\\', subcomponent = '&'] = delimiters;
  const special = [field, component, repetition, escape, subcomponent];
  const escaped = (text: string): string =>
    text.replaceAll(/[^\w .,:;()-]/g, (character) => {
      const at = special.indexOf(character);
      return at < 0 ? character : `${escape}${'FSRET'.charAt(at)}${escape}`;
    });
  const type = ['ACK', ...(header?.trigger ? [header.trigger] : [])].join(component);
  const segments = [
    [
      ...[`MSH${delimiters}`, header?.receivingApplication, header?.receivingFacility],
      ...[header?.sendingApplication, header?.sendingFacility, now, '', type, controlId],
      ...[header?.processingId || 'P', header?.version || '2.5'],
    ],
    [
      'MSA',
      (isEnhanced ? ENHANCED : ORIGINAL)[verdict],
      header?.controlId,
      ...(refusal ? [escaped(refusal.text)] : []),
    ],
    ...(refusal === undefined || versionOf(header) < FIRST_VERSION_WITH_ERR
      ? []
      : [
          [
            'ERR',
            '',
            '',
            [refusal.code, CONDITIONS[refusal.code], 'HL70357'].join(component),
            'E',
            '',
            '',
            '',
            escaped(refusal.text),
          ],
        ]),
  ];
  return segments.map((fields) => `${fields.map((text) => text ?? '').join(field)}\r`).join('');
}

function versionOf(header: MessageHeader | undefined): number {
  const version = Number.parseFloat(header?.version ?? '');
  return Number.isNaN(version) ? FIRST_VERSION_WITH_ERR : version;
}
