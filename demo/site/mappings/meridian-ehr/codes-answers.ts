import type { CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';
const SNOMED = 'http://snomed.info/sct';

export const SMOKING: CodeMap = {
  name: 'smoking',
  version: VERSION,
  system: SNOMED,
  codes: {
    NEV: { code: '266919005', display: 'Never smoked tobacco' },
    EX: { code: '8517006', display: 'Ex-smoker' },
    CUR: { code: '449868002', display: 'Smokes tobacco daily' },
    SOM: { code: '428041000124106', display: 'Occasional tobacco smoker' },
    UNK: { code: '266927001', display: 'Tobacco smoking consumption unknown' },
  },
};

export const PREGNANCY: CodeMap = {
  name: 'pregnancy',
  version: VERSION,
  system: SNOMED,
  codes: {
    Y: { code: '77386006', display: 'Pregnant' },
    N: { code: '60001007', display: 'Not pregnant' },
    P: { code: '152231000119106', display: 'Pregnancy not yet confirmed' },
  },
};

/** Questions that are answered by words. */
export const SOCIAL_QUESTION: CodeMap = {
  name: 'social-question',
  version: VERSION,
  system: 'http://loinc.org',
  codes: {
    OCC: { code: '11341-5', display: 'History of Occupation' },
    ALC: { code: '11331-6', display: 'History of Alcohol use' },
  },
};
