import { lineOf } from './drug-lines.ts';
import { bareOrder, prescriber, status } from './home-orders.ts';
import { keyOn } from './key-on.ts';
import { administrationNumber, medicationOrderNumber } from './keys.ts';
import type { MedicationOrder } from './medication-orders.ts';
import { diagnosedOn, scanBefore } from './oncology.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { providerNumber } from './staff.ts';
import type { Traits } from './traits.ts';
import type { LocalTime } from './types.ts';
import type { Visit } from './visits.ts';

/** What the oncologist notes of a person: ECOG performance status, course of the disease, stage of the tumour. */
export type CancerQuestion = 'ECOG' | 'DSTAT' | 'STAGE';

/** Stage once, the performance status each time, and the course of the disease with each scan after the first one. */
export function cancerAnswersOn(
  traits: Traits,
  { day }: Visit,
): readonly (readonly [question: CancerQuestion, answer: string | null])[] {
  const scan = scanBefore(traits, day);
  if (scan === undefined) return [];
  const random = randomOf(traits.seed, STREAMS.cancer, traits.person, day);
  const { index, daysSince } = scan;
  const performance = random.chance(0.05) ? null : random.pick(index > 6 ? ['1', '2', '2', '3'] : ['0', '1', '1']);
  return [
    ['ECOG', performance],
    ...(daysSince === 0 && index > 0 ? [['DSTAT', courseAt(traits, index)] as const] : []),
    ...(daysSince === 0 && index === 0 ? [['STAGE', stageOf(traits, random)] as const] : []),
  ];
}

/** Of some it was never determined. */
function stageOf({ person }: Traits, random: Random): string | null {
  return person % 100 === 42 ? null : random.pick(['IIIB', 'IVA', 'IVB']);
}

/** As the diameters of the scans have it; of some nobody noted it. */
function courseAt({ person }: Traits, scan: number): string | null {
  if (scan === 2 && person % 50 === 17) return null;
  if (scan <= 4) return 'BET';
  return scan === 5 ? 'STA' : 'WOR';
}

/** The list of the chemotherapy, beyond those of stays. */
const LIST = 950;
const CYCLES = 4;
const CYCLE_DAYS = 21;
const FIRST_CYCLE = 35;
const TABLETS = 2 * CYCLES;

/** Four cycles of carboplatin and pemetrexed, made by the pharmacy and given in the clinic; then osimertinib, as the genomics ask for. */
export function cancerOrdersOf(traits: Traits): readonly MedicationOrder[] {
  const diagnosed = diagnosedOn(traits);
  if (diagnosed === undefined) return [];
  const begins = diagnosed + FIRST_CYCLE;
  const infusions = Array.from({ length: CYCLES }, (_, cycle) =>
    ['CARBO', 'PEMET'].map((drug, i) =>
      infusion(traits, drug, {
        cycle,
        slot: 2 * cycle + i,
        ordered: { day: begins + CYCLE_DAYS * cycle, seconds: 29_400 },
      }),
    ),
  );
  const tablets = order(traits, 'OSI80', TABLETS, { day: begins + CYCLE_DAYS * CYCLES, seconds: 36_000 });
  return [...infusions.flat(), { ...tablets, note: 'EGFR p.(Leu858Arg)', changes: [status(1, tablets.ordered, 'AC')] }];
}

function order(traits: Traits, drug: string, slot: number, ordered: LocalTime): MedicationOrder {
  const random = randomOf(traits.seed, STREAMS.cancer, traits.person, LIST, slot);
  return {
    ...bareOrder(lineOf(drug), {
      number: medicationOrderNumber(traits.person, LIST, slot),
      patient: keyOn(traits, ordered.day),
      ordered,
    }),
    ...{ setting: 'O', reported: 'N', prescriber: prescriber(random), indication: 'Adenocarcinoma of the lung' },
  };
}

function infusion(
  traits: Traits,
  drug: string,
  { cycle, slot, ordered }: { readonly cycle: number; readonly slot: number; readonly ordered: LocalTime },
): MedicationOrder {
  const random = randomOf(traits.seed, STREAMS.cancer, traits.person, LIST, slot, 1);
  const { dose, unit, route } = lineOf(drug);
  const given: LocalTime = { day: ordered.day, seconds: ordered.seconds + 60 * random.int(60, 240) };
  const isHeld = random.chance(0.06);
  return {
    ...order(traits, drug, slot, ordered),
    ends: ordered.day,
    note: `Carboplatin/pemetrexed, cycle ${String(cycle + 1)} of ${String(CYCLES)}`,
    changes: [status(1, ordered, 'AC'), status(2, { day: ordered.day, seconds: 64_800 }, isHeld ? 'DC' : 'CM')],
    administrations: [
      {
        ...{
          number: administrationNumber(traits.person, 100 * LIST + slot, 0),
          drug,
          text: null,
          at: given,
          timed: true,
        },
        ...{ code: isHeld ? 'H' : 'G', reason: null, route, site: null, note: null, undone: null },
        ...(isHeld ? { dose: null, unit: null } : { dose, unit }),
        nurse: random.chance(0.1) ? null : providerNumber(random.int(0, 59)),
      },
    ],
  };
}
