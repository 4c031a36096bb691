import type { Address } from './types.ts';
import type { Day } from './calendar.ts';
import type { Random } from './random.ts';

/** Invented streets in invented towns; the postal codes are of a region that the U.S. mail does not use (00000 to 00499). */
const TOWNS = [
  ['Meridian Falls', 'NY', '00101'],
  ['Harbor Point', 'NY', '00117'],
  ['San Telmo', 'NJ', '00204'],
  ['Saint-Rémy', 'VT', '00233'],
  ['West Alder', 'CT', '00310'],
  ["Miller's Crossing", 'PA', '00342'],
  ['Altona', 'NY', '00105'],
  ['New Alder', 'CT', '00311'],
] as const;

const STREETS = [
  'Alder Street',
  'Canal Road',
  'Depot Lane',
  'Elm Avenue',
  'Foundry Row',
  'Granite Way',
  'Juniper Court',
  'Mill Street',
  'Orchard Road',
  '100% Corner',
  'Quay_Side',
] as const;

function addressAt(random: Random, type: string | null, from: Day | undefined, to: Day | undefined): Address {
  const [city, state, zip] = random.pick(TOWNS);
  const line2 = random.chance(0.25) ? random.pick(['Apt 4B', 'Unit 12', 'Floor 3', 'c/o Harlow', 'Rear\\Left']) : null;
  return {
    type,
    line1: `${random.int(1, 980)} ${random.pick(STREETS)}`,
    line2,
    city: random.chance(0.01) ? null : city,
    state: random.chance(0.01) ? null : state,
    zip: random.chance(0.02)
      ? null
      : random.chance(0.3)
        ? `${zip}-${String(random.int(1, 9999)).padStart(4, '0')}`
        : zip,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** The current address, and `count - 1` earlier or other ones. */
export function addressesOf(random: Random, anchor: Day, count: number): readonly Address[] {
  const list: Address[] = [];
  const moved = anchor - random.int(100, 2500);
  if (count > 0)
    list.push(
      addressAt(
        random,
        random.chance(0.02) ? 'Z' : random.chance(0.03) ? null : 'H',
        random.chance(0.7) ? moved : undefined,
        undefined,
      ),
    );
  if (count > 1) list.push(addressAt(random, 'O', moved - random.int(300, 3000), moved));
  if (count > 2) list.push(addressAt(random, random.pick(['W', 'T', 'B']), undefined, undefined));
  return list;
}

/** Telephone numbers of the range that is kept free for fiction (555-01xx), as people type them. */
export function phoneOf(random: Random): string {
  const area = random.pick(['212', '347', '518', '716', '914']);
  const last = String(random.int(100, 199)).padStart(4, '0');
  return random.pick([`(${area}) 555-${last}`, `${area}-555-${last}`, `+1 ${area} 555 ${last}`, `${area}555${last}`]);
}

export function postcodeOf(random: Random): string {
  return random.pick(TOWNS)[2];
}
