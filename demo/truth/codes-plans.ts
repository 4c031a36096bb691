import type { Meaning } from './codes.ts';

type Table = Readonly<Record<string, string>>;

export const TEAM_STATUS: Table = {
  P: 'proposed',
  A: 'active',
  S: 'suspended',
  I: 'inactive',
  E: 'entered-in-error',
};
export const TEAM_TYPE: Readonly<Record<string, Meaning>> = {
  LC: { code: 'LA28865-6', display: 'Longitudinal care-coordination focused care team' },
  EP: { code: 'LA27977-0', display: 'Episode of care-focused care team' },
  CO: { code: 'LA27978-8', display: 'Condition-focused care team' },
};
export const MEMBER_ROLE: Readonly<Record<string, Meaning>> = {
  PCP: { code: '446050000', display: 'Primary care physician' },
  END: { code: '61894003', display: 'Endocrinologist' },
  CRD: { code: '17561000', display: 'Cardiologist' },
  RN: { code: '224535009', display: 'Registered nurse' },
  DIE: { code: '159033005', display: 'Dietitian' },
  CG: { code: '133932002', display: 'Caregiver' },
};
export const PLAN_STATUS: Table = {
  D: 'draft',
  A: 'active',
  H: 'on-hold',
  C: 'completed',
  R: 'revoked',
  E: 'entered-in-error',
  U: 'unknown',
};
export const PLAN_TYPE: Readonly<Record<string, Meaning>> = {
  DM: { code: '735985000', display: 'Diabetes self management plan' },
  HF: { code: '735984001', display: 'Heart failure self management plan' },
};
export const GOAL_STATUS: Table = {
  P: 'proposed',
  L: 'planned',
  A: 'active',
  H: 'on-hold',
  C: 'completed',
  X: 'cancelled',
  R: 'rejected',
  E: 'entered-in-error',
};
export const ACHIEVEMENT: Readonly<Record<string, Meaning>> = {
  IP: { code: 'in-progress', display: 'In Progress' },
  IM: { code: 'improving', display: 'Improving' },
  WO: { code: 'worsening', display: 'Worsening' },
  NC: { code: 'no-change', display: 'No Change' },
  AC: { code: 'achieved', display: 'Achieved' },
  NA: { code: 'not-achieved', display: 'Not Achieved' },
};
/** What a goal measures. */
export const MEASURE: Readonly<Record<string, Meaning>> = {
  A1C: { code: '4548-4', display: 'Hemoglobin A1c/Hemoglobin.total in Blood' },
  SBP: { code: '8480-6', display: 'Systolic blood pressure' },
  WGT: { code: '29463-7', display: 'Body weight' },
};
export const GOAL_UNIT: Table = { '%': '%', MMHG: 'mm[Hg]', KG: 'kg', GM: 'g' };
export const ACTIVITY: Readonly<Record<string, Meaning>> = {
  FOOT: { code: '401191002', display: 'Diabetic foot examination' },
  EYE: { code: '134395001', display: 'Diabetic retinal screening' },
  DIET: { code: '11816003', display: 'Diet education' },
  CHEM: { code: '367336001', display: 'Chemotherapy' },
};
export const ACTIVITY_STATUS: Table = { P: 'in-progress', C: 'completed', X: 'cancelled' };
