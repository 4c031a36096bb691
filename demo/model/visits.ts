import { fallBack, springForward, yearOf, type Day } from './calendar.ts';
import { randomOf, STREAMS } from './random.ts';
import type { Course, Traits } from './traits.ts';

/** The days that are wanted: those after `after`, up to and including `through`. */
export interface Span {
  readonly after?: Day;
  readonly through: Day;
}

export function within(span: Span, day: Day): boolean {
  return day <= span.through && (span.after === undefined || day > span.after);
}

export interface Visit {
  /** Counts the person's visits; part of the keys. */
  readonly index: number;
  readonly day: Day;
  readonly kind: 'ordinary' | 'spring-night' | 'fall-night';
}

const GAP_DAYS: Record<Course, number> = { diabetic: 75, chronic: 80, occasional: 290, rare: 800, never: 0 };
const HISTORY_DAYS = 1100;
const STORY_HISTORY_DAYS = 1460;
const FIRST_NIGHT_INDEX = 2000;

/** The last day on which something can happen to the person. */
export function lastDayOf(traits: Traits, span: Span): Day {
  if (traits.quirk === 'deleted' || traits.quirk === 'link-to-deleted')
    return Math.min(span.through, traits.anchor - 10);
  return Math.min(span.through, traits.died ?? span.through);
}

/** The last day before the first generation on which something could still be noted of the person. */
export function lastNotedDay({ anchor, died }: Pick<Traits, 'anchor' | 'died'>): Day {
  return Math.min(anchor, died ?? anchor);
}

/**
 * Visits follow one another at drawn intervals from a fixed beginning, so that a later end only adds visits. Those before the wanted
 * days are drawn, but not returned.
 */
export function* visitsOf(traits: Traits, span: Span): Generator<Visit> {
  const last = lastDayOf(traits, span);
  const gap = GAP_DAYS[traits.course];
  if (gap > 0) {
    const random = randomOf(traits.seed, STREAMS.visits, traits.person);
    const history = traits.story === undefined ? HISTORY_DAYS : STORY_HISTORY_DAYS;
    let day = Math.max(traits.born, traits.anchor - history) + Math.floor(gap * random.next());
    for (let index = 0; day <= last; index += 1) {
      if (within(span, day)) yield { index, day, kind: 'ordinary' };
      day += Math.max(1, Math.round(gap * (0.5 + random.next())));
    }
  }
  if (traits.quirk === 'night-shift') yield* nightsOf(traits, { ...span, through: last });
}

/** Both nights of each year on which the clocks change. */
function* nightsOf(traits: Traits, span: Span): Generator<Visit> {
  const first = yearOf(Math.max(traits.born, traits.anchor - HISTORY_DAYS));
  for (let year = first; year <= yearOf(span.through); year += 1) {
    const index = FIRST_NIGHT_INDEX + 2 * (year - first);
    const spring = springForward(year);
    const fall = fallBack(year);
    if (spring > traits.born && within(span, spring)) yield { index, day: spring, kind: 'spring-night' };
    if (fall > traits.born && within(span, fall)) yield { index: index + 1, day: fall, kind: 'fall-night' };
  }
}

/** The last day not after `day` on which the clocks went forward. */
export function springBefore(day: Day): Day {
  const spring = springForward(yearOf(day));
  return spring <= day ? spring : springForward(yearOf(day) - 1);
}
