import { lineOf, type DrugLine } from './drug-lines.ts';
import type { Traits } from './traits.ts';

/**
 * In which way the list of the ward disagrees with the one of home, by the person's number: each is a change of the lines that the ward orders.
 * The list of home, and what the pharmacy hands out, stay as they are.
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

/** Other products with the same ingredient. */
const ANOTHER_PRODUCT: Readonly<Record<string, string>> = {
  ...{ MET500: 'METXR', METXR: 'MET500', LIS10: 'LIS20', LIS20: 'LIS10', AML25: 'AML5', AML5: 'AML25' },
  FUR40: 'FURIV',
};

function productOf({ drug }: DrugLine): Pick<DrugLine, 'drug'> {
  return { drug: ANOTHER_PRODUCT[drug ?? ''] ?? drug };
}

/** What becomes at a discharge of a drug that somebody took at home. */
export type Outcome = 'continued' | 'changed' | 'stopped' | 'dropped';

/** The new line of a changed drug: twice as much, half as often, or another product. */
export function changedLine(line: DrugLine, which: number): DrugLine {
  if (which % 3 === 0) return { ...line, dose: line.dose === '2' ? '1' : '2' };
  if (which % 3 === 1) return { ...line, frequency: line.frequency === 'BID' ? 'QD' : 'BID' };
  return { ...line, ...productOf(line), dose: line.dose === '1' ? '1,5' : '1' };
}
