import {
  alias,
  and,
  component,
  constant,
  decimal,
  decimalQuantity,
  defineBranch,
  equals,
  integer,
  isNotNull,
  localDateTime,
  localTimestamp,
  not,
  or,
  reference,
  table,
  text,
  ucum,
  unpivot,
} from 'fascia/mapping';

const vital = alias(
  'vs',
  table('vital', {
    id: integer(),
    person_id: integer(),
    at: localTimestamp('Australia/Lord_Howe'),
    pulse: integer(),
    temperature: decimal(),
    temperature_unit: text(),
    systolic: integer(),
    diastolic: integer(),
    deleted: text(),
  }),
  { live: (row) => not(equals(row.deleted, 'Y')) },
);

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });

const category = constant({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }],
});

const shared = {
  status: constant('final', { system: 'http://hl7.org/fhir/observation-status' }),
  category: [category],
  subject: reference('Patient', 'sp', [vital.person_id]),
  effectiveDateTime: localDateTime(vital.at),
} as const;

const units = { C: ucum('Cel'), F: ucum('[degF]') };

/** A thermometer that was not read says 0. */
export const vitals = unpivot(
  'Observation',
  { from: vital, key: [vital.id] },
  [
    { prefix: 'vp', column: vital.pulse, code: '8867-4', unit: ucum('/min') },
    {
      prefix: 'vt',
      column: vital.temperature,
      present: and(isNotNull(vital.temperature), not(equals(vital.temperature, '0'))),
      code: '8310-5',
      unit: { column: vital.temperature_unit, units },
    },
  ],
  ({ column, code, unit }) => ({
    ...shared,
    code: constant(loinc(code)),
    valueQuantity: decimalQuantity(column, unit),
  }),
);

/** A missing systolic pressure is left out, a missing diastolic one says why. */
export const bloodPressure = defineBranch('Observation', {
  prefix: 'vb',
  from: vital,
  where: or(isNotNull(vital.systolic), isNotNull(vital.diastolic)),
  key: [vital.id],
  elements: {
    ...shared,
    code: constant(loinc('85354-9')),
    component: [
      component({ code: loinc('8480-6'), value: decimalQuantity(vital.systolic, ucum('mm[Hg]')) }),
      component({
        code: loinc('8462-4'),
        value: decimalQuantity(vital.diastolic, ucum('mm[Hg]')),
        absent: 'not-performed',
      }),
    ],
  },
});
