import type { Day } from './calendar.ts';
import { coursesOf, ENDLESS, type Course } from './dispenses.ts';
import { lineOf, type DrugLine } from './drug-lines.ts';
import { drugWith, LONG_TERM } from './drugs.ts';
import { isRichDischarge } from './medication-stories.ts';
import { itemAt, randomOf, STREAMS } from './random.ts';
import { sensitiveDiagnosisOf } from './sensitive-diagnoses.ts';
import type { Traits } from './traits.ts';

/** What somebody takes at home. */
export interface HomeDrug extends DrugLine {
  readonly since: Day;
  /** The last day of a course that ends; absent: it goes on. */
  readonly until?: Day;
}

function dispensedLine({ medication }: Course): DrugLine {
  const drug = drugWith(medication.rxnorm);
  const isForPain = medication.sig.includes('as needed');
  if (drug !== undefined) return { ...lineOf(drug), asNeeded: isForPain };
  return {
    ...{ drug: null, text: medication.drug, dose: null, unit: null, route: null, frequency: null },
    asNeeded: isForPain,
  };
}

/** From a clinic of the hospital, never from the pharmacy. */
function sensitiveDrugs(traits: Traits): readonly HomeDrug[] {
  const found = sensitiveDiagnosisOf(traits);
  const drug = found?.diagnosis.drug;
  return found === undefined || drug === undefined ? [] : [{ ...lineOf(drug), since: found.since + 14 }];
}

/** What is known of a person at home before the first generation: what the pharmacy hands out, and drugs from elsewhere. */
export function regimenOf(traits: Traits, isCustomer: boolean): readonly HomeDrug[] {
  const courses = isCustomer ? coursesOf(traits) : [];
  const dispensed = courses.map((course): HomeDrug => {
    const { medication, fills, begins } = course;
    const days = medication.days ?? 30;
    return {
      ...dispensedLine(course),
      since: begins,
      ...(medication.repeats && fills === ENDLESS ? {} : { until: begins + days * fills }),
    };
  });
  const random = randomOf(traits.seed, STREAMS.regimens, traits.person);
  const drawn = traits.course === 'never' ? 0 : random.int(0, isCustomer ? 1 : 2);
  const wanted = isRichDischarge(traits) ? Math.max(drawn, 4 - dispensed.filter(({ until }) => !until).length) : drawn;
  const free = LONG_TERM.filter((code) => !dispensed.some(({ drug }) => drug === code));
  const first = random.int(0, free.length - 1);
  const others = Array.from({ length: wanted }, (_, i): HomeDrug => {
    const since = Math.max(traits.born, traits.anchor - random.int(760, 1500));
    return { ...lineOf(itemAt(free, first + i)), since };
  });
  return [...dispensed, ...others, ...sensitiveDrugs(traits)];
}
