import { entryNumber, patientKey } from './keys.ts';
import { providerNumber } from './staff.ts';
import { randomOf, STREAMS } from './random.ts';
import { lastNotedDay } from './visits.ts';
import type { Traits } from './traits.ts';
import type { Treatment } from './treatments.ts';

/** Procedures of the catalogue that say more of a patient than others; XIMP is of a sensitivity that nobody knows. */
export const SENSITIVE_TREATMENTS: ReadonlyMap<string, { readonly text: string; readonly sensitivity: string }> =
  new Map([
    ['PSYT', { text: 'Psychotherapy session', sensitivity: 'PSY' }],
    ['HIVC', { text: 'HIV counselling', sensitivity: 'HIV' }],
    ['DTOX', { text: 'Withdrawal treatment', sensitivity: 'SUB' }],
    ['CONC', { text: 'Confidential visit of an adolescent', sensitivity: 'ADO' }],
    ['XIMP', { text: 'Examination of a person in office', sensitivity: 'VIP' }],
  ]);

const FIRST = 80;
const YEAR_DAYS = 365;

/** Done before the first generation, outside of any stay. */
export function sensitiveTreatmentsOf(traits: Traits): readonly Treatment[] {
  const random = randomOf(traits.seed, STREAMS.sensitiveTreatments, traits.person);
  const age = (traits.anchor - traits.born) / YEAR_DAYS;
  const adult = [...SENSITIVE_TREATMENTS.keys()].filter((code) => code !== 'CONC');
  const codes = age >= 12 && age < 18 ? ['CONC'] : age >= 18 ? adult : [];
  const isAffected = random.chance(age < 18 ? 0.4 : 0.07);
  return codes.length === 0 || !isAffected
    ? []
    : Array.from({ length: random.int(1, 3) }, (_, i): Treatment => {
        const begun = { day: lastNotedDay(traits) - random.int(1, YEAR_DAYS), seconds: random.int(28_800, 57_600) };
        return {
          ...{ number: entryNumber(traits.person, FIRST + i), patient: patientKey(traits.person), stay: null },
          ...{ code: random.pick(codes), status: 'C', begun },
          ended: { day: begun.day, seconds: begun.seconds + 3000 },
          ...{ provider: providerNumber(random.int(0, 59)), outcome: null, remark: null, cancelled: false },
        };
      });
}
