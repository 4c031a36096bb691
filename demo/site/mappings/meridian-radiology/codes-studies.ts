import type { CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';

/** The department's bone densitometer writes DEXA, which DICOM does not know. */
export const MODALITY: CodeMap = {
  name: 'radiology-modality',
  version: VERSION,
  system: 'http://dicom.nema.org/resources/ontology/DCM',
  codes: {
    XR: { code: 'DX', display: 'Digital Radiography' },
    CT: { code: 'CT', display: 'Computed Tomography' },
    MRT: { code: 'MR', display: 'Magnetic Resonance' },
    SONO: { code: 'US', display: 'Ultrasound' },
    MG: { code: 'MG', display: 'Mammography' },
  },
};

/** TAP (chest, abdomen and pelvis at once) and LSPINE are not translated yet. */
export const BODY_PART: CodeMap = {
  name: 'radiology-body-part',
  version: VERSION,
  system: 'http://snomed.info/sct',
  codes: {
    CHEST: { code: '51185008', display: 'Thoracic structure' },
    ABDOMEN: { code: '113345001', display: 'Abdominal structure' },
    PELVIS: { code: '12921003', display: 'Pelvic structure' },
    KNEE: { code: '72696002', display: 'Knee region structure' },
    BREAST: { code: '76752008', display: 'Breast structure' },
  },
};

export const LATERALITY: CodeMap = {
  name: 'radiology-laterality',
  version: VERSION,
  system: 'http://snomed.info/sct',
  codes: {
    L: { code: '7771000', display: 'Left' },
    R: { code: '24028007', display: 'Right' },
    B: { code: '51440002', display: 'Right and left' },
  },
};

export const EXAM: CodeMap = {
  name: 'radiology-exam',
  version: VERSION,
  system: 'http://loinc.org',
  codes: {
    CXR2: { code: '36643-5', display: 'XR Chest 2 Views' },
    CTCAP: { code: '72254-6', display: 'CT Chest and Abdomen and Pelvis W contrast IV' },
    USAB: { code: '24558-9', display: 'US Abdomen' },
  },
};
