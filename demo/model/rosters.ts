import type { Day } from './calendar.ts';
import { sharingsOf } from './consents.ts';
import { missingKey, panelNumber, sharedRosterNumber } from './keys.ts';
import { MISSING_PARTNER, PARTNERS } from './partners.ts';
import type { SharedDamageKind } from './damage-kinds.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import type { Traits } from './traits.ts';
import type { PatientKey, PatientRecord } from './types.ts';

/** A row of ROSTER: the panel of a practice, or the patients whom the hospital shares with a partner. */
export interface Roster {
  readonly number: string;
  readonly kind: 'P' | 'S';
  readonly name: string | null;
  /** P: a department; S: a partner. Either may lead nowhere. */
  readonly owner: string;
  readonly active: boolean;
  readonly damage?: SharedDamageKind;
}

/** A row of ROSTMEM. */
export interface RosterEntry {
  readonly roster: string;
  readonly sequence: number;
  readonly patient: PatientKey;
  readonly from: Day | undefined;
  readonly to: Day | undefined;
  readonly isFormer: boolean | null;
  readonly removed: boolean;
}

const PRACTICES = ['MWFAM', 'MGMED', 'MGENDO', 'MGXXX'] as const;
const PANEL_PEOPLE = 100;
const PANELS = 2;
const SHARED_PEOPLE = 1000;
const SHARING = PARTNERS.filter(({ kind }) => kind === 'H').map(({ code }) => code);

/** All rosters of a hospital with so many people: they stay small, and the larger hospital has more of them. */
export function rostersOf(patients: number, damage: boolean): readonly Roster[] {
  const blocks = (people: number): readonly number[] =>
    Array.from({ length: Math.ceil(patients / people) }, (_, i) => i);
  const panels = blocks(PANEL_PEOPLE).flatMap((block) =>
    Array.from({ length: PANELS }, (_, i): Roster => {
      const number = panelNumber(block, i);
      const owner = PRACTICES[(block + i) % PRACTICES.length] ?? PRACTICES[0];
      return { number, kind: 'P', name: `Panel ${number}`, owner, active: true };
    }),
  );
  const shared = blocks(SHARED_PEOPLE).flatMap((block) =>
    [...SHARING, MISSING_PARTNER].map((owner, i): Roster => {
      const number = sharedRosterNumber(block, i);
      const isKnown = owner !== MISSING_PARTNER;
      return { number, kind: 'S', name: isKnown ? `Shared with ${owner}` : null, owner, active: owner !== 'OLDH' };
    }),
  );
  const damaged: Roster = {
    ...{ number: '999', kind: 'P', name: 'Torn', owner: 'MGXXX', active: true, damage: 'control-character-roster' },
  };
  return [...panels, ...shared, ...(damage ? [damaged] : [])];
}

/** The person's entries: in the panel of one practice, and in the roster of each partner that may see the data, for as long as it may. */
export function rosterEntriesOf(traits: Traits, records: readonly PatientRecord[]): readonly RosterEntry[] {
  const sound = records.filter(({ damage }) => damage === undefined);
  if (sound.length === 0) return [];
  const random = randomOf(traits.seed, STREAMS.rosters, traits.person);
  const block = (people: number): number => Math.floor((traits.person - 1) / people);
  const panel = random.chance(0.6) ? [panelNumber(block(PANEL_PEOPLE), random.int(0, PANELS - 1))] : [];
  const own = panel.map((roster) => ({ roster, until: undefined }));
  const shared = sharingsOf(traits).map(({ partner, to }) => {
    return { roster: sharedRosterNumber(block(SHARED_PEOPLE), SHARING.indexOf(partner)), until: to };
  });
  return [...own, ...shared].map(({ roster, until }, i) => {
    const entry = entryOf(traits, roster, i, random, sound);
    return { ...entry, to: entry.to ?? until };
  });
}

function entryOf(
  { person, anchor }: Traits,
  roster: string,
  index: number,
  random: Random,
  records: readonly PatientRecord[],
): RosterEntry {
  const from = anchor - random.int(20, 2500);
  const isFormer = random.chance(0.1);
  return {
    ...{ roster, sequence: person * 10 + index },
    patient: random.chance(0.02) ? missingKey(person) : random.pick(records).key,
    from: random.chance(0.1) ? undefined : from,
    to: isFormer ? from + random.int(1, 19) : undefined,
    isFormer: random.chance(0.1) ? null : isFormer,
    removed: random.chance(0.04),
  };
}
