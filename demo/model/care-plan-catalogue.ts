/** A goal of a plan: what is to be reached, as typed, with the code of the line and the value that is aimed at. */
export interface GoalKind {
  readonly code: string | null;
  readonly text: string | null;
  /** As typed: `<7.0`, `130`. */
  readonly target: string | null;
  readonly unit: string | null;
}

/** What is to be done: the code of the line, and words. */
export interface ActivityKind {
  readonly code: string | null;
  readonly text: string | null;
}

export interface PlanKind {
  readonly type: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly goals: readonly GoalKind[];
  readonly activities: readonly ActivityKind[];
}

const WALK: GoalKind = { code: 'WALK', text: 'Walk half an hour on five days a week', target: null, unit: null };
const WEIGHT: GoalKind = { code: 'WGT', text: ' Lose five kilograms ', target: '82', unit: 'KG' };

export const DIABETES_PLAN: PlanKind = {
  type: 'DM',
  title: 'Diabetes plan',
  summary: 'Aim: HbA1c < 7 % without hypoglycemia.\nEyes & feet once a year; "sick day" rules were explained.',
  goals: [
    { code: 'A1C', text: 'HbA1c below 7 %', target: '<7.0', unit: '%' },
    { code: 'SBP', text: 'Blood pressure under control', target: '<=130', unit: 'MMHG' },
    WEIGHT,
    WALK,
  ],
  activities: [
    { code: 'FOOT', text: 'Feet checked every year' },
    { code: 'EYE', text: 'Eyes checked every year' },
    { code: null, text: 'Write down the morning sugar' },
  ],
};

export const CANCER_PLAN: PlanKind = {
  type: 'CA',
  title: 'Plan of the tumour board',
  summary:
    'Four cycles of carboplatin and pemetrexed, every 21 days; then osimertinib 80 mg once a day. CT every 12 weeks.',
  goals: [{ code: null, text: 'The tumour does not grow', target: null, unit: null }, WALK],
  activities: [
    { code: 'CHEM', text: 'Carboplatin and pemetrexed, four cycles of 21 days' },
    { code: null, text: 'Osimertinib 80 mg once a day' },
    { code: null, text: 'CT of chest, abdomen and pelvis every 12 weeks' },
  ],
};

export const OTHER_PLANS: readonly PlanKind[] = [
  {
    ...{ type: 'HF', title: 'Heart failure plan', summary: 'Weigh every morning; call when 2 kg more in three days.' },
    goals: [{ code: 'SALT', text: 'Less than 5 g of salt a day', target: '<5', unit: 'GM' }, WALK],
    activities: [{ code: 'WEIG', text: null }],
  },
  {
    ...{ type: 'BP', title: 'Blood pressure plan', summary: null },
    goals: [{ code: 'SBP', text: null, target: '<140', unit: 'MMHG' }, WEIGHT],
    activities: [{ code: 'DIET', text: 'Sees the dietitian' }],
  },
  {
    ...{ type: null, title: null, summary: 'Wants to stay at home as long as possible. ' },
    goals: [{ code: null, text: 'Manages the stairs alone', target: null, unit: null }],
    activities: [],
  },
];
