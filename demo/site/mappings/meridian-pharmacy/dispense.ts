import {
  alias,
  code,
  codeableConcept,
  coding,
  decimalQuantity,
  defineBranch,
  identifier,
  instantTime,
  isFlag,
  join,
  not,
  reference,
  string,
  ucum,
} from 'fascia/mapping';
import { customer, dispense, store } from './tables.ts';

const d = alias('d', dispense, { live: (row) => not(isFlag(row.voided)) });
const owner = alias('cu', customer);
const shop = alias('sh', store);

const UNITS = { TAB: ucum('{tbl}', 'TAB'), CAP: ucum('{capsule}', 'CAP'), ML: ucum('mL', 'ML'), GM: ucum('g', 'GM') };

export const medicationDispense = defineBranch('MedicationDispense', {
  prefix: 'pd',
  from: d,
  joins: [join(owner, [[owner.cust_no, d.cust_no]]), join(shop, [[shop.store_no, d.store_no]])],
  key: [d.disp_id],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-medicationdispense'],
  absentInSource: [
    'context',
    'authorizingPrescription',
    'type',
    'dosageInstruction.timing',
    'dosageInstruction.doseAndRate',
  ],
  elements: {
    identifier: [identifier({ system: 'https://corner-pharmacy.example/sid/dispense', value: d.disp_id })],
    status: code(
      d.status,
      {
        ...{ P: 'preparation', R: 'in-progress', C: 'completed', X: 'cancelled' },
        ...{ S: 'stopped', H: 'on-hold', D: 'declined', E: 'entered-in-error' },
      },
      { unmapped: 'damaged', system: 'http://terminology.hl7.org/CodeSystem/medicationdispense-status' },
    ),
    medicationCodeableConcept: codeableConcept({
      coding: [
        coding({ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: d.rxnorm }),
        coding({ system: 'http://hl7.org/fhir/sid/ndc', code: d.ndc }),
      ],
      text: string(d.drug),
    }),
    subject: reference('Patient', 'pc', [owner.cust_no], { required: true }),
    performer: [{ actor: reference('Organization', 'ps', [shop.store_no]) }],
    quantity: decimalQuantity(d.quantity, { column: d.unit, units: UNITS }),
    daysSupply: decimalQuantity(d.days_supply, ucum('d', 'days')),
    whenPrepared: instantTime(d.prepared_at),
    whenHandedOver: instantTime(d.handed_over_at),
    dosageInstruction: [{ text: string(d.sig) }],
  },
});
