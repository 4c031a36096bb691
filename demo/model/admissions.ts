import type { Day } from './calendar.ts';
import { wholeStaysOf, type Stay } from './stays.ts';
import type { Traits } from './traits.ts';
import type { LocalTime } from './types.ts';

/** A stay in the ward over at least one night. */
export interface Admission {
  /** Which of the person's stays it is, from 0. */
  readonly index: number;
  readonly stay: Stay;
  readonly left: LocalTime;
  readonly died: boolean;
}

/** The admissions up to a day, each with its end, even where that is later. */
export function admissionsOf(traits: Traits, last: Day): readonly Admission[] {
  return wholeStaysOf(traits, last).flatMap((stay, index): readonly Admission[] => {
    const left = stay.moves.at(-1)?.at;
    if (stay.classCode !== 'I' || left === undefined || left.day <= stay.arrived.day) return [];
    return [{ index, stay, left, died: left.day === traits.died }];
  });
}

/** So many minutes after a time by day: never past midnight. */
export function minutesAfter({ day, seconds }: LocalTime, minutes: number): LocalTime {
  return { day, seconds: Math.min(seconds + 60 * minutes, 86_399) };
}
