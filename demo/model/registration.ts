import { civilOf, fallBack, yearOf } from './calendar.ts';
import { blankKey, facilityOf, furtherKey, patientKey } from './keys.ts';
import { nameOf, scriptOf, type Script } from './names.ts';
import { addressesOf, phoneOf } from './places.ts';
import type { DamageKind } from './damage-kinds.ts';
import type { Quirk } from './quirks.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { MISSING_PROVIDER, providerNumber } from './staff.ts';
import type { Traits } from './traits.ts';
import type { LocalTime, PatientRecord, PersonName, VagueDate } from './types.ts';

const SCRIPT_OF_QUIRK: Partial<Record<Quirk, Script>> = {
  'name-cyrillic': 'cyrillic',
  'name-greek': 'greek',
  'name-chinese': 'chinese',
  'name-arabic': 'arabic',
  'name-apostrophe': 'apostrophe',
  'name-percent': 'percent',
  'name-underscore': 'underscore',
  'name-backslash': 'backslash',
  'name-accented': 'accented',
  'name-several-words': 'words',
};

const ADDRESSES_OF_QUIRK: Partial<Record<Quirk, number>> = {
  'registered-only': 0,
  'address-none': 0,
  'address-three': 3,
};

function nameFor(traits: Traits, random: Random): PersonName | undefined {
  const script = (traits.quirk === undefined ? undefined : SCRIPT_OF_QUIRK[traits.quirk]) ?? scriptOf(random);
  const name = nameOf(random, script, traits.female);
  if (traits.story !== undefined) return traits.story.name;
  if (traits.quirk === 'name-missing') return undefined;
  return traits.quirk === 'name-family-only' ? { family: name.family, given: [] } : name;
}

function sexFor(traits: Traits, random: Random): string | null {
  if (traits.person === 3 || traits.quirk === 'sex-null') return null;
  if (traits.quirk === 'sex-odd') return '7';
  return random.chance(0.015) ? '9' : traits.female ? '2' : '1';
}

function birthFor(traits: Traits): VagueDate {
  const civil = civilOf(traits.born);
  if (traits.person === 3 || traits.quirk === 'birth-zero') return { unknown: 'zero' };
  if (traits.quirk === 'birth-nines') return { unknown: 'nines' };
  if (traits.quirk === 'birth-null') return { unknown: 'null' };
  if (traits.quirk === 'birth-year') return { value: civil.slice(0, 4) };
  return { value: traits.quirk === 'birth-month' ? civil.slice(0, 7) : civil };
}

function deathFor(traits: Traits, random: Random): VagueDate {
  const unknown = random.pick(['zero', 'nines', 'null'] as const);
  if (traits.died === undefined) return { unknown };
  const civil = civilOf(traits.died);
  return { value: traits.quirk === 'death-year' ? civil.slice(0, 4) : civil };
}

function updatedFor(traits: Traits, random: Random): LocalTime | undefined {
  const day = traits.anchor - random.int(1, 1200);
  const seconds = random.int(6 * 3600, 22 * 3600);
  if (traits.quirk === 'updated-null') return undefined;
  return traits.quirk === 'updated-doubled-hour'
    ? { day: fallBack(yearOf(traits.anchor) - 1), seconds: 5400 }
    : { day, seconds };
}

function emailFor(random: Random, person: number): string | null {
  return random.chance(0.5)
    ? `${random.pick(['patient', 'my_mail', 'home+care'])}${String(person)}@mail.example`
    : null;
}

function currentRecord(traits: Traits, random: Random): PatientRecord {
  const { quirk, person } = traits;
  const homePhone = random.chance(0.75) ? phoneOf(random) : null;
  const addresses = (quirk === undefined ? undefined : ADDRESSES_OF_QUIRK[quirk]) ?? (random.chance(0.2) ? 2 : 1);
  return {
    key: patientKey(person),
    name: nameFor(traits, random),
    sexCode: sexFor(traits, random),
    birth: birthFor(traits),
    death: deathFor(traits, random),
    maritalCode: quirk === 'marital-odd' ? 'Q' : random.pick(['S', 'M', 'M', 'D', 'W', 'P', null, null]),
    languageCode:
      quirk === 'language-odd'
        ? 'XX'
        : person === 3
          ? 'ZH'
          : random.pick(['EN', 'EN', 'EN', 'ES', 'ZH', 'RU', 'GR', 'AR', null]),
    homePhone: quirk === 'phone-blank' ? '   ' : homePhone,
    cellPhone: random.chance(0.55) ? phoneOf(random) : null,
    email: emailFor(random, person),
    primaryCare:
      quirk === 'provider-dangling' ? MISSING_PROVIDER : random.chance(0.85) ? providerNumber(random.int(0, 59)) : null,
    addresses: addressesOf(random, traits.anchor, addresses),
    updatedAt: updatedFor(traits, random),
    deleteFlag: quirk === 'deleted' || quirk === 'link-to-deleted' ? 'Y' : random.pick(['N', 'N', null, ' ']),
  };
}

/** An older registration of the same person: less was known, and it was never kept up to date. */
function earlierRecord(
  current: PatientRecord,
  person: number,
  index: number,
  into: PatientRecord['key'] | undefined,
): PatientRecord {
  return {
    ...current,
    key: furtherKey(person, index),
    languageCode: null,
    cellPhone: null,
    email: null,
    addresses: current.addresses.slice(0, 1),
    updatedAt:
      current.updatedAt === undefined ? undefined : { day: current.updatedAt.day - 900 * index, seconds: 43_200 },
    ...(into === undefined ? {} : { mergedInto: into }),
  };
}

/** A row that no patient stands behind: it is only there to be damaged. */
function damagedRecord(current: PatientRecord, person: number, damage: DamageKind): PatientRecord {
  return {
    ...current,
    key: damage === 'blank-in-key' ? blankKey(person) : furtherKey(person, 8),
    name: { family: 'Damaged', given: ['Row'] },
    birth: { value: '1999-02-28' },
    death: { unknown: 'null' },
    deleteFlag: 'N',
    addresses: [],
    damage,
  };
}

const RECORD_DAMAGES: readonly DamageKind[] = ['impossible-birth-date', 'control-character-name', 'blank-in-key'];

/** How many earlier registrations were merged, one into the next and the last into the current one. */
export function mergesOf(traits: Traits): number {
  if (traits.person === 1 || traits.quirk === 'merged-chain') return 2;
  return traits.quirk === 'merged-once' || traits.quirk === 'link-to-merged' ? 1 : 0;
}

/** The registrations of a person: the current one, merged ones, an unlinked duplicate, a damaged row. */
export function recordsOf(traits: Traits): readonly PatientRecord[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const { person, damageKind } = traits;
  const current = currentRecord(traits, randomOf(traits.seed, STREAMS.identity, person));
  const records = [current];
  for (let i = 1; i <= mergesOf(traits); i += 1)
    records.push(earlierRecord(current, person, i, i === 1 ? current.key : furtherKey(person, i - 1)));
  if (traits.quirk === 'unlinked-duplicate')
    records.push(earlierRecord(current, person, facilityOf(person) === 'MG' ? 4 : 5, undefined));
  if (damageKind !== undefined && RECORD_DAMAGES.includes(damageKind))
    records.push(damagedRecord(current, person, damageKind));
  return records;
}
