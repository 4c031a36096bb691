import type { WallSeconds } from './calendar.ts';
import { bedsOf, DELETED_LOCATION, MISSING_LOCATION } from './locations.ts';
import type { Random } from './random.ts';
import { MISSING_PROVIDER, providerNumber } from './staff.ts';
import type { Kind } from './stay-kinds.ts';
import type { StayMove, StayProvider, StayStatus } from './stays.ts';
import type { Traits } from './traits.ts';
import type { LocalTime } from './types.ts';

/** The wall clock so many seconds later: nothing happens in the hours in which clocks change. */
function later({ day, seconds }: LocalTime, by: WallSeconds): LocalTime {
  const at = seconds + by;
  return { day: day + Math.floor(at / 86_400), seconds: at % 86_400 };
}

/** From bed to bed, and out. Nobody stays longer than they live. */
export function movesOf(traits: Traits, kind: Kind, arrived: LocalTime, random: Random): readonly StayMove[] {
  const last = traits.died ?? Infinity;
  const nights = random.int(...kind.nights);
  const end: LocalTime =
    nights === 0
      ? { day: arrived.day, seconds: 0 }
      : { day: Math.min(arrived.day + nights, last), seconds: random.int(9 * 3600, 18 * 3600) };
  const left = end.day > arrived.day ? end : later(arrived, random.int(1200, 9000));
  const moves: StayMove[] = [{ sequence: 1, kind: 'A', location: bedFor(kind, random), at: arrived, previous: null }];
  for (let night = 1; night < nights && arrived.day + night < left.day; night += 1) {
    if (!random.chance(0.25)) continue;
    const at = { day: arrived.day + night, seconds: random.int(8 * 3600, 20 * 3600) };
    moves.push({ sequence: moves.length + 1, kind: 'T', location: bedFor(kind, random), at, previous: moves.length });
  }
  return [...moves, { sequence: moves.length + 1, kind: 'D', location: null, at: left, previous: moves.length }];
}

function bedFor({ wards }: Kind, random: Random): string | null {
  const draw = random.next();
  const beds = wards.length === 0 ? [] : bedsOf(random.pick(wards));
  if (beds.length === 0 || draw < 0.02) return null;
  return draw < 0.05 ? MISSING_LOCATION : draw < 0.08 ? DELETED_LOCATION : random.pick(beds);
}

export function statusesOf(
  kind: Kind,
  arrived: LocalTime,
  left: LocalTime,
  cancelled: boolean,
  random: Random,
): readonly StayStatus[] {
  const begin: StayStatus = { at: arrived, code: 'AR' };
  if (cancelled) return [begin, { at: later(arrived, 600), code: 'CX' }];
  const statuses = [begin, { at: later(arrived, random.int(60, 900)), code: 'IN' }];
  for (let day = arrived.day + 3; day + 1 < left.day && kind.nights[0] > 5; day += 7) {
    statuses.push({ at: { day, seconds: 36_000 }, code: 'LV' }, { at: { day: day + 1, seconds: 64_800 }, code: 'IN' });
  }
  return [...statuses, { at: later(left, 300), code: 'FI' }];
}

export function providersOf(random: Random, admitted: boolean): readonly StayProvider[] {
  const roles = admitted ? ['ATT', 'ADM', ...(random.chance(0.3) ? ['CON'] : [])] : ['ATT'];
  return roles.map((role, i) => ({
    sequence: i + 1,
    role: random.chance(0.02) ? 'SCR' : random.chance(0.02) ? null : role,
    provider: random.chance(0.03) ? MISSING_PROVIDER : random.chance(0.02) ? null : providerNumber(random.int(0, 59)),
  }));
}
