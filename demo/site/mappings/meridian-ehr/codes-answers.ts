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

export const PERFORMANCE: CodeMap = {
  name: 'performance-status',
  version: VERSION,
  system: 'http://loinc.org',
  codes: {
    0: { code: 'LA9622-7', display: 'Fully active, able to carry on all pre-disease performance without restriction' },
    1: 'LA9623-5',
    2: 'LA9624-3',
    3: 'LA9625-0',
    4: 'LA9626-8',
  },
};

export const DISEASE_COURSE: CodeMap = {
  name: 'disease-course',
  version: VERSION,
  system: SNOMED,
  codes: {
    BET: { code: '268910001', display: "Patient's condition improved" },
    STA: { code: '359746009', display: "Patient's condition stable" },
    WOR: { code: '271299001', display: "Patient's condition worsened" },
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
