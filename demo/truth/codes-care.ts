import type { Meaning } from './codes.ts';

/** Systems of care coordination. */
export const CARE_SYSTEMS = {
  careTeam: 'https://meridian.example/sid/care-team',
  carePlan: 'https://meridian.example/sid/care-plan',
  localTeamType: 'https://meridian.example/cs/team-type',
  localMemberRole: 'https://meridian.example/cs/member-role',
  localPlanType: 'https://meridian.example/cs/plan-type',
  localPlanLine: 'https://meridian.example/cs/plan-line',
  localAchievement: 'https://meridian.example/cs/achievement',
  goalAchievement: 'http://terminology.hl7.org/CodeSystem/goal-achievement',
  referral: 'https://meridian.example/sid/referral',
  service: 'https://meridian.example/sid/service',
  localRequestKind: 'https://meridian.example/cs/request-kind',
  localService: 'https://meridian.example/cs/service',
  localServiceCategory: 'https://meridian.example/cs/service-category',
  serviceCategory: 'http://terminology.hl7.org/CodeSystem/service-category',
} as const;

type Table = Readonly<Record<string, string>>;

export const SERVICE_CATEGORY: Readonly<Record<string, Meaning>> = {
  SP: { code: '27', display: 'Specialist Medical' },
  CO: { code: '8', display: 'Counselling' },
  MH: { code: '22', display: 'Mental Health' },
  ED: { code: '14', display: 'Emergency Department' },
  GP: { code: '17', display: 'General Practice' },
  HO: { code: '35', display: 'Hospital' },
};

export const REQUEST_STATUS: Table = {
  OP: 'active',
  AC: 'active',
  HD: 'on-hold',
  RJ: 'revoked',
  AN: 'completed',
  ER: 'entered-in-error',
};
export const REQUEST_INTENT: Table = { O: 'order', P: 'proposal', L: 'plan' };
export const REQUEST_PRIORITY: Table = { '1': 'stat', '2': 'urgent', '3': 'routine' };
export const REQUEST_KIND: Readonly<Record<string, Meaning>> = {
  RF: { code: '3457005', display: 'Patient referral' },
  FU: { code: '390906007', display: 'Follow-up encounter' },
  CO: { code: '11429006', display: 'Consultation' },
};
export const SERVICE: Readonly<Record<string, Meaning>> = {
  CARD: { code: '183519002', display: 'Referral to cardiology service' },
  ENDO: { code: '306118006', display: 'Referral to endocrinology service' },
  DIET: { code: '103699006', display: 'Referral to dietitian' },
  PSYC: { code: '183524004', display: 'Referral to psychiatry service' },
};
