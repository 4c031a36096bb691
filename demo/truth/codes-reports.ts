import type { Meaning } from './codes.ts';

/** DMFU and TUMR, the hospital's own panels for diabetes and for tumour markers, are not among them. */
export const LAB_PANEL: Readonly<Record<string, Meaning>> = {
  BMP: { code: '24321-2', display: 'Basic metabolic 2000 panel - Serum or Plasma' },
  CBC: { code: '58410-2', display: 'CBC panel - Blood by Automated count' },
  LIPID: { code: '24331-1', display: 'Lipid 1996 panel - Serum or Plasma' },
  LFT: { code: '24325-3', display: 'Hepatic function 2000 panel - Serum or Plasma' },
  UA: { code: '24357-6', display: 'Urinalysis macro (dipstick) panel - Urine' },
  ABG: { code: '24336-0', display: 'Gas panel - Arterial blood' },
};
export const SINGLE_TEST: Meaning = { code: '11502-2', display: 'Laboratory report' };
