import type { Day } from './calendar.ts';
import { administrationNumber } from './keys.ts';
import type { MedicationOrder } from './medication-orders.ts';
import type { DamageKind } from './damage-kinds.ts';
import { randomOf, STREAMS } from './random.ts';
import { MISSING_PROVIDER, providerNumber } from './staff.ts';
import type { Traits } from './traits.ts';
import type { LocalTime } from './types.ts';

/** A row of MEDADM: one dose of the ward's chart, given or not. The patient is that of the order. */
export interface Administration {
  readonly number: string;
  /** The product that was scanned; null: none was. */
  readonly drug: string | null;
  readonly text: string | null;
  readonly at: LocalTime;
  /** False: somebody charted it without a time. */
  readonly timed: boolean;
  /** G given, P running, H held, R refused, M missed, S broken off, E charted in error. */
  readonly code: string | null;
  readonly reason: string | null;
  readonly dose: string | null;
  readonly unit: string | null;
  readonly route: string | null;
  readonly site: string | null;
  readonly nurse: string | null;
  readonly note: string | null;
  /** The entry of the log that undid this one. */
  readonly undone: string | null;
  readonly damage?: DamageKind;
}

const HOURS = [8, 20, 14] as const;
const DAYS_CHARTED = 2;
const WHY_NOT = ['NPO', 'LOWBP', 'AWAY', 'NAUS', null] as const;

function codeOf(draw: number): string | null {
  if (draw < 0.78) return 'G';
  if (draw < 0.86) return 'H';
  if (draw < 0.91) return 'R';
  if (draw < 0.94) return 'M';
  return draw < 0.96 ? 'S' : draw < 0.98 ? 'E' : draw < 0.99 ? 'P' : null;
}

/** The chart of an order of the ward: a dose or two on each of the first days after it. */
export function administrationsOf(
  traits: Traits,
  order: MedicationOrder,
  over: Day,
  slot: number,
): readonly Administration[] {
  const random = randomOf(traits.seed, STREAMS.administrations, traits.person, slot);
  const perDay = random.int(1, 2);
  const times = Array.from({ length: DAYS_CHARTED * perDay }, (_, i): LocalTime => {
    const day = order.ordered.day + 1 + Math.floor(i / perDay);
    return { day, seconds: 3600 * (HOURS[i % perDay] ?? 8) + 60 * random.int(0, 50) };
  });
  return times
    .filter(({ day }) => day < over)
    .map((at, i): Administration => {
      const { drug, text, dose, unit, route } = order.line;
      const code = codeOf(random.next());
      const isGiven = code === 'G' || code === 'P' || code === 'S' || code === 'E';
      const scanned = drug !== null && !random.chance(0.06);
      return {
        number: administrationNumber(traits.person, slot, i),
        drug: scanned ? drug : random.chance(0.3) ? 'RAN150' : null,
        text: scanned ? null : (text ?? ' own supply '),
        ...{ at, timed: !random.chance(0.03), code },
        reason: isGiven ? null : random.pick(WHY_NOT),
        dose: isGiven ? (random.chance(0.05) ? 'half' : dose) : null,
        unit: isGiven ? unit : null,
        route: isGiven || random.chance(0.2) ? route : null,
        site: isGiven && route === 'SC' ? random.pick(['LA', 'RA', 'ABD', null]) : null,
        nurse: random.chance(0.05) ? null : random.chance(0.03) ? MISSING_PROVIDER : providerNumber(random.int(0, 59)),
        note: random.chance(0.04) ? ' crushed, in apple sauce ' : null,
        undone: random.chance(0.03) ? administrationNumber(traits.person, slot, 9) : null,
      };
    });
}
