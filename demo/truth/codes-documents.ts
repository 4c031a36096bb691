import type { Meaning } from './codes.ts';

type Meanings = Readonly<Record<string, Meaning>>;

export const REPORT_STATUS: Readonly<Record<string, string>> = {
  P: 'preliminary',
  F: 'final',
  C: 'corrected',
  A: 'amended',
  E: 'entered-in-error',
};
/** The state of what the document says; that of the document itself is `current`, or `entered-in-error`. */
export const DOCUMENT_STATUS: Readonly<Record<string, string>> = {
  P: 'preliminary',
  F: 'final',
  C: 'amended',
  A: 'amended',
  E: 'entered-in-error',
};
export const SECTION: Meanings = {
  RAD: { code: 'LP29684-5', display: 'Radiology' },
  CAR: { code: 'LP29708-2', display: 'Cardiology' },
  PAT: { code: 'LP7839-6', display: 'Pathology' },
};
export const EXAMINATION: Meanings = {
  CXR2: { code: '36643-5', display: 'XR Chest 2 Views' },
  CTCAP: { code: '72254-6', display: 'CT Chest and Abdomen and Pelvis W contrast IV' },
  USAB: { code: '24558-9', display: 'US Abdomen' },
  ECHO: { code: '42148-7', display: 'US Heart' },
  EKG: { code: '11524-6', display: 'EKG study' },
  PATH: { code: '11526-1', display: 'Pathology study' },
  NGS: { code: '51969-4', display: 'Genetic analysis report' },
};
const IMAGING: Meaning = { code: '18748-4', display: 'Diagnostic imaging study' };
/** MEMO and films from outside are of no kind that LOINC knows. */
export const DOCUMENT_TYPE: Meanings = {
  ...{ CXR2: IMAGING, CTCAP: IMAGING, USAB: IMAGING, ECHO: IMAGING },
  EKG: { code: '11524-6', display: 'EKG study' },
  PATH: { code: '11526-1', display: 'Pathology study' },
  NGS: { code: '51969-4', display: 'Genetic analysis report' },
  DSUM: { code: '18842-5', display: 'Discharge summary' },
  CONS: { code: '11488-4', display: 'Consult note' },
};
