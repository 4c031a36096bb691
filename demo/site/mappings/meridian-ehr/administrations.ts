import {
  alias,
  and,
  code,
  codeableConcept,
  coding,
  constant,
  defineBranch,
  derive,
  descending,
  equals,
  identifier,
  isFlag,
  isNotNull,
  isNull,
  join,
  joinFirst,
  localCode,
  localDateTime,
  not,
  onlyWith,
  orAbsent,
  reference,
  required,
  string,
  textQuantity,
  type Branch,
} from 'fascia/mapping';
import { DOSE_UNITS, PATIENT_OBJECTION, ROUTE } from './codes-medications.ts';
import { VACCINATION_SITE } from './codes-treatments.ts';
import { joinedLabels } from './labels.ts';
import { isLiveOrder } from './medication-orders.ts';
import { PATMAST, PROVMST } from './tables.ts';
import { DRUGMST, MEDADM, MEDORD } from './tables-medications.ts';
import { STAY } from './tables-stays.ts';

const local = (name: string): string => `https://meridian.example/cs/${name}`;

const a = alias('ad', MEDADM, { live: (row) => isNull(row.UNDO_NO) });
const order = alias('ado', MEDORD);
const liveOrder = alias('adl', MEDORD, { live: isLiveOrder });
const registration = alias('adp', PATMAST);
const stay = alias('ads', STAY, { live: (row) => not(isFlag(row.REC_ST, 'Z')) });
const product = alias('add', DRUGMST, { live: (row) => not(isFlag(row.WDR_FLG)) });
const ordered = alias('adx', DRUGMST, { live: (row) => not(isFlag(row.WDR_FLG)) });
const nurse = alias('adv', PROVMST);

const isShown = not(isFlag(registration.DEL_FLG, 'Y'));
const dose = textQuantity(a.DOSE_TXT, { column: a.DOSE_U, units: DOSE_UNITS }, { decimalComma: true });

/** Whoever refuses a dose says so with the status alone. */
const refusal = derive({
  columns: [a.ADM_CD],
  write: (status) => (status === 'R' ? { coding: [PATIENT_OBJECTION] } : undefined),
  when: { [PATIENT_OBJECTION.code]: equals(a.ADM_CD, 'R') },
  system: PATIENT_OBJECTION.system,
});

const row = {
  from: a,
  joins: [
    join(order, [[order.ORD_NO, a.ORD_NO]]),
    join(liveOrder, [[liveOrder.ORD_NO, a.ORD_NO]]),
    join(registration, [
      [registration.FAC_CD, order.FAC_CD],
      [registration.PT_NO, order.PT_NO],
    ]),
    join(stay, [[stay.STAY_NO, order.STAY_NO]]),
    joinFirst(product, [[product.DRUG_CD, a.SCAN_CD]], { order: [descending(product.VER_NO)] }),
    joinFirst(ordered, [[ordered.DRUG_CD, order.DRUG_CD]], { order: [descending(ordered.VER_NO)] }),
    join(nurse, [[nurse.PROV_NO, a.NRS_NO]]),
  ],
  key: [a.ADM_NO],
} as const;

/** As sensitive as the drug that was ordered, and as the stay. */
const ofTheOrder = [
  { named: order.DRUG_CD, found: ordered.DRUG_CD, sensitivity: ordered.SENS_CD },
  { named: order.STAY_NO, found: stay.STAY_NO, sensitivity: stay.SENS_CD },
] as const;

const shared = {
  identifier: [identifier({ system: 'https://meridian.example/sid/administration', value: a.ADM_NO })],
  status: code(
    a.ADM_CD,
    {
      ...{ G: 'completed', P: 'in-progress', H: 'not-done', R: 'not-done', M: 'not-done', S: 'stopped' },
      E: 'entered-in-error',
    },
    {
      unmapped: 'damaged',
      missing: { fallback: 'unknown' },
      system: 'http://terminology.hl7.org/CodeSystem/medication-admin-status',
    },
  ),
  statusReason: [refusal, localCode({ column: a.RSN_CD, system: local('not-administered-reason'), maps: [] })],
  category: constant({
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/medication-admin-category',
        code: 'inpatient',
        display: 'Inpatient',
      },
    ],
  }),
  subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
  context: reference('Encounter', 'mv', [stay.STAY_NO]),
  effectiveDateTime: orAbsent(localDateTime(a.ADM_TS), 'unknown'),
  performer: [{ actor: reference('Practitioner', 'mq', [nurse.PROV_NO]) }],
  request: reference('MedicationRequest', 'mrx', [liveOrder.ORD_NO]),
  note: [{ text: string(a.NOTE_TXT) }],
  // R4 has no dosage without a dose (mad-1).
  dosage: {
    route: onlyWith(dose, localCode({ column: a.RTE_CD, system: local('route'), maps: [ROUTE] })),
    site: onlyWith(dose, localCode({ column: a.SITE_CD, system: local('injection-site'), maps: [VACCINATION_SITE] })),
    dose,
  },
} as const;

/** A product that was scanned is a reference into the formulary; what was typed, or means nothing today, stays words and its code. */
export const administrations: readonly Branch[] = [
  defineBranch('MedicationAdministration', {
    ...row,
    prefix: 'mad',
    where: and(isNotNull(product.DRUG_CD), isShown),
    labels: joinedLabels({ named: a.SCAN_CD, found: product.DRUG_CD, sensitivity: product.SENS_CD }, ...ofTheOrder),
    elements: { ...shared, medicationReference: required(reference('Medication', 'mmd', [product.DRUG_CD])) },
  }),
  defineBranch('MedicationAdministration', {
    ...row,
    prefix: 'mat',
    where: and(isNull(product.DRUG_CD), isShown),
    labels: joinedLabels({ named: a.SCAN_CD, found: product.DRUG_CD, sensitivity: ordered.SENS_CD }, ...ofTheOrder),
    elements: {
      ...shared,
      medicationCodeableConcept: required(
        codeableConcept({ coding: [coding({ system: local('drug'), code: a.SCAN_CD })], text: string(a.DRUG_TXT) }),
      ),
    },
  }),
];
