import { base64, constant, defineBranch, join, required } from 'fascia/mapping';
import { d, isServed, pdf, REGISTRATION, subject } from './document-rows.ts';

/** The PDF of a document: whoever may see the patient may see it. */
export const documentPdf = defineBranch('Binary', {
  prefix: 'mbi',
  from: pdf,
  joins: [join(d, [[d.DOC_NO, pdf.DOC_NO]]), REGISTRATION],
  where: isServed,
  key: [pdf.DOC_NO],
  elements: {
    contentType: constant('application/pdf'),
    securityContext: subject,
    data: required(base64(pdf.CONT)),
  },
});
