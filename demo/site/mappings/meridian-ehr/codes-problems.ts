import type { CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';
const SNOMED = 'http://snomed.info/sct';

export const CLINICAL = { A: 'active', C: 'recurrence', I: 'inactive', R: 'resolved' } as const;

const verification = (name: string, system: string, more: Readonly<Record<string, string>>): CodeMap => ({
  name,
  version: VERSION,
  system: `http://terminology.hl7.org/CodeSystem/${system}`,
  codes: { C: 'confirmed', U: 'unconfirmed', R: 'refuted', E: 'entered-in-error', ...more },
});

export const CONDITION_VERIFICATION = verification('problem-verification', 'condition-ver-status', {
  P: 'provisional',
  D: 'differential',
});

/** Allergies know neither provisional nor differential: both are not confirmed. */
export const ALLERGY_VERIFICATION = verification('allergy-verification', 'allergyintolerance-verification', {
  P: 'unconfirmed',
  D: 'unconfirmed',
});

export const REACTION: CodeMap = {
  name: 'allergic-reaction',
  version: VERSION,
  system: SNOMED,
  codes: {
    HIVE: { code: '126485001', display: 'Urticaria' },
    ANAP: { code: '39579001', display: 'Anaphylaxis' },
    NAUS: { code: '422587007', display: 'Nausea' },
    RASH: { code: '271807003', display: 'Eruption of skin' },
  },
};

export const NO_ALLERGY: CodeMap = {
  name: 'no-known-allergy',
  version: VERSION,
  system: SNOMED,
  codes: {
    M: { code: '409137002', display: 'No known drug allergy' },
    F: { code: '429625007', display: 'No known food allergy' },
  },
};

export const ALERT: CodeMap = {
  name: 'alert',
  version: VERSION,
  system: SNOMED,
  codes: { FALL: { code: '129839007', display: 'At increased risk for falls' } },
};

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const CONFIDENTIALITY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
export const RESTRICTED = { system: CONFIDENTIALITY_SYSTEM, code: 'R', display: 'restricted' };

const restricted = { code: 'R', display: 'restricted' };

export const CONFIDENTIALITY: CodeMap = {
  name: 'confidentiality',
  version: VERSION,
  system: CONFIDENTIALITY_SYSTEM,
  codes: { PSY: restricted, HIV: restricted, SUB: restricted, ADO: restricted },
};

export const SENSITIVITY: CodeMap = {
  name: 'sensitivity',
  version: VERSION,
  system: ACT_CODE,
  codes: {
    PSY: { code: 'PSY', display: 'psychiatry disorder information sensitivity' },
    HIV: { code: 'HIV', display: 'HIV/AIDS information sensitivity' },
    SUB: { code: 'SUD', display: 'substance use disorder information sensitivity' },
    ADO: { code: 'ADOL', display: 'adolescent information sensitivity' },
  },
};
