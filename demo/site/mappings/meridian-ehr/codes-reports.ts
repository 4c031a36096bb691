import type { CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';

/** Panels of the laboratory; DMFU, the hospital's own for diabetes, has no LOINC code. */
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
