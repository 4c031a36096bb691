import type { Day } from './calendar.ts';
import { SENSITIVE, type Diagnosis } from './problem-catalogue.ts';
import { randomOf, STREAMS } from './random.ts';
import { ageOn, type Traits } from './traits.ts';

/** What a person has that is not for everybody, and since when. */
export interface SensitiveDiagnosis {
  readonly diagnosis: Diagnosis;
  readonly since: Day;
}

const ADULT = 18;

/** One adult in eight has one: the problem stands in the list, and its drug among those of home. */
export function sensitiveDiagnosisOf(traits: Traits): SensitiveDiagnosis | undefined {
  const random = randomOf(traits.seed, STREAMS.sensitiveDiagnoses, traits.person);
  const since = traits.anchor - random.int(800, 1500);
  if (traits.course === 'never' || ageOn(traits, since) < ADULT || !random.chance(0.12)) return undefined;
  return { diagnosis: random.pick(SENSITIVE), since };
}
