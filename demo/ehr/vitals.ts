import { stamp } from './patients.ts';
import type { VitalSigns } from '../model/vitals.ts';
import type { Put } from './project.ts';

export function projectVitals(vitals: readonly VitalSigns[], put: Put): void {
  for (const row of vitals)
    put('VITALS', [
      row.number,
      row.patient.facility,
      row.patient.number,
      stamp(row.at),
      row.pulse,
      row.respiration,
      row.temperature,
      row.temperatureUnit,
      row.saturation,
      row.systolic,
      row.diastolic,
      row.weight,
      row.weightUnit,
      row.height,
      row.heightUnit,
      row.bmi,
      row.enteredBy,
      row.damage === 'unknown-vitals-mark' ? '?' : row.mark,
      row.voidedBy,
    ]);
}
