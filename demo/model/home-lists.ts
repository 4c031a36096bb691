import { relativesOf } from './affiliations.ts';
import { minutesAfter } from './admissions.ts';
import { damagedListsOf } from './damaged-home-lists.ts';
import { homeOrdersOf } from './home-orders.ts';
import { toldLines, type HomeLine } from './home-lines.ts';
import { homeListNumber } from './keys.ts';
import { drugsOfStays } from './medication-orders.ts';
import { randomOf, STREAMS } from './random.ts';
import type { Traits } from './traits.ts';
import type { LocalTime, PatientKey } from './types.ts';
import { lastDayOf, within, type Span } from './visits.ts';

/** A row of HOMELST: what somebody said on arrival that the patient takes, line by line. */
export interface HomeList {
  readonly number: string;
  readonly patient: PatientKey;
  readonly stay: string | null;
  readonly asked: LocalTime;
  /** P the patient, R a relative, C the pharmacy or the practice, by telephone. */
  readonly source: string | null;
  /** PATREL.REL_NO; it may lead nowhere. */
  readonly relative: string | null;
  /** The list that this one takes the place of. */
  readonly replaces: string | null;
  /** False: the list itself was lost, only its lines are there. */
  readonly recorded: boolean;
  readonly lines: readonly HomeLine[];
}

const MISSING_RELATIVE = '9999999';

/** The lists of the wanted days: one for nearly each stay in the ward, and a second one where the first was wrong. */
export function homeListsOf(traits: Traits, isCustomer: boolean, span: Span): readonly HomeList[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const last = lastDayOf(traits, span);
  const relatives = relativesOf(traits).filter(({ deleted, damage }) => !deleted && damage === undefined);
  const lists: HomeList[] = [];
  for (const { admission, before } of drugsOfStays(traits, homeOrdersOf(traits, isCustomer), last)) {
    const { index, stay, left } = admission;
    const random = randomOf(traits.seed, STREAMS.homeLists, traits.person, index);
    const source = random.pick(['P', 'P', 'R', 'C', 'X', null]);
    const relative = source !== 'R' ? null : random.chance(0.1) ? MISSING_RELATIVE : (relatives[0]?.number ?? null);
    const lines = toldLines(traits.person, before, random);
    const list: HomeList = {
      ...{ number: homeListNumber(traits.person, index, 0), patient: stay.patient, stay: stay.number },
      ...{ asked: minutesAfter(stay.arrived, 120), source, relative, replaces: null, recorded: true, lines },
    };
    const asked: LocalTime = { day: stay.arrived.day + 1, seconds: 34_200 };
    const isWrong = random.chance(0.2) && asked.day < left.day;
    lists.push(list);
    if (!isWrong) continue;
    lists.push({
      ...list,
      ...{ number: homeListNumber(traits.person, index, 1), asked, source: 'C', relative: null },
      ...{ replaces: list.number, lines: lines.slice(0, 2) },
    });
  }
  return [...lists.filter(({ asked }) => asked.day <= last), ...damagedListsOf(traits)].filter(({ asked }) =>
    within(span, asked.day),
  );
}
