import {
  alias,
  code,
  codeableConcept,
  coding,
  decimalQuantity,
  defineBranch,
  derive,
  descending,
  equals,
  flag,
  identifier,
  integerNumber,
  isFlag,
  isNotNull,
  join,
  joinFirst,
  localCode,
  not,
  or,
  period,
  reference,
  required,
  string,
  textDateTime,
  ucum,
  ymd,
  type Column,
  type Predicate,
} from 'fascia/mapping';
import { ORDER_REASON, ORDER_SETTING } from './codes-medications.ts';
import { dosage, doseUnit, repeat, rhythm } from './dosage.ts';
import { joinedLabels } from './labels.ts';
import { HOSPITAL_ZONE, PATMAST, PROVMST } from './tables.ts';
import { DRUGMST, FRQMST, MEDORD, MEDSTAT } from './tables-medications.ts';
import { STAY } from './tables-stays.ts';

const local = (name: string): string => `https://meridian.example/cs/${name}`;

/** Rows that were taken back say when. */
export const isLiveOrder = ({ ROW_END }: { readonly ROW_END: Column<'integer'> }): Predicate =>
  equals(ROW_END, '99999999');

const o = alias('mo', MEDORD, { live: isLiveOrder });
const registration = alias('mop', PATMAST);
const stay = alias('mos', STAY, { live: (row) => not(isFlag(row.REC_ST, 'Z')) });
const status = alias('mot', MEDSTAT);
const drug = alias('mod', DRUGMST, { live: (row) => not(isFlag(row.WDR_FLG)) });
const frequency = alias('mof', FRQMST);
const prescriber = alias('mov', PROVMST);
const prior = alias('mor', MEDORD, { live: isLiveOrder });

/** An order must name who gave it (us-core-21); a plan need not. */
const requesterOfOrder = derive({
  columns: [o.INT_CD, prescriber.PROV_NO],
  write: (intent, provider) => (intent === 'O' && provider === null ? undefined : true),
  present: or(not(equals(o.INT_CD, 'O')), isNotNull(prescriber.PROV_NO)),
});

/** An order as it stands now: its status is the newest change, its drug what the formulary says today. */
export const medicationOrder = defineBranch('MedicationRequest', {
  prefix: 'mrx',
  from: o,
  joins: [
    join(registration, [
      [registration.FAC_CD, o.FAC_CD],
      [registration.PT_NO, o.PT_NO],
    ]),
    join(stay, [[stay.STAY_NO, o.STAY_NO]]),
    joinFirst(status, [[status.ORD_NO, o.ORD_NO]], {
      where: equals(status.CHG_KIND, 'S'),
      order: [descending(status.CHG_SEQ)],
    }),
    joinFirst(drug, [[drug.DRUG_CD, o.DRUG_CD]], { order: [descending(drug.VER_NO)] }),
    join(frequency, [[frequency.FRQ_CD, o.FRQ_CD]]),
    join(prescriber, [[prescriber.PROV_NO, o.PROV_NO]]),
    join(prior, [[prior.ORD_NO, o.REPL_NO]]),
  ],
  where: not(isFlag(registration.DEL_FLG, 'Y')),
  key: [o.ORD_NO],
  labels: joinedLabels(
    { named: o.DRUG_CD, found: drug.DRUG_CD, sensitivity: drug.SENS_CD },
    { named: o.STAY_NO, found: stay.STAY_NO, sensitivity: stay.SENS_CD },
  ),
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-medicationrequest'],
  profileNeeds: [requesterOfOrder],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/medication-order', value: o.ORD_NO })],
    status: code(
      status.ST_CD,
      {
        ...{ DR: 'draft', AC: 'active', HO: 'on-hold', DC: 'stopped', CM: 'completed', CX: 'cancelled' },
        ER: 'entered-in-error',
      },
      {
        unmapped: 'damaged',
        missing: { fallback: 'unknown' },
        system: 'http://hl7.org/fhir/CodeSystem/medicationrequest-status',
      },
    ),
    statusReason: localCode({ column: status.RSN_CD, system: local('order-change-reason'), maps: [ORDER_REASON] }),
    intent: code(
      o.INT_CD,
      { O: 'order', P: 'plan' },
      { unmapped: 'damaged', system: 'http://hl7.org/fhir/CodeSystem/medicationrequest-intent' },
    ),
    category: [localCode({ column: o.SET_CD, system: local('order-setting'), maps: [ORDER_SETTING] })],
    reportedBoolean: flag(o.RPT_FLG, { yes: ['Y'], no: ['N'] }, 'omit'),
    medicationCodeableConcept: required(
      codeableConcept({
        coding: [
          coding({ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: drug.RXN_CD }),
          coding({ system: local('drug'), code: o.DRUG_CD, display: drug.DRUG_NM }),
        ],
        text: string(o.DRUG_TXT),
      }),
    ),
    subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
    encounter: reference('Encounter', 'mv', [stay.STAY_NO]),
    authoredOn: textDateTime(o.ORD_TS, 'YYYYMMDDhhmmss', HOSPITAL_ZONE),
    requester: reference('Practitioner', 'mq', [prescriber.PROV_NO]),
    reasonCode: [codeableConcept({ coding: [], text: string(o.IND_TXT) })],
    note: [{ text: string(o.NOTE_TXT) }],
    dosageInstruction: [
      {
        ...dosage(o),
        timing: {
          repeat: {
            boundsPeriod: period(
              ymd(o.STRT_DT),
              textDateTime(o.STOP_DT, 'YYYY-MM-DD', HOSPITAL_ZONE, { unknown: ['0000-00-00'] }),
            ),
            ...repeat(frequency),
          },
          code: rhythm(o, frequency),
        },
      },
    ],
    dispenseRequest: {
      numberOfRepeatsAllowed: integerNumber(o.RFL_CNT),
      quantity: decimalQuantity(o.QTY_N, doseUnit(o)),
      expectedSupplyDuration: decimalQuantity(o.SUP_DAYS, ucum('d', 'days')),
    },
    priorPrescription: reference('MedicationRequest', 'mrx', [prior.ORD_NO]),
  },
});
