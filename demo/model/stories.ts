import type { Course } from './traits.ts';
import { patientKey } from './keys.ts';
import type { PatientKey, PersonName } from './types.ts';

/** Three people with fixed names, who are the first three of every population. */
export interface Story {
  readonly name: PersonName;
  readonly female: boolean;
  readonly ageDays: number;
  readonly course: Course;
  readonly sentence: string;
  /** What there is to see of the person. */
  readonly shown: readonly (keyof typeof SEARCHES)[];
}

/** What the landing page offers of a person, by its name there. */
const SEARCHES = {
  labs: (identifier: string) => `Observation?patient.identifier=${identifier}&_sort=-date`,
  stays: (identifier: string) => `Encounter?patient.identifier=${identifier}&_sort=-date`,
  referrals: (identifier: string) => `ServiceRequest?patient.identifier=${identifier}&_sort=-authored`,
  reports: (identifier: string) => `DiagnosticReport?patient.identifier=${identifier}&_sort=-date`,
  documents: (identifier: string) => `DocumentReference?patient.identifier=${identifier}&_sort=-date`,
  plans: (identifier: string) => `CarePlan?patient.identifier=${identifier}&_include=CarePlan:goal`,
  implants: (identifier: string) => `Device?patient.identifier=${identifier}`,
  dispenses: (identifier: string) => `MedicationDispense?patient.identifier=${identifier}`,
} as const;

const BY_PERSON: Readonly<Record<number, Story>> = {
  1: {
    name: { family: 'Vance-Holloway', given: ['Eleanor', 'June'] },
    female: true,
    ageDays: 26_100,
    course: 'chronic',
    sentence:
      'Registered three times in twenty years, merged twice, and known to the pharmacy under a number that no longer exists: one person, one record.',
    shown: ['stays', 'labs', 'documents', 'referrals', 'implants', 'dispenses'],
  },
  2: {
    name: { family: 'Thibodeaux', given: ['Marcus', 'Émile'] },
    female: false,
    ageDays: 21_400,
    course: 'diabetic',
    sentence:
      'Type 2 diabetes: his HbA1c fell over four years while the laboratory changed how it writes the unit, and then the unit itself.',
    shown: ['stays', 'labs', 'reports', 'referrals', 'plans', 'dispenses'],
  },
  3: {
    name: { family: '欧阳', given: ['秀英'] },
    female: true,
    ageDays: 17_000,
    course: 'occasional',
    sentence:
      'Arrived by ambulance: a name in Chinese script, no known sex, no known date of birth, and results from the bedside devices.',
    shown: ['stays', 'labs'],
  },
};

export function storyOf(person: number): Story | undefined {
  return BY_PERSON[person];
}

/** As the API writes the medical record number of a registration. */
export const MRN_SYSTEM = 'https://meridian.example/sid/mrn';

export function mrnOf(key: PatientKey): string {
  return `${key.facility}-${key.number}`;
}

/** A person of the landing page: `identifier` is `system|value`, ready for `Patient?identifier=`; `links` are searches that find something. */
export interface LandingStory {
  readonly identifier: string;
  readonly name: string;
  readonly sentence: string;
  readonly links: readonly { readonly name: string; readonly search: string }[];
}

export const STORIES: readonly LandingStory[] = [1, 2, 3].map((person) => {
  const story = BY_PERSON[person];
  if (story === undefined) throw new RangeError('a story without a person');
  const identifier = `${MRN_SYSTEM}|${mrnOf(patientKey(person))}`;
  return {
    identifier,
    name:
      person === 3
        ? `${story.name.family}${story.name.given.join('')}`
        : `${story.name.given.join(' ')} ${story.name.family}`,
    sentence: story.sentence,
    links: story.shown.map((name) => ({ name, search: SEARCHES[name](encodeURIComponent(identifier)) })),
  };
});
