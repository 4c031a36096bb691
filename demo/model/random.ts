/** A stream of pseudo-random values that depends on nothing but the numbers that it was made from. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** An integer in [low, high], both ends included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Standard normal. */
  normal(): number;
}

/** Independent streams of one person: adding a draw to one never changes another. Numbers are never given anew. */
export const STREAMS = {
  identity: 1,
  visits: 2,
  order: 3,
  damage: 4,
  customer: 5,
  courses: 6,
  fills: 7,
  staff: 8,
  traits: 9,
  stays: 10,
  vitals: 12,
  answers: 13,
  radiology: 30,
  problems: 11,
  vaccinations: 32,
  treatments: 33,
  relatives: 34,
  insurances: 35,
  consents: 50,
  referrals: 70,
  regimens: 200,
  homeOrders: 201,
  wardOrders: 202,
  discharges: 203,
  rosters: 51,
  sensitiveTreatments: 52,
  documents: 60,
  administrations: 204,
  careTeams: 71,
  carePlans: 72,
  homeLists: 205,
  implants: 73,
  specimens: 80,
  studies: 301,
  dischargeTests: 302,
  cancer: 303,
  guardedAllergies: 304,
  sensitiveDiagnoses: 305,
} as const;

function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ (value | 0), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13) ^ ((value / 0x100000000) | 0), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** mulberry32 over a hash of the path. */
export function randomOf(...path: readonly number[]): Random {
  let state = 0x9e3779b9;
  for (const part of path) state = mix(state + 0x6d2b79f5, part);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => {
      const item = list[Math.floor(next() * list.length)];
      if (item === undefined) throw new RangeError('pick from an empty list');
      return item;
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** An item by number, wrapping around. */
export function itemAt<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError('item of an empty list');
  return item;
}
