import { compactOf, type Day } from './calendar.ts';
import { lineOf, type DrugLine } from './drug-lines.ts';
import { drugOf, purposeOf } from './drugs.ts';
import { sigOf } from './home-orders.ts';
import type { OpenOrder } from './medication-orders.ts';
import { MEDICATIONS } from './medications.ts';
import type { DamageKind } from './damage-kinds.ts';
import type { Random } from './random.ts';

/** A row of HOMELN. */
export interface HomeLine {
  readonly sequence: number;
  /** `LABEL:code`; empty: words alone. */
  readonly codes: readonly string[];
  readonly text: string | null;
  /** T takes it, N does not, S has stopped, H pauses, U nobody knows, E noted in error. */
  readonly taking: string | null;
  readonly why: string | null;
  readonly line: Omit<DrugLine, 'drug' | 'text'>;
  readonly sig: string | null;
  /** `YYYYMMDD`, whose unknown parts are zeros. */
  readonly since: string | null;
  readonly until: string | null;
  readonly purpose: string | null;
  readonly note: string | null;
  /** As the formulary says of the drug, copied by the screen. */
  readonly sensitivity: string | null;
  readonly damage?: DamageKind;
}

/** In which way what is said at the bedside differs from what was prescribed, by the person's number. */
export const TELLINGS = ['same', 'not-taken', 'dose', 'own-drug', 'forgotten', 'rhythm', 'untold'] as const;
export type Telling = (typeof TELLINGS)[number];

export function tellingOf(person: number): Telling {
  return TELLINGS[person % TELLINGS.length] ?? 'same';
}

interface Told extends DrugLine {
  readonly taking: string | null;
}

const AS_SAID: Readonly<Record<Telling, (lines: readonly Told[]) => readonly Told[]>> = {
  same: (lines) => lines,
  'not-taken': ([first, ...rest]) => (first === undefined ? [] : [{ ...first, taking: 'N' }, ...rest]),
  dose: ([first, ...rest]) => (first === undefined ? [] : [{ ...first, dose: '0,5' }, ...rest]),
  'own-drug': (lines) => [
    ...lines,
    { ...lineOf('IBU200'), asNeeded: true, taking: 'T' },
    { ...lineOf('IBU200'), drug: null, text: "St John's wort, from the market", dose: null, unit: null, taking: 'T' },
  ],
  forgotten: ([, ...rest]) => rest,
  rhythm: ([first, ...rest]) => (first === undefined ? [] : [{ ...first, frequency: 'QOD' }, ...rest]),
  untold: () => [],
};

/** The codes that the screen puts together: those of the standards, its own, and one of a vendor that nobody else reads. */
function packedCodes(drug: string | null, random: Random): readonly string[] {
  if (drug === null || random.chance(0.1)) return [];
  const rxnorm = drugOf(drug)?.rxnorm ?? null;
  const ndc = MEDICATIONS.find((product) => rxnorm !== null && product.rxnorm === rxnorm)?.ndc ?? null;
  const vendor = random.chance(0.2) ? [`FDB:${String(random.int(100_000, 999_999))}`] : [];
  return [
    ...(rxnorm === null || random.chance(0.1) ? [] : [`RXN:${rxnorm}`]),
    ...(ndc === null || random.chance(0.5) ? [] : [`NDC:${ndc}`]),
    ...vendor,
    `LOC:${drug}`,
  ];
}

function takingOf(random: Random): string | null {
  const draw = random.next();
  if (draw < 0.88) return 'T';
  return draw < 0.91 ? 'S' : draw < 0.94 ? 'H' : draw < 0.96 ? 'U' : draw < 0.98 ? 'E' : null;
}

const WHY_NOT = ['made me dizzy', 'ran out', ' too expensive ', null] as const;

/** The lines of a list, as they were said. */
export function toldLines(person: number, taken: readonly OpenOrder[], random: Random): readonly HomeLine[] {
  const prescribed = taken.map(({ line }): Told => ({ ...line, taking: takingOf(random) }));
  return AS_SAID[tellingOf(person)](prescribed).map(({ drug, text, taking, ...line }, i): HomeLine => {
    const codes = packedCodes(drug, random);
    const began = taken[i]?.order.ordered.day;
    const words = text ?? (drug === null ? null : (drugOf(drug)?.name ?? drug));
    const sig = sigOf({ drug, text, ...line });
    return {
      ...{ sequence: i + 1, codes, text: codes.length > 0 && random.chance(0.3) ? null : words },
      ...{ taking, why: taking === 'N' || taking === 'S' ? random.pick(WHY_NOT) : null, line },
      sig: random.chance(0.1) ? null : sig,
      ...spanOf(began, taking === 'S', random),
      purpose: random.chance(0.33) ? (purposeOf(drug)?.toLowerCase() ?? null) : null,
      note: random.chance(0.05) ? ' brought the box ' : null,
      sensitivity: drug === null ? null : (drugOf(drug)?.sensitivity ?? null),
    };
  });
}

/** Since when, mostly not to the day; whoever has stopped knows both days. */
function spanOf(began: Day | undefined, isOver: boolean, random: Random): Pick<HomeLine, 'since' | 'until'> {
  const isForgotten = random.chance(0.3);
  if (began === undefined) return { since: null, until: null };
  const text = compactOf(began);
  if (isOver) return { since: text, until: compactOf(began + 60) };
  const vague = random.chance(0.5) ? `${text.slice(0, 4)}0000` : random.chance(0.5) ? `${text.slice(0, 6)}00` : text;
  return { since: isForgotten ? null : vague, until: null };
}
