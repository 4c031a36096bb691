import type { Meaning } from './codes.ts';

type Meanings = Readonly<Record<string, Meaning>>;

export const STUDY_STATUS: Readonly<Record<string, string>> = {
  R: 'registered',
  V: 'available',
  C: 'cancelled',
  E: 'entered-in-error',
};

/** DICOM does not know DEXA. */
export const MODALITY: Meanings = {
  XR: { code: 'DX', display: 'Digital Radiography' },
  CT: { code: 'CT', display: 'Computed Tomography' },
  MRT: { code: 'MR', display: 'Magnetic Resonance' },
  SONO: { code: 'US', display: 'Ultrasound' },
  MG: { code: 'MG', display: 'Mammography' },
};

export const BODY_PART: Meanings = {
  CHEST: { code: '51185008', display: 'Thoracic structure' },
  ABDOMEN: { code: '113345001', display: 'Abdominal structure' },
  PELVIS: { code: '12921003', display: 'Pelvic structure' },
  KNEE: { code: '72696002', display: 'Knee region structure' },
  BREAST: { code: '76752008', display: 'Breast structure' },
};

export const LATERALITY: Meanings = {
  L: { code: '7771000', display: 'Left' },
  R: { code: '24028007', display: 'Right' },
  B: { code: '51440002', display: 'Right and left' },
};

export const RADIOLOGY_EXAM: Meanings = {
  CXR2: { code: '36643-5', display: 'XR Chest 2 Views' },
  CTCAP: { code: '72254-6', display: 'CT Chest and Abdomen and Pelvis W contrast IV' },
  USAB: { code: '24558-9', display: 'US Abdomen' },
};
