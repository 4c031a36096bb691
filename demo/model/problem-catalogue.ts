/** One entry of the packed column: ICD10, SNOMED, RXN, or OLD for the codes of a former list, which mean nothing today. */
export type PackedCode = `${'ICD10' | 'SNOMED' | 'RXN' | 'OLD'}:${string}`;

/** What may stand on a problem list: the description as clerks write it, with the codes that the list's search window fills in. */
export interface Diagnosis {
  readonly text: string;
  readonly codes: readonly PackedCode[];
  /** PSY psychiatry, HIV, SUB substance use, ADO adolescents: who may see it is decided with care. */
  readonly sensitivity?: 'PSY' | 'HIV' | 'SUB' | 'ADO';
  /** Whether it can be over. */
  readonly passes: boolean;
  /** After so many days it is. */
  readonly within?: number;
  /** Nobody younger has it, in years. */
  readonly from?: number;
  /** The drug that is taken for it. */
  readonly drug?: string;
}

export const DIAGNOSES: readonly Diagnosis[] = [
  { text: 'Essential hypertension', codes: ['ICD10:I10', 'SNOMED:59621000'], passes: false, from: 25 },
  { text: 'Asthma', codes: ['ICD10:J45.909', 'SNOMED:195967001'], passes: false },
  { text: 'Hyperlipidemia', codes: ['ICD10:E78.5', 'SNOMED:55822004'], passes: false, from: 25 },
  { text: 'Low back pain', codes: ['ICD10:M54.50', 'SNOMED:279039007'], passes: true },
  { text: 'Pneumonia', codes: ['ICD10:J18.9', 'SNOMED:233604007'], passes: true, within: 60 },
  { text: 'Allergic rhinitis', codes: ['ICD10:J30.9', 'SNOMED:61582004'], passes: true },
  { text: 'GERD', codes: ['SNOMED:235595009', 'OLD:GI-17', 'ICD10:K21.9'], passes: false },
  { text: 'Tired all the time', codes: ['OLD:GEN-2'], passes: true },
  { text: 'Old fracture, ICD only', codes: ['ICD10:S72.001S'], passes: false },
  { text: 'Smoker’s cough', codes: ['SNOMED:49727002'], passes: true, from: 18 },
];

export const DIABETES: Diagnosis = {
  text: 'Type 2 diabetes mellitus',
  codes: ['ICD10:E11.9', 'SNOMED:44054006'],
  passes: false,
  from: 20,
};

export const LUNG_CANCER: Diagnosis = {
  text: 'Adenocarcinoma of the right upper lobe of the lung',
  codes: ['ICD10:C34.11', 'SNOMED:254626006'],
  passes: false,
};

export const SENSITIVE: readonly Diagnosis[] = [
  {
    text: 'Depressive disorder',
    codes: ['ICD10:F32.9', 'SNOMED:35489007'],
    sensitivity: 'PSY',
    passes: true,
    drug: 'SER50',
  },
  {
    text: 'Schizophrenia',
    codes: ['ICD10:F20.9', 'SNOMED:58214004'],
    sensitivity: 'PSY',
    passes: false,
    drug: 'OLA10',
  },
  { text: 'HIV infection', codes: ['ICD10:B20', 'SNOMED:86406008'], sensitivity: 'HIV', passes: false, drug: 'DLAM' },
  {
    text: 'Alcohol dependence',
    codes: ['ICD10:F10.20', 'SNOMED:66590003'],
    sensitivity: 'SUB',
    passes: true,
    drug: 'NALT50',
  },
];

export const OF_ADOLESCENTS: Diagnosis = {
  ...{ text: 'Contraception counselling', codes: ['ICD10:Z30.09'], sensitivity: 'ADO', passes: true, from: 13 },
};

/** What people are allergic to, with the codes of the same window and the category of the list. */
export interface Allergen {
  readonly text: string;
  readonly codes: readonly PackedCode[];
  readonly category: string | null;
}

export const ALLERGENS: readonly Allergen[] = [
  { text: 'Penicillin', codes: ['SNOMED:764146007'], category: 'M' },
  { text: 'Amoxicillin', codes: ['RXN:723'], category: 'M' },
  { text: 'Sulfamethoxazole', codes: ['RXN:10180'], category: 'M' },
  { text: 'Peanut', codes: ['SNOMED:762952008'], category: 'F' },
  { text: 'Latex', codes: ['SNOMED:111088007'], category: 'E' },
  { text: 'Wasp sting', codes: [], category: 'Q' },
  { text: 'Contrast, iodinated?', codes: [], category: null },
];

export const REACTIONS = ['HIVE', 'ANAP', 'NAUS', 'RASH', 'ZZ9', null] as const;
export const ALERTS = [
  ['FALL', 'Risk of falls'],
  ['ISOL', 'Isolate on arrival'],
  ['VIOL', 'May become violent'],
  [null, 'Hard of hearing: speak slowly'],
] as const;
