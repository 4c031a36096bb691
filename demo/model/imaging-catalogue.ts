/** A series of images that an examination usually has. */
export interface UsualSeries {
  /** As the archive calls it; null: it has no name there. */
  readonly description: string | null;
  readonly bodyPart: string | null;
  readonly laterality: 'L' | 'R' | 'B' | null;
  /** Between how many images and how many. */
  readonly images: readonly [least: number, most: number];
}

/** What an examination is made of: the department's codes. */
export interface Examination {
  readonly code: string;
  readonly text: string;
  readonly modality: string;
  readonly series: readonly UsualSeries[];
}

function series(
  description: string | null,
  bodyPart: string | null,
  least: number,
  most: number = least,
  laterality: UsualSeries['laterality'] = null,
): UsualSeries {
  return { description, bodyPart, laterality, images: [least, most] };
}

/** Beside what can be booked: a film at the bed, and the scan that follows a cancer. */
export const EXAMINATIONS: readonly Examination[] = [
  {
    code: 'CXR2',
    text: 'Chest, two views',
    modality: 'XR',
    series: [series('PA', 'CHEST', 1), series('LATERAL', 'CHEST', 1, 2)],
  },
  { code: 'CXRP', text: 'Chest, at the bed', modality: 'XR', series: [series('AP', 'CHEST', 1)] },
  {
    code: 'CTAB',
    text: 'CT abdomen with contrast',
    modality: 'CT',
    series: [
      series(null, 'ABDOMEN', 2),
      series('AXIAL 5 MM', 'ABDOMEN', 70, 110),
      series('CORONAL 3 MM', 'ABDOMEN', 50, 80),
    ],
  },
  {
    code: 'CTCAP',
    text: 'CT chest, abdomen and pelvis with contrast',
    modality: 'CT',
    series: [
      series('SCOUT', 'TAP', 2),
      series('LUNG 1.25 MM', 'CHEST', 240, 320),
      series('PORTAL VENOUS 3 MM', 'TAP', 180, 260),
      series('PELVIS DELAYED', 'PELVIS', 60, 90),
    ],
  },
  {
    code: 'MRKN',
    text: 'MRI knee; left',
    modality: 'MRT',
    series: [series('T1 SAG', 'KNEE', 22, 28, 'L'), series('PD FS COR', 'KNEE', 20, 26, 'L')],
  },
  {
    code: 'USAB',
    text: 'Ultrasound "upper" abdomen',
    modality: 'SONO',
    series: [series('Étude complète', 'ABDOMEN', 18, 40)],
  },
  {
    code: 'MAMM',
    text: 'Mammography, screening',
    modality: 'MG',
    series: [series('CC', 'BREAST', 1, 1, 'R'), series('CC', 'BREAST', 1, 1, 'L'), series('MLO', 'BREAST', 2, 2, 'B')],
  },
  {
    code: 'DXA',
    text: 'Bone density',
    modality: 'DEXA',
    series: [series('LUMBAR SPINE', 'LSPINE', 1), series('HIP', null, 1, 1, 'L')],
  },
];

export const STUDY_REMARKS = [
  'Motion artefacts; repeat if needed',
  'Contrast refused',
  null,
  null,
  null,
  null,
] as const;
