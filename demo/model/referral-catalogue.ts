import type { PackedCode } from './problem-catalogue.ts';

/** Why somebody is sent to a service: as typed, with the codes that the order window fills in. */
export interface ReferralReason {
  readonly text: string | null;
  readonly codes: readonly PackedCode[];
  /** PSY psychiatry: who may see it is decided with care. */
  readonly sensitivity?: 'PSY';
}

/** Why cardiology is called to the ward, and what it may answer. */
export interface ConsultReason extends ReferralReason {
  readonly answers: readonly (readonly [findings: string, opinion: string])[];
}

/** A service to which people are sent, and what for. */
export interface ReferralService {
  readonly code: string;
  readonly department: string | null;
  readonly reasons: readonly ReferralReason[];
}

const CARDIOLOGY = 'MGCARD';

export const CONSULT_REASONS: readonly ConsultReason[] = [
  {
    ...{ text: 'New atrial fibrillation on the ward; rate control?', codes: ['ICD10:I48.91', 'SNOMED:49436004'] },
    answers: [
      ['Atrial fibrillation, 124/min. Blood pressure stable.', 'Rate control with a beta blocker. Anticoagulation.'],
      ['Sinus rhythm again since this morning.', 'No rate control needed. Holter monitor for 48 hours.'],
    ],
  },
  {
    ...{ text: 'Chest pain, troponin slightly raised', codes: ['ICD10:R07.9', 'SNOMED:29857009'] },
    answers: [
      ['ST segments without change. Second troponin lower.', 'No acute coronary syndrome. Stress test in two weeks.'],
      ['T waves inverted in V4 to V6. Troponin still rising.', 'Coronary angiography during this stay.'],
    ],
  },
  {
    ...{ text: '  Syncope twice today, please see before discharge ', codes: [] },
    answers: [
      ['Blood pressure falls by 35 mmHg on standing. Normal EKG.', 'Orthostatic. Reduce the diuretic, fluids.'],
      ['Pauses of up to 3.4 seconds on telemetry.', 'Sick sinus: pacemaker before discharge.'],
    ],
  },
  {
    ...{ text: null, codes: ['ICD10:R00.2'] },
    answers: [['Frequent supraventricular extra beats, no runs.', 'Benign. Potassium above 4.0 mmol/L.']],
  },
];

/** The practice sees people after they have left the ward. */
export const FOLLOW_UP: ReferralService = {
  ...{ code: 'FAMM', department: 'MWFAM' },
  reasons: [
    { text: 'Blood pressure and kidney values after the discharge', codes: [] },
    { text: 'Wound check', codes: [] },
    { text: 'Review of the changed medicines', codes: [] },
  ],
};

/** It also looks at what was sent away on the last day. */
export const FOLLOW_UP_OF_TEST: ReferralService = {
  ...FOLLOW_UP,
  reasons: [{ text: 'Please look at the result that was still under way', codes: [] }, ...FOLLOW_UP.reasons],
};

export const REFERRAL_SERVICES: readonly ReferralService[] = [
  {
    code: 'CARD',
    department: CARDIOLOGY,
    reasons: [
      { text: 'Palpitations on exertion', codes: ['ICD10:R00.2', 'SNOMED:80313002'] },
      { text: 'Fitness for surgery? Known murmur', codes: ['OLD:CAR-3'] },
    ],
  },
  {
    code: 'ENDO',
    department: 'MGENDO',
    reasons: [{ text: 'HbA1c rises despite two drugs', codes: ['ICD10:E11.9', 'SNOMED:44054006'] }],
  },
  {
    code: 'DIET',
    department: null,
    reasons: [
      { text: 'Would like to lose weight', codes: ['ICD10:E66.9', 'SNOMED:414916001'] },
      { text: 'Low-salt diet', codes: [] },
    ],
  },
  {
    code: 'PSYC',
    department: 'MGXXX',
    reasons: [
      { text: 'Low mood for three months', codes: ['ICD10:F32.9', 'SNOMED:35489007'], sensitivity: 'PSY' },
      { text: 'Cannot sleep', codes: [], sensitivity: 'PSY' },
    ],
  },
  {
    code: 'PHYS',
    department: 'MWFAM',
    reasons: [{ text: null, codes: ['ICD10:M54.50', 'SNOMED:279039007'] }],
  },
  // In use, and in no catalogue.
  { code: 'ZXS7', department: 'MGMED', reasons: [{ text: 'As discussed by telephone', codes: [] }] },
];
