import {
  alias,
  and,
  code,
  component,
  constant,
  decimalQuantity,
  defineBranch,
  equals,
  isFlag,
  isNotBlank,
  isNotNull,
  join,
  localDateTime,
  not,
  or,
  orAbsent,
  reference,
  ucum,
  unitCode,
  unpivot,
  type UnitColumn,
} from 'fascia/mapping';
import { PATMAST, PROVMST } from './tables.ts';
import { VITALS } from './tables-vitals.ts';

type Name = readonly [code: string, display: string];

const loinc = (...names: readonly Name[]) => ({
  coding: names.map(([value, display]) => ({ system: 'http://loinc.org', code: value, display })),
});
const profile = (name: string): readonly string[] => [
  `http://hl7.org/fhir/us/core/StructureDefinition/us-core-${name}`,
];

const v = alias('vs', VITALS, { live: (row) => not(isNotBlank(row.VOID_BY)) });
const registration = alias('vpt', PATMAST);
const entered = alias('vpv', PROVMST);

const row = {
  from: v,
  joins: [
    join(registration, [
      [registration.FAC_CD, v.FAC_CD],
      [registration.PT_NO, v.PT_NO],
    ]),
    join(entered, [[entered.PROV_NO, v.ENT_NO]]),
  ],
  where: not(isFlag(registration.DEL_FLG, 'Y')),
  key: [v.VIT_NO],
  profileNeeds: [localDateTime(v.MEAS_TS)],
} as const;

const shared = {
  status: code(
    v.ERR_FLG,
    { E: 'entered-in-error', U: 'preliminary', N: 'final' },
    { unmapped: 'damaged', missing: { fallback: 'final' }, system: 'http://hl7.org/fhir/observation-status' },
  ),
  category: [
    constant({
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/observation-category',
          code: 'vital-signs',
          display: 'Vital Signs',
        },
      ],
    }),
  ],
  subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
  effectiveDateTime: orAbsent(localDateTime(v.MEAS_TS), 'unknown'),
  performer: [reference('Practitioner', 'mq', [entered.PROV_NO])],
} as const;

const temperature: UnitColumn = { column: v.TEMP_U, units: { C: ucum('Cel', 'C'), F: ucum('[degF]', 'F') } };
const weight: UnitColumn = {
  column: v.WGT_U,
  units: { kg: ucum('kg'), KG: ucum('kg', 'KG'), lb: ucum('[lb_av]', 'lb'), LBS: ucum('[lb_av]', 'LBS') },
};
const height: UnitColumn = {
  column: v.HGT_U,
  units: { cm: ucum('cm'), CM: ucum('cm', 'CM'), in: ucum('[in_i]', 'in') },
};

const perMinute = ucum('/min');
const measured = (column: typeof v.PULSE | typeof v.TEMP) => and(isNotNull(column), not(equals(column, '0')));

/** One Observation for each sign of a row; a pulse and a temperature of 0 were not measured. */
export const vitals = unpivot(
  'Observation',
  { ...row, absentInSource: ['dataAbsentReason', 'component'] },
  [
    {
      ...{ prefix: 'mhr', column: v.PULSE, unit: perMinute, present: measured(v.PULSE) },
      ...{ name: loinc(['8867-4', 'Heart rate']), profiles: profile('heart-rate') },
    },
    {
      ...{ prefix: 'mrr', column: v.RESP, unit: perMinute },
      ...{ name: loinc(['9279-1', 'Respiratory rate']), profiles: profile('respiratory-rate') },
    },
    {
      ...{ prefix: 'mbt', column: v.TEMP, unit: temperature, present: measured(v.TEMP) },
      ...{
        name: loinc(['8310-5', 'Body temperature']),
        profiles: profile('body-temperature'),
        profileNeeds: [unitCode(temperature)],
      },
    },
    {
      ...{ prefix: 'mox', column: v.SPO2, unit: ucum('%'), profiles: profile('pulse-oximetry') },
      name: loinc(
        ['59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'],
        ['2708-6', 'Oxygen saturation in Arterial blood'],
      ),
    },
    {
      ...{ prefix: 'mwt', column: v.WGT, unit: weight },
      ...{
        name: loinc(['29463-7', 'Body weight']),
        profiles: profile('body-weight'),
        profileNeeds: [unitCode(weight)],
      },
    },
    {
      ...{ prefix: 'mht', column: v.HGT, unit: height },
      ...{ name: loinc(['8302-2', 'Body height']), profiles: profile('body-height'), profileNeeds: [unitCode(height)] },
    },
    {
      ...{ prefix: 'mbm', column: v.BMI, unit: ucum('kg/m2') },
      ...{ name: loinc(['39156-5', 'Body mass index (BMI) [Ratio]']), profiles: profile('bmi') },
    },
  ],
  ({ column, unit, name }) => ({
    ...shared,
    code: constant(name),
    valueQuantity: decimalQuantity(column, unit),
  }),
);

const pressure = (column: typeof v.SYST, name: Name) =>
  component({ code: loinc(name), value: decimalQuantity(column, ucum('mm[Hg]')), absent: 'unknown' });

/** Both pressures are one Observation; the profile wants each, or the reason why it is missing. */
export const bloodPressure = defineBranch('Observation', {
  ...row,
  prefix: 'mbp',
  where: and(row.where, or(isNotNull(v.SYST), isNotNull(v.DIAST))),
  profiles: profile('blood-pressure'),
  absentInSource: ['value[x]', 'dataAbsentReason'],
  elements: {
    ...shared,
    code: constant(loinc(['85354-9', 'Blood pressure panel with all children optional'])),
    component: [
      pressure(v.SYST, ['8480-6', 'Systolic blood pressure']),
      pressure(v.DIAST, ['8462-4', 'Diastolic blood pressure']),
    ],
  },
});
