import type { Day } from './calendar.ts';
import { customersOf } from './customers.ts';
import { homeOrdersOf } from './home-orders.ts';
import { disagreementOf } from './medication-stories.ts';
import type { PackedCode } from './problem-catalogue.ts';
import type { Traits } from './traits.ts';

/** A drug that somebody takes and must not. */
export interface ForbiddenDrug {
  readonly text: string;
  readonly codes: readonly PackedCode[];
  readonly noted: Day;
}

/** What the drugs of home are made of. The RxNorm codes are real. */
export const INGREDIENT_OF: Readonly<Record<string, readonly [name: string, rxnorm: string]>> = {
  ...{ MET500: ['Metformin', '6809'], LIS10: ['Lisinopril', '29046'], AML25: ['Amlodipine', '17767'] },
  ...{ HCT25: ['Hydrochlorothiazide', '5487'], WAR5: ['Warfarin', '11289'], FUR40: ['Furosemide', '4603'] },
  ...{ SIM20: ['Simvastatin', '36567'], ASA81: ['Aspirin', '1191'], LEV75: ['Levothyroxine', '10582'] },
};

/** Before the first stay. */
const NOTED_BEFORE_DAYS = 745;

/** The drug of home that the list of allergies forbids and the ward continues all the same, of the people whose lists disagree in this way. */
export function forbiddenDrugOf(traits: Traits): ForbiddenDrug | undefined {
  if (disagreementOf(traits.person) !== 'contraindicated') return undefined;
  const taken = homeOrdersOf(traits, customersOf(traits, undefined).length > 0)
    .filter(({ ends }) => ends === undefined)
    .toSorted((a, b) => a.ordered.day - b.ordered.day)
    .flatMap(({ line }) => INGREDIENT_OF[line.drug ?? ''] ?? []);
  const [name, rxnorm] = taken;
  if (name === undefined || rxnorm === undefined) return undefined;
  return { text: name, codes: [`RXN:${rxnorm}`], noted: Math.max(traits.born, traits.anchor - NOTED_BEFORE_DAYS) };
}
