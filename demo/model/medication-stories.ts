import { lineOf, type DrugLine } from './drug-lines.ts';
import type { Traits } from './traits.ts';

/**
 * In which way the list of the ward disagrees with the one of home, by the person's number: each is a change of the lines that the ward orders.
 * The list of home, and what the pharmacy hands out, stay as they are. What is contraindicated stands in the list of allergies (`forbidden-drugs.ts`).
 */
export const DISAGREEMENTS = {
  none: (lines) => lines,
  omission: ([, ...rest]) => rest,
  dose: first((line) => ({ ...line, dose: line.dose === '2' ? '1' : '2' })),
  drug: first((line) => lineOf(ANOTHER_DRUG[line.drug ?? ''] ?? 'CLO75')),
  frequency: first((line) => ({ ...line, frequency: line.frequency === 'BID' ? 'QD' : 'BID' })),
  duplication: ([line, ...rest]) => (line === undefined ? [] : [line, { ...line, ...productOf(line) }, ...rest]),
  route: first((line) => ({ ...line, route: 'NG' })),
  'as-needed': first((line) => ({ ...line, asNeeded: !line.asNeeded })),
  commission: (lines) => [...lines, lineOf('PRE20')],
  incomplete: first((line) => ({ ...line, dose: null, unit: null, frequency: null })),
  product: first((line) => ({ ...line, ...productOf(line) })),
  'free-text': first((line) => ({ ...line, drug: null, text: 'own supply, see chart' })),
  contraindicated: (lines) => lines,
} as const satisfies Readonly<Record<string, (lines: readonly DrugLine[]) => readonly DrugLine[]>>;

export type Disagreement = keyof typeof DISAGREEMENTS;

const NAMES = Object.keys(DISAGREEMENTS) as Disagreement[];

/** The disagreement of a person, which shows where there is a stay in the ward and something to disagree about. */
export function disagreementOf(person: number): Disagreement {
  return NAMES[person % NAMES.length] ?? 'none';
}

/** People whose discharges have drugs of each kind: new, stopped, changed and continued. */
export function isRichDischarge({ person, story }: Pick<Traits, 'person' | 'story'>): boolean {
  return story !== undefined || person % 9 === 0;
}

function first(change: (line: DrugLine) => DrugLine): (lines: readonly DrugLine[]) => readonly DrugLine[] {
  return ([line, ...rest]) => (line === undefined ? [] : [change(line), ...rest]);
}

/** Drugs of the same purpose with another ingredient. */
const ANOTHER_DRUG: Readonly<Record<string, string>> = {
  ...{ LIS10: 'LOS50', LIS20: 'LOS50', LOS50: 'LIS10', AML25: 'HCT25', HCT25: 'FUR40', FUR40: 'HCT25' },
  ...{ SIM20: 'ATO80', ATO80: 'SIM20', ASA81: 'CLO75', CLO75: 'ASA81', WAR5: 'ENO40' },
};

/** Other products with the same ingredient, taken in the same way, and how many of their tablets one of the first stands for. */
const ANOTHER_PRODUCT: Readonly<Record<string, readonly [drug: string, tablets: number]>> = {
  ...{ MET500: ['METXR', 1], METXR: ['MET500', 1], LIS10: ['LIS20', 0.5], LIS20: ['LIS10', 2] },
  ...{ AML25: ['AML5', 0.5], AML5: ['AML25', 2] },
};

/** Another product in the same dose; the same product where there is no other, or where the dose is no number. */
function productOf({ drug, dose }: DrugLine): Pick<DrugLine, 'drug' | 'dose'> {
  const [another, tablets] = ANOTHER_PRODUCT[drug ?? ''] ?? [drug, 1];
  const count = Number(dose?.replace(',', '.')) * tablets;
  return dose === null || !Number.isFinite(count) ? { drug, dose } : { drug: another, dose: decimalComma(count) };
}

function decimalComma(count: number): string {
  return String(count).replace('.', ',');
}

/** What becomes at a discharge of a drug that somebody took at home. */
export type Outcome = 'continued' | 'changed' | 'stopped' | 'dropped';

/** The new line of a changed drug: twice as much, half as often, or another product in the same dose. */
export function changedLine(line: DrugLine, which: number): DrugLine {
  if (which % 3 === 0) return { ...line, dose: line.dose === '2' ? '1' : '2' };
  if (which % 3 === 1) return { ...line, frequency: line.frequency === 'BID' ? 'QD' : 'BID' };
  const other = productOf(line);
  return other.drug === line.drug ? { ...line, dose: line.dose === '1' ? '1,5' : '1' } : { ...line, ...other };
}
