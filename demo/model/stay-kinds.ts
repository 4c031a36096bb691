/** What a stay of a kind is like. */
export interface Kind {
  readonly classCode: string;
  readonly types: readonly (string | null)[];
  readonly departments: readonly (string | null)[];
  readonly wards: readonly string[];
  /** At least and at most. */
  readonly nights: readonly [number, number];
  readonly sensitivity?: 'PSY';
}

export const ADMISSION: Kind = {
  classCode: 'I',
  types: ['ADM', 'EAD', 'ADM'],
  departments: ['MGMED', 'MGMED', 'MGXXX'],
  wards: ['MGER', 'MG3A', 'MG3B', 'MGICU', 'MGCCU'],
  nights: [1, 16],
};

export const KINDS: readonly (readonly [share: number, kind: Kind])[] = [
  [
    0.42,
    {
      classCode: 'O',
      types: ['CHK', 'FUP', 'FUP', 'PRB', null],
      departments: ['MGMED', 'MGENDO', 'MWFAM', null],
      wards: [],
      nights: [0, 0],
    },
  ],
  [0.16, { classCode: 'E', types: ['EMR', 'EMR', 'EMX'], departments: ['MGED'], wards: ['MGER'], nights: [0, 0] }],
  // Watched until it is clear whether they have to stay.
  [0.04, { classCode: 'B', types: ['EMR'], departments: ['MGED'], wards: ['MGER', 'MG3A'], nights: [0, 1] }],
  [0.3, ADMISSION],
  [
    0.04,
    { classCode: 'I', types: ['ADM'], departments: ['MGMED'], wards: ['MGPSY'], nights: [6, 28], sensitivity: 'PSY' },
  ],
  [0.04, { classCode: 'V', types: ['FUP'], departments: ['MGENDO'], wards: [], nights: [0, 0] }],
];

export const REASONS = [
  ...['Chest pain', 'Fall at home', 'Fever and cough', ' Shortness of breath ', 'Abdominal pain', 'Elective surgery'],
  ...['Out of insulin', null, null],
] as const;
export const SOURCES = ['ER', 'GP', 'HT', 'NH', 'WI', null] as const;
export const DISPOSITIONS = ['HOM', 'HOM', 'HOM', 'SNF', 'RHB', 'AMA', 'OTH', 'TAX', null] as const;
