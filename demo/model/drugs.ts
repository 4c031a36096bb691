/** A row of DRUGMST: one version of what a drug code of the hospital means. The RxNorm codes are real, null for what the house makes itself. */
export interface DrugVersion {
  readonly code: string;
  readonly version: number;
  readonly name: string;
  readonly rxnorm: string | null;
  readonly form: string | null;
  readonly withdrawn: boolean;
  /** A on the shelf, I no longer; null: not said. */
  readonly stock: string | null;
  /** What taking it says of a person, as in the list of problems; null: nothing that is not for everybody. */
  readonly sensitivity: string | null;
}

/** How a drug is mostly taken: the line of a list, as people at home have it. */
export interface DrugUse {
  readonly dose: string;
  readonly unit: string;
  readonly route: string;
  readonly frequency: string;
}

interface Drug extends DrugUse {
  readonly code: string;
  readonly name: string;
  readonly rxnorm: string | null;
  readonly form: string | null;
  /** Taken for years. */
  readonly longTerm?: true;
  readonly sensitivity?: 'PSY' | 'HIV' | 'SUB';
  /** Names under which the code stood before. */
  readonly before?: readonly string[];
  /** What the next version was to be; it was withdrawn again. */
  readonly withdrawn?: string;
}

const TABLET = { form: 'TAB', unit: 'TAB', route: 'PO', dose: '1', frequency: 'QD' } as const;
const SYRINGE = { form: 'INJ', unit: 'ML', route: 'SC', dose: '0,4', frequency: 'QD' } as const;

const DRUGS: readonly Drug[] = [
  {
    ...TABLET,
    ...{ code: 'MET500', name: 'metformin hydrochloride 500 MG Oral Tablet', rxnorm: '861007', frequency: 'BID' },
    ...{ longTerm: true, before: ['METFORMIN HCL TAB 500MG', 'METFORMIN 500'] },
  },
  {
    ...TABLET,
    code: 'METXR',
    name: '24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet',
    rxnorm: '860975',
  },
  {
    ...TABLET,
    ...{ code: 'LIS10', name: 'lisinopril 10 MG Oral Tablet', rxnorm: '314076', longTerm: true },
    withdrawn: 'LISINOPRIL 10 (DO NOT USE)',
  },
  { ...TABLET, code: 'LIS20', name: 'lisinopril 20 MG Oral Tablet', rxnorm: '314077' },
  { ...TABLET, code: 'LOS50', name: 'losartan potassium 50 MG Oral Tablet', rxnorm: '979492' },
  { ...TABLET, code: 'AML25', name: 'amlodipine 2.5 MG Oral Tablet', rxnorm: '308136', longTerm: true },
  { ...TABLET, code: 'AML5', name: 'amlodipine 5 MG Oral Tablet', rxnorm: '197361' },
  {
    ...TABLET,
    ...{ code: 'HCT25', name: 'hydrochlorothiazide 25 MG Oral Tablet', rxnorm: '310798', frequency: 'QAM' },
    ...{ longTerm: true, before: ['HCTZ 25'] },
  },
  {
    ...TABLET,
    code: 'WAR5',
    name: 'warfarin sodium 5 MG Oral Tablet',
    rxnorm: '855332',
    frequency: 'UD',
    longTerm: true,
  },
  { ...TABLET, code: 'FUR40', name: 'furosemide 40 MG Oral Tablet', rxnorm: '313988', dose: '0,5', longTerm: true },
  {
    ...{ code: 'FURIV', name: '10 ML furosemide 10 MG/ML Injection', rxnorm: '1719286', form: 'INJ' },
    ...{ dose: '20', unit: 'MG', route: 'IV', frequency: 'Q12H' },
  },
  {
    ...TABLET,
    code: 'SIM20',
    name: 'simvastatin 20 MG Oral Tablet',
    rxnorm: '312961',
    frequency: 'QHS',
    longTerm: true,
  },
  { ...TABLET, code: 'ATO80', name: 'atorvastatin 80 MG Oral Tablet', rxnorm: '259255', frequency: 'QHS' },
  { ...TABLET, code: 'ASA81', name: 'aspirin 81 MG Oral Tablet', rxnorm: '243670', longTerm: true },
  { ...TABLET, code: 'CLO75', name: 'clopidogrel 75 MG Oral Tablet', rxnorm: '309362' },
  {
    ...{ ...TABLET, code: 'LEV75', name: 'levothyroxine sodium 0.075 MG Oral Tablet', rxnorm: '966222' },
    ...{ frequency: 'QAM', longTerm: true },
  },
  { ...TABLET, code: 'PRE20', name: 'prednisone 20 MG Oral Tablet', rxnorm: '312615', dose: '2' },
  {
    ...TABLET,
    code: 'APA325',
    name: 'acetaminophen 325 MG Oral Tablet',
    rxnorm: '313782',
    dose: '2',
    frequency: 'Q6H',
  },
  { ...TABLET, code: 'IBU200', name: 'ibuprofen 200 MG Oral Tablet', rxnorm: '310965', dose: '1-2', frequency: 'Q8H' },
  { ...TABLET, code: 'NAP220', name: 'naproxen sodium 220 MG Oral Tablet', rxnorm: '849574', frequency: 'BID' },
  {
    ...{ code: 'AMX250', name: 'amoxicillin 250 MG Oral Capsule', rxnorm: '308182', form: 'CAP' },
    ...{ dose: '1', unit: 'CAP', route: 'PO', frequency: 'TID' },
  },
  { ...SYRINGE, code: 'ENO40', name: '0.4 ML enoxaparin sodium 100 MG/ML Prefilled Syringe', rxnorm: '854235' },
  {
    ...{ ...SYRINGE, code: 'HEP5', name: '1 ML heparin sodium, porcine 5000 UNT/ML Injection', rxnorm: '1659263' },
    ...{ dose: '5000', unit: 'UNT', frequency: 'Q8H' },
  },
  {
    ...{ ...SYRINGE, code: 'OND4', name: '2 ML ondansetron 2 MG/ML Injection', rxnorm: '1740467' },
    ...{ dose: '4', unit: 'MG', route: 'IV', frequency: 'Q8H' },
  },
  {
    ...{ ...SYRINGE, code: 'PIPTAZ', name: 'piperacillin 4000 MG / tazobactam 500 MG Injection', rxnorm: '1659149' },
    ...{ dose: '4,5', unit: 'GM', route: 'IV', frequency: 'Q6H' },
  },
  {
    ...{ code: 'KCLNS', name: 'Potassium chloride 20 mEq in sodium chloride 0.9 % 1000 mL', rxnorm: null, form: 'BAG' },
    ...{ dose: '1000', unit: 'ML', route: 'IV', frequency: 'Q8H' },
  },
  {
    ...{ code: 'CARBO', name: 'Carboplatin in glucose 5 %, 250 mL, made in the house', rxnorm: null, form: 'BAG' },
    ...{ dose: '600', unit: 'MG', route: 'IV', frequency: 'UD' },
  },
  {
    ...{ code: 'PEMET', name: 'Pemetrexed in sodium chloride 0.9 %, 100 mL, made in the house', rxnorm: null },
    ...{ form: 'BAG', dose: '900', unit: 'MG', route: 'IV', frequency: 'UD' },
  },
  ...(
    [
      ['SER50', 'sertraline 50 MG Oral Tablet', '312941', 'PSY'],
      ['OLA10', 'olanzapine 10 MG Oral Tablet', '314154', 'PSY'],
      ['DLAM', 'dolutegravir 50 MG / lamivudine 300 MG Oral Tablet', '2122519', 'HIV'],
      ['NALT50', 'naltrexone hydrochloride 50 MG Oral Tablet', '1483744', 'SUB'],
    ] as const
  ).map(([code, name, rxnorm, sensitivity]) => ({ ...TABLET, code, name, rxnorm, sensitivity })),
  { ...TABLET, code: 'OSI80', name: 'osimertinib 80 MG Oral Tablet', rxnorm: '1721581' },
  {
    ...{ code: 'MMW', name: 'Magic mouthwash, house formula', rxnorm: null, form: 'SOL' },
    ...{ dose: '10', unit: 'ML', route: 'SWS', frequency: 'QID' },
  },
];

