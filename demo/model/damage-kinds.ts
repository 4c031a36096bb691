/**
 * Rows that cannot be mapped, by kind: the table that holds them, the element that fails, as deep as it is known (a choice without its type), and what
 * was done to the row.
 */
export const DAMAGE_KINDS = {
  'impossible-draw-date': { table: 'LABRSLT', element: 'Observation.effective', what: 'DRAW_DT is 20230231' },
  'impossible-draw-time': { table: 'LABRSLT', element: 'Observation.effective', what: 'DRAW_TM is 2575' },
  'spring-gap': {
    table: 'LABRSLT',
    element: 'Observation.effective',
    what: 'DRAW_DT and DRAW_TM name a wall time that the clocks skipped',
  },
  'unknown-status': { table: 'LABRSLT', element: 'Observation.status', what: 'STAT_CD is Q, which no table knows' },
  'missing-status': { table: 'LABRSLT', element: 'Observation.status', what: 'STAT_CD is null' },
  'missing-test': { table: 'LABRSLT', element: 'Observation.code', what: 'TEST_CD is null' },
  'number-too-long': { table: 'LABRSLT', element: 'Observation.value', what: 'RSLT_TXT is a number of 60 digits' },
  'control-character': {
    table: 'LABRSLT',
    element: 'Observation.value',
    what: 'RSLT_TXT holds the control character U+0007',
  },
  'orphan-result': {
    table: 'LABRSLT',
    element: 'Observation.subject',
    what: 'FAC_CD and PT_NO name no row of PATMAST',
  },
  'unreadable-time': { table: 'LABEAV', element: 'Observation.effective', what: 'the TIME attribute is YESTERDAY 9AM' },
  'spring-gap-device': {
    table: 'LABEAV',
    element: 'Observation.effective',
    what: 'the TIME attribute is a wall time that the clocks skipped',
  },
  'orphan-order': { table: 'LABEAV', element: 'Observation.subject', what: 'ORD_NO names no row of LABORD' },
  'impossible-birth-date': { table: 'PATMAST', element: 'Patient.birthDate', what: 'DOB is 19990231' },
  'control-character-name': {
    table: 'PATMAST',
    element: 'Patient.name.family',
    what: 'PT_NM holds the control character U+001F',
  },
  'blank-in-key': { table: 'PATMAST', element: 'Patient.identifier', what: 'PT_NO holds blanks between its digits' },
  'unknown-dispense-status': {
    table: 'dispense',
    element: 'MedicationDispense.status',
    what: 'status is Z, which no table knows',
  },
  'control-character-sig': {
    table: 'dispense',
    element: 'MedicationDispense.dosageInstruction.text',
    what: 'sig holds the control character U+000B',
  },
  'orphan-dispense': {
    table: 'dispense',
    element: 'MedicationDispense.subject',
    what: 'cust_no names no row of customer',
  },
  'unknown-stay-status': { table: 'STAY', element: 'Encounter.status', what: 'the newest STAT_CD is QQ' },
  'unknown-stay-class': { table: 'STAY', element: 'Encounter.class', what: 'CLS_CD is ?' },
  'impossible-discharge-date': { table: 'STAY', element: 'Encounter.period', what: 'DIS_DT is 20250231' },
  'orphan-stay': { table: 'STAY', element: 'Encounter.subject', what: 'FAC_CD and PT_NO name no row of PATMAST' },
  'unknown-appointment-status': {
    table: 'appointment',
    element: 'Appointment.status',
    what: 'STATUS is Z, which no table knows',
  },
  'orphan-appointment': {
    table: 'appointment',
    element: 'Appointment.participant.actor',
    what: 'RAD_NO names no line of the file of patients',
  },
  'unknown-vitals-mark': { table: 'VITALS', element: 'Observation.status', what: 'ERR_FLG is ?, which no table knows' },
  'spring-gap-vitals': {
    table: 'VITALS',
    element: 'Observation.effective',
    what: 'MEAS_TS is a wall time that the clocks skipped',
  },
  'orphan-vitals': {
    table: 'VITALS',
    element: 'Observation.subject',
    what: 'FAC_CD and PT_NO name no row of PATMAST',
  },
  'problem-without-code': {
    table: 'PRBLST',
    element: 'Condition.code',
    what: 'CODES and DESC_TXT are null in a problem',
  },
  'active-but-over': { table: 'PRBLST', element: 'Condition.clinicalStatus', what: 'CLIN_ST is A, and ABT_DT a date' },
  'impossible-onset': { table: 'PRBLST', element: 'Condition.onset', what: 'ONS_DT is 2023-02-31' },
  'unknown-verification': {
    table: 'PRBLST',
    element: 'Condition.verificationStatus',
    what: 'VER_ST is 9, which no table knows',
  },
  'allergy-without-code': {
    table: 'PRBLST',
    element: 'AllergyIntolerance.code',
    what: 'CODES and DESC_TXT are null in an allergy',
  },
  'half-code': { table: 'PRBLST', element: 'Condition.code', what: 'CODES is ICD10:, a label without a code' },
  'error-but-over': { table: 'PRBLST', element: 'Condition.clinicalStatus', what: 'VER_ST is E, and ABT_DT a date' },
  'orphan-alert': { table: 'PRBLST', element: 'Flag.subject', what: 'FAC_CD and PT_NO name no row of PATMAST' },
  'unknown-answer-status': {
    table: 'QSTANS',
    element: 'Observation.status',
    what: 'ANS_ST is W, which no table knows',
  },
  'orphan-answer': {
    table: 'QSTANS',
    element: 'Observation.subject',
    what: 'FAC_CD and PT_NO name no row of PATMAST',
  },
  'vaccine-without-code': {
    table: 'IMMHST',
    element: 'Immunization.vaccineCode',
    what: 'CVX_CD and VAC_TXT are null',
  },
  'impossible-vaccination-date': { table: 'IMMHST', element: 'Immunization.occurrence', what: 'GIV_DT is 20240230' },
  'unknown-procedure-status': { table: 'PROCLOG', element: 'Procedure.status', what: 'STAT_CD is Q' },
  'orphan-procedure': {
    table: 'PROCLOG',
    element: 'Procedure.subject',
    what: 'FAC_CD and PT_NO name no row of PATMAST',
  },
  'control-character-relative': {
    table: 'PATREL',
    element: 'RelatedPerson.name.given',
    what: 'REL_NM holds the control character U+0003',
  },
  'unknown-coverage-status': { table: 'PATINS', element: 'Coverage.status', what: 'INS_ST is 7, which no table knows' },
  'impossible-collection-date': {
    table: 'LABORD',
    element: 'DiagnosticReport.effective',
    what: 'COL_DT is 20230231',
  },
  'unknown-order-status': {
    table: 'LABORD',
    element: 'DiagnosticReport.status',
    what: 'STAT_CD is ZZ, which no table knows',
  },
  'unknown-consent-status': { table: 'CONSNT', element: 'Consent.status', what: 'ST_CD is W, which no table knows' },
  'consent-without-decision': { table: 'CONSNT', element: 'Consent.provision.type', what: 'DEC_CD is null' },
  'consent-for-nobody': {
    table: 'CONSNT',
    element: 'Consent.provision.actor.reference',
    what: 'PRT_CD names no row of PARTNER',
  },
  'orphan-consent': { table: 'CONSNT', element: 'Consent.patient', what: 'FAC_CD and PT_NO name no row of PATMAST' },
  'unknown-referral-status': { table: 'REFREQ', element: 'ServiceRequest.status', what: 'the newest ST_CD is QQ' },
  'impossible-referral-date': { table: 'REFREQ', element: 'ServiceRequest.authoredOn', what: 'REQ_DT is 31.02.2025' },
  'referral-without-service': { table: 'REFREQ', element: 'ServiceRequest.code', what: 'SVC_CD is null' },
  'orphan-referral': {
    table: 'REFREQ',
    element: 'ServiceRequest.subject',
    what: 'FAC_CD and PT_NO name no row of PATMAST',
  },
  'unknown-drug-order-status': { table: 'MEDORD', element: 'MedicationRequest.status', what: 'the newest ST_CD is ZZ' },
  'order-without-drug': {
    table: 'MEDORD',
    element: 'MedicationRequest.medication',
    what: 'DRUG_CD and DRUG_TXT are null',
  },
  'impossible-stop-date': {
    table: 'MEDORD',
    element: 'MedicationRequest.dosageInstruction.timing.repeat.bounds',
    what: 'STOP_DT is 2025-02-30',
  },
  'orphan-medication-order': {
    table: 'MEDORD',
    element: 'MedicationRequest.subject',
    what: 'FAC_CD and PT_NO name no row of PATMAST',
  },
  'control-character-conclusion': {
    table: 'DOCHDR',
    element: 'DiagnosticReport.conclusion',
    what: 'CONCL holds the control character U+0004',
  },
  'unknown-document-status': {
    table: 'DOCHDR',
    element: 'DocumentReference.status',
    what: 'STAT_CD is Z, which no table knows',
  },
  'impossible-document-time': {
    table: 'DOCHDR',
    element: 'DocumentReference.context.period',
    what: 'EXM_DTM is 202402301000',
  },
  'unknown-administration': {
    table: 'MEDADM',
    element: 'MedicationAdministration.status',
    what: 'ADM_CD is ?, which no table knows',
  },
  'orphan-administration': {
    table: 'MEDADM',
    element: 'MedicationAdministration.subject',
    what: 'ORD_NO names no row of MEDORD',
  },
  'unknown-team-status': { table: 'CARTEAM', element: 'CareTeam.status', what: 'ST_CD is W, which no table knows' },
  'unknown-plan-status': { table: 'CARPLN', element: 'CarePlan.status', what: 'ST_CD is 8, which no table knows' },
  'orphan-goal': { table: 'CARLIN', element: 'Goal.subject', what: 'PLN_NO names no row of CARPLN' },
  'unknown-taking': { table: 'HOMELN', element: 'MedicationStatement.status', what: 'TAK_CD is ?' },
  'orphan-home-line': { table: 'HOMELN', element: 'MedicationStatement.subject', what: 'LST_NO leads nowhere' },
  'unknown-implant-status': { table: 'IMPLNT', element: 'Device.status', what: 'ST_CD is ?, which no table knows' },
  'impossible-implant-expiry': {
    table: 'IMPLNT',
    element: 'Device.expirationDate',
    what: 'the element 17 of UDI_TXT is 250231',
  },
  'unknown-specimen-status': { table: 'SPECMN', element: 'Specimen.status', what: 'ST_CD is ?, which no table knows' },
  'impossible-specimen-date': { table: 'SPECMN', element: 'Specimen.collection.collected', what: 'COL_DT is 20230231' },
  'orphan-specimen': { table: 'SPECMN', element: 'Specimen.subject', what: 'FAC_CD and PT_NO name no row of PATMAST' },
  'unknown-study-status': { table: 'study', element: 'ImagingStudy.status', what: 'STATUS is ?, which no table knows' },
} as const;

/** Damaged rows that belong to nobody: each is there once. */
export const SHARED_DAMAGE_KINDS = {
  'control-character-location': {
    table: 'LOCMST',
    element: 'Location.name',
    what: 'LOC_NM holds the control character U+0002',
  },
  'unreadable-opening-time': {
    table: 'SVCMST',
    element: 'HealthcareService.availableTime.availableStartTime',
    what: 'OPEN_TM is 8am',
  },
  'impossible-role-date': { table: 'PROVROLE', element: 'PractitionerRole.period', what: 'FROM_DT is 20230231' },
  'control-character-roster': {
    table: 'ROSTER',
    element: 'Group.name',
    what: 'RST_NM holds the control character U+0004',
  },
} as const;

export type DamageKind = keyof typeof DAMAGE_KINDS;
export type SharedDamageKind = keyof typeof SHARED_DAMAGE_KINDS;
