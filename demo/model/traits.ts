import type { Day } from './calendar.ts';
import { type DamageKind } from './damage-kinds.ts';
import { damageOf, quirkOf, type Quirk } from './quirks.ts';
import { randomOf, STREAMS } from './random.ts';
import { storyOf, type Story } from './stories.ts';

/** The choices that make a population. The same choices give the same rows. */
export interface Seeding {
  readonly seed: number;
  /** The day of the first generation: all dates hang on it. */
  readonly anchor: Day;
  readonly damage: boolean;
}

export type Course = 'diabetic' | 'chronic' | 'occasional' | 'rare' | 'never';

/** What the rest of the model needs to know of a person before it writes a row. */
export interface Traits extends Seeding {
  readonly person: number;
  readonly quirk: Quirk | undefined;
  readonly damageKind: DamageKind | undefined;
  readonly story: Story | undefined;
  readonly female: boolean;
  readonly born: Day;
  readonly died: Day | undefined;
  readonly course: Course;
}

function courseOf(quirk: Quirk | undefined, story: Story | undefined, age: number, draw: number): Course {
  if (story !== undefined) return story.course;
  if (quirk === 'diabetic') return 'diabetic';
  if (quirk === 'deleted' || quirk === 'merged-once' || quirk === 'merged-chain' || quirk === 'link-to-merged')
    return 'chronic';
  if (draw < 0.1 && age >= ADULT_DIABETES) return 'diabetic';
  if (draw < 0.2) return 'chronic';
  if (draw < 0.7) return 'occasional';
  return draw < 0.9 ? 'rare' : 'never';
}

const YEAR_DAYS = 365.25;
const ADULT_DIABETES = 30;
const ADULT_CANCER = 45;

/** One person in 25, wherever their story is told. */
export function hasLungCancer(person: number): boolean {
  return person % 25 === 17;
}

/** Illnesses of the old are drawn for nobody who is young. */
function youngest(person: number, quirk: Quirk | undefined): number {
  return hasLungCancer(person) ? ADULT_CANCER : quirk === 'diabetic' ? ADULT_DIABETES : 0;
}

/** In years, with its fraction. */
export function ageOn({ born }: Pick<Traits, 'born'>, day: Day): number {
  return (day - born) / YEAR_DAYS;
}

export function traitsOf(seeding: Seeding, person: number): Traits {
  const random = randomOf(seeding.seed, STREAMS.traits, person);
  const story = storyOf(person);
  const quirk = story === undefined ? quirkOf(person) : undefined;
  const female = story?.female ?? random.chance(0.52);
  const drawnAge = Math.min(98, 1 + 95 * random.next() ** 0.8);
  const years = Math.max(youngest(person, quirk), drawnAge);
  const born = seeding.anchor - (story?.ageDays ?? Math.floor(YEAR_DAYS * years));
  const dead = quirk === 'death-year' || quirk === 'death-day' || (quirk === undefined && random.chance(0.02));
  const daysAgo = random.int(20, 700);
  return {
    ...seeding,
    person,
    quirk,
    damageKind: seeding.damage && story === undefined ? damageOf(person) : undefined,
    story,
    female,
    born,
    died: dead && story === undefined ? Math.max(born + 1, seeding.anchor - daysAgo) : undefined,
    course: courseOf(quirk, story, years, random.next()),
  };
}
