import { civilOf, clockOf, type Day, type WallSeconds } from '../model/calendar.ts';
import type { Dispense } from '../model/types.ts';
import { DISPENSE_STATUS, DISPENSE_UNIT, SYSTEMS } from './codes.ts';
import type { Native, TruthCoding, TruthDispense } from './types.ts';

export function dispenseNative(dispense: Dispense): Native {
  return { table: 'dispense', key: [dispense.id] };
}

function instant(day: Day, seconds: WallSeconds): string {
  return `${civilOf(day)}T${clockOf(seconds)}Z`;
}

/** The MedicationDispense of a sound row. */
export function dispenseTruth(dispense: Dispense): TruthDispense {
  const codings: TruthCoding[] = [];
  if (dispense.rxnorm !== null) codings.push({ system: SYSTEMS.rxnorm, code: dispense.rxnorm });
  if (dispense.ndc !== null) codings.push({ system: SYSTEMS.ndc, code: dispense.ndc });
  const status = DISPENSE_STATUS[dispense.statusCode];
  if (status === undefined)
    throw new RangeError(`the model wrote a status that the truth does not know: ${dispense.statusCode}`);
  const unit = dispense.unit ?? '';
  const ucum = DISPENSE_UNIT[unit];
  return {
    native: dispenseNative(dispense),
    identifier: { system: SYSTEMS.dispense, value: dispense.id },
    status,
    codings,
    text: dispense.drug,
    ...(dispense.quantity === null
      ? {}
      : {
          quantity: {
            number: dispense.quantity,
            ...(unit === '' ? {} : { unit }),
            ...(ucum === undefined ? {} : { ucum }),
          },
        }),
    ...(dispense.daysSupply === null ? {} : { daysSupply: dispense.daysSupply }),
    ...(dispense.preparedAt === undefined ? {} : { whenPrepared: instant(dispense.day, dispense.preparedAt) }),
    ...(dispense.handedOverAt === undefined ? {} : { whenHandedOver: instant(dispense.day, dispense.handedOverAt) }),
    ...(dispense.sig === null ? {} : { dosage: dispense.sig }),
    performer: { table: 'store', key: [String(dispense.store)] },
  };
}
