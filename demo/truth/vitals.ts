import { zonedOf } from '../model/calendar.ts';
import type { Person } from '../model/types.ts';
import type { VitalSigns } from '../model/vitals.ts';
import { SYSTEMS } from './codes.ts';
import { providerRef, registrationOf } from './labs.ts';
import { decimal, known, listOf, plain, referenceTo, unknownConcept, unknownReason, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

const UCUM = 'http://unitsofmeasure.org';

/** What the devices' units are in UCUM; others have a name and no code. */
const UNITS: Readonly<Record<string, string>> = {
  C: 'Cel',
  F: '[degF]',
  kg: 'kg',
  KG: 'kg',
  lb: '[lb_av]',
  LBS: '[lb_av]',
  cm: 'cm',
  CM: 'cm',
  in: '[in_i]',
};

const STATUS: Readonly<Record<string, string>> = { E: 'entered-in-error', U: 'preliminary' };

interface Sign {
  readonly profile: string;
  readonly codes: readonly (readonly [code: string, display: string])[];
  /** Elements of the value; undefined where it was not measured. */
  readonly value: (row: VitalSigns) => Readonly<Record<string, TruthValue>> | undefined;
}

function quantity(value: string | null, unit: string | null, code: string | undefined): TruthValue | undefined {
  if (value === null || Number(value) === 0) return undefined;
  const name = unit?.trim();
  return known({
    value: decimal(value),
    ...(name === undefined || name === '' ? {} : { unit: name }),
    ...(code === undefined ? {} : { system: UCUM, code }),
  });
}

/** A sign with one unit. */
function fixed(value: (row: VitalSigns) => string | null, code: string): Sign['value'] {
  return (row) => {
    const valueQuantity = quantity(value(row), code, code);
    return valueQuantity === undefined ? undefined : { valueQuantity };
  };
}

/** A sign whose unit the row tells. */
function varying(value: (row: VitalSigns) => string | null, unit: (row: VitalSigns) => string | null): Sign['value'] {
  return (row) => {
    const valueQuantity = quantity(value(row), unit(row), UNITS[unit(row)?.trim() ?? '']);
    return valueQuantity === undefined ? undefined : { valueQuantity };
  };
}

function loinc(...codes: readonly (readonly [code: string, display: string])[]): TruthValue {
  return { coding: codes.map(([code, display]) => ({ system: SYSTEMS.loinc, code, display })) };
}

function pressure(code: string, display: string, value: string | null): TruthValue {
  const valueQuantity = quantity(value, 'mm[Hg]', 'mm[Hg]');
  const rest = valueQuantity === undefined ? { dataAbsentReason: unknownConcept() } : { valueQuantity };
  return { code: loinc([code, display]), ...rest };
}

const SIGNS: readonly Sign[] = [
  { profile: 'us-core-heart-rate', codes: [['8867-4', 'Heart rate']], value: fixed((row) => row.pulse, '/min') },
  {
    profile: 'us-core-respiratory-rate',
    codes: [['9279-1', 'Respiratory rate']],
    value: fixed((row) => row.respiration, '/min'),
  },
  {
    profile: 'us-core-body-temperature',
    codes: [['8310-5', 'Body temperature']],
    value: varying(
      (row) => row.temperature,
      (row) => row.temperatureUnit,
    ),
  },
  {
    profile: 'us-core-pulse-oximetry',
    codes: [
      ['59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'],
      ['2708-6', 'Oxygen saturation in Arterial blood'],
    ],
    value: fixed((row) => row.saturation, '%'),
  },
  {
    profile: 'us-core-body-weight',
    codes: [['29463-7', 'Body weight']],
    value: varying(
      (row) => row.weight,
      (row) => row.weightUnit,
    ),
  },
  {
    profile: 'us-core-body-height',
    codes: [['8302-2', 'Body height']],
    value: varying(
      (row) => row.height,
      (row) => row.heightUnit,
    ),
  },
  {
    profile: 'us-core-bmi',
    codes: [['39156-5', 'Body mass index (BMI) [Ratio]']],
    value: fixed((row) => row.bmi, 'kg/m2'),
  },
  {
    profile: 'us-core-blood-pressure',
    codes: [['85354-9', 'Blood pressure panel with all children optional']],
    value: ({ systolic, diastolic }) =>
      systolic === null && diastolic === null
        ? undefined
        : {
            component: [
              pressure('8480-6', 'Systolic blood pressure', systolic),
              pressure('8462-4', 'Diastolic blood pressure', diastolic),
            ],
          },
  },
];

export function vitalsNative({ number }: Pick<VitalSigns, 'number'>): Native {
  return { table: 'VITALS', key: [number] };
}

/** The profiles of vital signs want a time, and a unit with a code: a row without them does not claim its profile. */
function signTruth(
  row: VitalSigns,
  { profile, codes }: Sign,
  value: Readonly<Record<string, TruthValue>>,
): TruthResource {
  const { at, mark } = row;
  const elements = {
    status: STATUS[mark ?? ''] ?? 'final',
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: 'vital-signs',
            display: 'Vital Signs',
          },
        ],
      },
    ],
    code: loinc(...codes),
    subject: referenceTo('Patient', registrationOf({ key: row.patient })),
    ...(at === undefined
      ? { _effectiveDateTime: unknownReason() }
      : { effectiveDateTime: zonedOf(at.day, at.seconds) }),
    performer: listOf(referenceTo('Practitioner', providerRef(row.enteredBy))),
    ...value,
  };
  const { valueQuantity } = value;
  const isCoded = valueQuantity === undefined || Object.hasOwn(valueQuantity as object, 'code');
  return at !== undefined && isCoded
    ? usCore(vitalsNative(row), 'Observation', profile, elements)
    : plain(vitalsNative(row), 'Observation', elements);
}

/** A row of VITALS is as many Observations as it has signs; without any, or deleted, it is none. */
export function vitalsRows({ vitals }: Person): readonly TruthRow[] {
  return vitals.flatMap((row): readonly TruthRow[] => {
    const about = { registration: row.patient };
    const none: Omit<TruthRow, 'resource'> = { native: vitalsNative(row), about, damage: row.damage };
    const signs = SIGNS.flatMap((sign) => {
      const value = sign.value(row);
      return value === undefined ? [] : [() => signTruth(row, sign, value)];
    });
    const [first = () => ({ native: none.native, resource: { resourceType: 'Observation' } })] = signs;
    if (row.damage !== undefined) return [{ ...none, resource: first }];
    if ((row.voidedBy ?? '').trim() !== '') return [{ ...none, hidden: 'deleted', resource: first }];
    if (signs.length === 0) return [{ ...none, hidden: 'not-a-result', resource: first }];
    return signs.map((resource) => ({ ...none, resource }));
  });
}
