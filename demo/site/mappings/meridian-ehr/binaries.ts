import { base64, constant, defineBranch, join, required } from 'fascia/mapping';
import { d, isServed, LABELS, pdf, REGISTRATION, STAY_OF_DOCUMENT, subject } from './document-rows.ts';

/** The PDF of a document: whoever may see the patient may see it, under the labels of the document. */
export const documentPdf = defineBranch('Binary', {
  prefix: 'mbi',
  from: pdf,
  joins: [join(d, [[d.DOC_NO, pdf.DOC_NO]]), REGISTRATION, STAY_OF_DOCUMENT],
  where: isServed,
  key: [pdf.DOC_NO],
  labels: LABELS,
  elements: {
    contentType: constant('application/pdf'),
    securityContext: subject,
    data: required(base64(pdf.CONT)),
  },
});
