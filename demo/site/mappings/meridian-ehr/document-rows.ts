import {
  alias,
  and,
  constant,
  descending,
  identifier,
  isFirst,
  isFlag,
  join,
  lines,
  localDateTime,
  not,
  oneOf,
  reference,
  resourceUrl,
  string,
  textDateTime,
  type Predicate,
} from 'fascia/mapping';
import { joinedLabels } from './labels.ts';
import { DEPT, HOSPITAL_ZONE, PATMAST, PROVMST } from './tables.ts';
import { DOCHDR, DOCLN, DOCPDF } from './tables-documents.ts';
import { STAY } from './tables-stays.ts';

export const d = alias('d', DOCHDR);
const registration = alias('dpt', PATMAST);
const stay = alias('dst', STAY, { live: (row) => not(isFlag(row.REC_ST, 'Z')) });
export const department = alias('dde', DEPT);
export const author = alias('dau', PROVMST);
export const signer = alias('dsi', PROVMST);
const line = alias('dln', DOCLN);

export const pdf = alias('dpdf', DOCPDF);

export const REGISTRATION = join(registration, [
  [registration.FAC_CD, d.FAC_CD],
  [registration.PT_NO, d.PT_NO],
]);

export const STAY_OF_DOCUMENT = join(stay, [[stay.STAY_NO, d.STAY_NO]]);

export const DOCUMENT_JOINS = [
  REGISTRATION,
  join(pdf, [[pdf.DOC_NO, d.DOC_NO]]),
  STAY_OF_DOCUMENT,
  join(author, [[author.PROV_NO, d.AUTH_NO]]),
  join(signer, [[signer.PROV_NO, d.SIGN_NO]]),
] as const;

/** The newest version of each document, unless it was taken back. */
export const isServed = and(
  isFirst(d, [d.ACC_NO], [descending(d.VER_NO)]),
  not(isFlag(d.STAT_CD, 'X')),
  not(isFlag(registration.DEL_FLG, 'Y')),
);

export const ofSections = (...sections: readonly [string, ...string[]]): Predicate =>
  and(oneOf(d.SECT_CD, sections), isServed);

/** What is written of a stay is as sensitive as the stay; of one that is deleted, nobody can say any more how sensitive it was. */
export const LABELS = joinedLabels({ named: d.STAY_NO, found: stay.STAY_NO, sensitivity: stay.SENS_CD });

export const subject = reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true });
export const encounter = reference('Encounter', 'mv', [stay.STAY_NO]);
export const accession = identifier({ system: 'https://meridian.example/sid/document', value: d.ACC_NO });
export const examined = textDateTime(d.EXM_DTM, 'YYYYMMDDhhmm', HOSPITAL_ZONE, { unknown: ['000000000000'] });
export const signed = localDateTime(d.SIGN_TS);
export const title = string(d.TTL_TXT);

/** The text, which is stored line by line. */
export const plainText = {
  contentType: constant('text/plain; charset=utf-8', { system: 'urn:ietf:bcp:13' }),
  data: lines({
    from: line,
    on: [[line.DOC_NO, d.DOC_NO]],
    order: [line.LN_NO],
    text: line.LN_TXT,
    encoding: 'base64',
  }),
} as const;

/** The same as a PDF, of some documents. */
export const pdfText = {
  contentType: constant('application/pdf', { system: 'urn:ietf:bcp:13' }),
  url: resourceUrl('Binary', 'mbi', [pdf.DOC_NO]),
} as const;
