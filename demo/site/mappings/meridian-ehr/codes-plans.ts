import { ucum, type CodeMap, type Unit } from 'fascia/mapping';

const VERSION = '2026-11';
const SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';

export const TEAM_TYPE: CodeMap = {
  name: 'team-type',
  version: VERSION,
  system: LOINC,
  codes: {
    LC: { code: 'LA28865-6', display: 'Longitudinal care-coordination focused care team' },
    EP: { code: 'LA27977-0', display: 'Episode of care-focused care team' },
    CO: { code: 'LA27978-8', display: 'Condition-focused care team' },
  },
};

export const MEMBER_ROLE: CodeMap = {
  name: 'member-role',
  version: VERSION,
  system: SNOMED,
  codes: {
    PCP: { code: '446050000', display: 'Primary care physician' },
    END: { code: '61894003', display: 'Endocrinologist' },
    CRD: { code: '17561000', display: 'Cardiologist' },
    RN: { code: '224535009', display: 'Registered nurse' },
    DIE: { code: '159033005', display: 'Dietitian' },
    CG: { code: '133932002', display: 'Caregiver' },
  },
};

export const PLAN_TYPE: CodeMap = {
  name: 'plan-type',
  version: VERSION,
  system: SNOMED,
  codes: {
    DM: { code: '735985000', display: 'Diabetes self management plan' },
    HF: { code: '735984001', display: 'Heart failure self management plan' },
  },
};

export const ACHIEVEMENT: CodeMap = {
  name: 'achievement',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/goal-achievement',
  codes: {
    IP: { code: 'in-progress', display: 'In Progress' },
    IM: { code: 'improving', display: 'Improving' },
    WO: { code: 'worsening', display: 'Worsening' },
    NC: { code: 'no-change', display: 'No Change' },
    AC: { code: 'achieved', display: 'Achieved' },
    NA: { code: 'not-achieved', display: 'Not Achieved' },
  },
};

/** What a goal measures. */
export const MEASURE: CodeMap = {
  name: 'goal-measure',
  version: VERSION,
  system: LOINC,
  codes: {
    A1C: { code: '4548-4', display: 'Hemoglobin A1c/Hemoglobin.total in Blood' },
    SBP: { code: '8480-6', display: 'Systolic blood pressure' },
    WGT: { code: '29463-7', display: 'Body weight' },
  },
};

export const ACTIVITY: CodeMap = {
  name: 'plan-activity',
  version: VERSION,
  system: SNOMED,
  codes: {
    FOOT: { code: '401191002', display: 'Diabetic foot examination' },
    EYE: { code: '134395001', display: 'Diabetic retinal screening' },
    DIET: { code: '11816003', display: 'Diet education' },
    CHEM: { code: '367336001', display: 'Chemotherapy' },
  },
};

export const GOAL_UNITS: Readonly<Record<string, Unit>> = {
  '%': ucum('%'),
  MMHG: ucum('mm[Hg]', 'MMHG'),
  KG: ucum('kg', 'KG'),
  GM: ucum('g', 'GM'),
};
