import type { CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';

/** Panels of the laboratory; DMFU and TUMR, the hospital's own for diabetes and for tumour markers, have no LOINC code. */
export const LAB_PANEL: CodeMap = {
  name: 'lab-panel',
  version: VERSION,
  system: 'http://loinc.org',
  codes: {
    BMP: { code: '24321-2', display: 'Basic metabolic 2000 panel - Serum or Plasma' },
    CBC: { code: '58410-2', display: 'CBC panel - Blood by Automated count' },
    LIPID: { code: '24331-1', display: 'Lipid 1996 panel - Serum or Plasma' },
    LFT: { code: '24325-3', display: 'Hepatic function 2000 panel - Serum or Plasma' },
    UA: { code: '24357-6', display: 'Urinalysis macro (dipstick) panel - Urine' },
    ABG: { code: '24336-0', display: 'Gas panel - Arterial blood' },
  },
};

/** An order of a single test names no panel: its report is a laboratory report. */
export const LAB_REPORT = { system: 'http://loinc.org', code: '11502-2', display: 'Laboratory report' } as const;

/** Genomics is not among them. */
export const REPORT_SECTION: CodeMap = {
  name: 'report-section',
  version: VERSION,
  system: 'http://loinc.org',
  codes: {
    RAD: { code: 'LP29684-5', display: 'Radiology' },
    CAR: { code: 'LP29708-2', display: 'Cardiology' },
    PAT: { code: 'LP7839-6', display: 'Pathology' },
  },
};

export const EXAMINATION: CodeMap = {
  name: 'examination',
  version: VERSION,
  system: 'http://loinc.org',
  codes: {
    CXR2: { code: '36643-5', display: 'XR Chest 2 Views' },
    CTCAP: { code: '72254-6', display: 'CT Chest and Abdomen and Pelvis W contrast IV' },
    USAB: { code: '24558-9', display: 'US Abdomen' },
    ECHO: { code: '42148-7', display: 'US Heart' },
    EKG: { code: '11524-6', display: 'EKG study' },
    PATH: { code: '11526-1', display: 'Pathology study' },
    NGS: { code: '51969-4', display: 'Genetic analysis report' },
  },
};

const IMAGING_STUDY = { code: '18748-4', display: 'Diagnostic imaging study' };

/** The kind of document, which is coarser than what was examined; MEMO and films from outside are of no kind that LOINC knows. */
export const DOCUMENT_TYPE: CodeMap = {
  name: 'document-type',
  version: VERSION,
  system: 'http://loinc.org',
  codes: {
    ...{ CXR2: IMAGING_STUDY, CTCAP: IMAGING_STUDY, USAB: IMAGING_STUDY, ECHO: IMAGING_STUDY },
    EKG: { code: '11524-6', display: 'EKG study' },
    PATH: { code: '11526-1', display: 'Pathology study' },
    NGS: { code: '51969-4', display: 'Genetic analysis report' },
    DSUM: { code: '18842-5', display: 'Discharge summary' },
    CONS: { code: '11488-4', display: 'Consult note' },
  },
};