/** Its only version was withdrawn: the code is in use and means nothing any more. */
const WITHDRAWN: DrugVersion = {
  ...{
    code: 'RAN150',
    version: 1,
    name: 'RANITIDINE 150 (RECALLED)',
    rxnorm: null,
    form: 'TAB',
    withdrawn: true,
    stock: 'I',
    sensitivity: null,
  },
};

function stockOf(code: string): string | null {
  return code === 'NAP220' ? 'I' : code === 'MMW' ? null : 'A';
}

/** The versions of the formulary: the newest that was not withdrawn counts. */
export const DRUG_VERSIONS: readonly DrugVersion[] = [
  ...DRUGS.flatMap(({ code, name, rxnorm, form, before = [], withdrawn, sensitivity = null }) => {
    const version = (number: number, text: string): DrugVersion => ({
      ...{ code, version: number, name: text, rxnorm: null, form, withdrawn: false, stock: 'A', sensitivity },
    });
    return [
      ...before.map((old, i) => version(i + 1, old)),
      { ...version(before.length + 1, name), rxnorm, stock: stockOf(code) },
      ...(withdrawn === undefined ? [] : [{ ...version(before.length + 2, withdrawn), form: null, withdrawn: true }]),
    ];
  }),
  WITHDRAWN,
];

export const WITHDRAWN_DRUG = WITHDRAWN.code;
export const LONG_TERM: readonly string[] = DRUGS.filter(({ longTerm }) => longTerm).map(({ code }) => code);

/** The version of a code that counts. */
export function drugOf(code: string): DrugVersion | undefined {
  return DRUG_VERSIONS.filter((version) => version.code === code && !version.withdrawn).at(-1);
}

/** The hospital's code of a product with this RxNorm code. */
export function drugWith(rxnorm: string | null): string | undefined {
  return rxnorm === null ? undefined : DRUGS.find((drug) => drug.rxnorm === rxnorm)?.code;
}

const PURPOSES: readonly (readonly [purpose: string, drugs: readonly string[]])[] = [
  ['Diabetes', ['MET500', 'METXR']],
  ['Hypertension', ['LIS10', 'LIS20', 'LOS50', 'AML25', 'AML5', 'HCT25']],
  [' for the heart ', ['WAR5', 'FUR40', 'ASA81', 'CLO75']],
  ['Cholesterol', ['SIM20', 'ATO80']],
  ['Thyroid', ['LEV75']],
  ['Depression', ['SER50']],
  ['Psychosis', ['OLA10']],
  ['HIV', ['DLAM']],
  ['Alcohol', ['NALT50']],
];

/** What the drug of a code is mostly for, as clerks write it; null: many things. */
export function purposeOf(code: string | null): string | null {
  return PURPOSES.find(([, drugs]) => code !== null && drugs.includes(code))?.[0] ?? null;
}

/** How the drug of a code is taken. */
export function useOf(code: string): DrugUse {
  const { dose, unit, route, frequency } = DRUGS.find((drug) => drug.code === code) ?? TABLET;
  return { dose, unit, route, frequency };
}
