import type { Meaning } from './codes.ts';

type Table = Readonly<Record<string, string>>;

export const VACCINATION_STATUS: Table = { C: 'completed', N: 'not-done', E: 'entered-in-error' };
export const PROCEDURE_STATUS: Table = {
  P: 'preparation',
  I: 'in-progress',
  C: 'completed',
  S: 'stopped',
  N: 'not-done',
  X: 'entered-in-error',
};
export const NOT_GIVEN: Readonly<Record<string, Meaning>> = {
  PO: { code: 'PATOBJ', display: 'patient objection' },
  IM: { code: 'IMMUNE', display: 'immunity' },
  OS: { code: 'OSTOCK', display: 'product out of stock' },
};
export const VACCINATION_SITE: Readonly<Record<string, Meaning>> = {
  LA: { code: 'LA', display: 'left arm' },
  RA: { code: 'RA', display: 'right arm' },
};
export const TREATMENT: Readonly<Record<string, Meaning>> = {
  COLO: { code: '73761001', display: 'Colonoscopy' },
  APPY: { code: '80146002', display: 'Appendectomy' },
  ECHO: { code: '40701008', display: 'Echocardiography' },
  CATH: { code: '41976001', display: 'Cardiac catheterization' },
};
