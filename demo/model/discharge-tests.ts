import { admissionsOf } from './admissions.ts';
import type { Day, WallSeconds } from './calendar.ts';
import { SLOW_TESTS } from './lab-catalogue.ts';
import { isRichDischarge } from './medication-stories.ts';
import { randomOf, STREAMS } from './random.ts';
import type { Traits } from './traits.ts';
import type { Visit } from './visits.ts';

/** A test that was sent away on the day on which somebody left the ward. */
export interface DischargeTest {
  /** Stands in for a visit, because it is part of the keys. */
  readonly visit: Visit;
  readonly seconds: WallSeconds;
  readonly test: string;
  /** When its result came; undefined: it never did. */
  readonly resultsOn: Day | undefined;
}

const FIRST_VISIT = 1200;
const STAYS_MAX = 700;
const SHARE = 0.35;
const NEVER = 0.15;

/** The tests that were under way at the discharges up to a day. Nobody closes these orders, whatever becomes of them. */
export function dischargeTestsOf(traits: Traits, last: Day): readonly DischargeTest[] {
  return admissionsOf(traits, last).flatMap(({ index, left, died }): readonly DischargeTest[] => {
    const random = randomOf(traits.seed, STREAMS.dischargeTests, traits.person, index);
    const isDrawn = random.chance(SHARE) || isRichDischarge(traits);
    if (died || index >= STAYS_MAX || left.day > last || !isDrawn) return [];
    const { day } = left;
    return [
      {
        visit: { index: FIRST_VISIT + index, day, kind: 'ordinary' },
        seconds: 60 * Math.max(0, Math.floor(left.seconds / 60) - random.int(40, 120)),
        test: random.pick(SLOW_TESTS),
        resultsOn: random.chance(NEVER) ? undefined : day + random.int(2, 6),
      },
    ];
  });
}
