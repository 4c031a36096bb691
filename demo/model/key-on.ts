import type { Day } from './calendar.ts';
import { facilityOf, furtherKey, patientKey } from './keys.ts';
import { mergesOf } from './registration.ts';
import type { Traits } from './traits.ts';
import type { PatientKey } from './types.ts';

/** The registration that was current on a day: labs stay under the number that they were drawn for. */
export function keyOn(traits: Traits, day: Day): PatientKey {
  const merges = mergesOf(traits);
  if (merges >= 2 && day < traits.anchor - 700) return furtherKey(traits.person, 2);
  if (merges >= 1 && day < traits.anchor - 350) return furtherKey(traits.person, 1);
  if (traits.quirk === 'unlinked-duplicate' && day < traits.anchor - 500)
    return furtherKey(traits.person, facilityOf(traits.person) === 'MG' ? 4 : 5);
  return patientKey(traits.person);
}
