import { civilOf } from './calendar.ts';
import { customerNumber, furtherKey, missingKey, patientKey } from './keys.ts';
import { nameOf, scriptOf } from './names.ts';
import { phoneOf, postcodeOf } from './places.ts';
import { damageOf } from './quirks.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import type { Traits } from './traits.ts';
import type { CrossReference, Customer, PatientKey, PatientRecord } from './types.ts';

/** The hospital number as people copy it from a card. */
function typedNumber(random: Random, key: PatientKey): string {
  const short = key.number.replace(/^0+/, '');
  return random.pick([key.number, short, `${key.facility}-${short}`, ` ${short}`, `#${short}`]);
}

function reference(
  traits: Traits,
  random: Random,
  index: number,
  key: PatientKey,
  status: CrossReference['status'],
  readable = true,
): CrossReference {
  return {
    id: String(traits.person * 10 + index),
    facility: key.facility,
    typed: readable ? typedNumber(random, key) : 'see wristband',
    normalised: readable ? key.number : null,
    status,
  };
}

/** What the pharmacy declares about a customer's number at the hospital. */
function referencesOf(traits: Traits, random: Random, index: number): readonly CrossReference[] {
  const own = patientKey(traits.person);
  const declare = (key: PatientKey, status: CrossReference['status'], readable = true): readonly CrossReference[] => [
    reference(traits, random, index, key, status, readable),
  ];
  if (traits.person === 1) return declare(furtherKey(1, 2), 'C');
  switch (traits.quirk) {
    case 'pharmacy-only':
    case 'customer-inactive':
    case 'lookalike':
      return [];
    case 'link-possible':
      return declare(own, 'P');
    case 'link-rejected':
      return declare(own, 'R');
    case 'link-dangling':
      return declare(missingKey(traits.person), 'C');
    case 'link-to-merged':
      return declare(furtherKey(traits.person, 1), 'C');
    case 'link-unreadable':
      return declare(own, 'C', false);
    default:
      return random.chance(0.05)
        ? [reference(traits, random, 5 + index, missingKey(traits.person), 'R'), ...declare(own, 'C')]
        : declare(own, 'C');
  }
}

const ALWAYS_CUSTOMER = new Set<string>([
  'pharmacy-only',
  'customer-inactive',
  'lookalike',
  'linked',
  'link-possible',
  'link-rejected',
  'link-dangling',
  'link-to-deleted',
  'link-to-merged',
  'link-unreadable',
  'two-customers',
]);

const DISPENSE_KINDS = new Set<string>(['unknown-dispense-status', 'control-character-sig', 'orphan-dispense']);

function customersFor(traits: Traits, random: Random): number {
  if (traits.quirk === 'two-customers') return 2;
  if (traits.story !== undefined) return traits.person === 3 ? 0 : 1;
  if (traits.quirk !== undefined && ALWAYS_CUSTOMER.has(traits.quirk)) return 1;
  // By the person's number, not by the switch: without damage, the same customers are there.
  if (DISPENSE_KINDS.has(damageOf(traits.person) ?? '')) return 1;
  return random.chance(0.4) ? 1 : 0;
}

/** The pharmacy's own registrations of a person, who is written as the person gave their name at the counter. */
export function customersOf(traits: Traits, record: PatientRecord | undefined): readonly Customer[] {
  const random = randomOf(traits.seed, STREAMS.customer, traits.person);
  const count = customersFor(traits, random);
  return Array.from({ length: count }, (_, index) => {
    const name = record?.name ?? nameOf(random, scriptOf(random), traits.female);
    const gender = random.chance(0.03)
      ? 'X'
      : random.chance(0.03)
        ? null
        : random.chance(0.01)
          ? 'N'
          : traits.female
            ? 'F'
            : 'M';
    return {
      number: customerNumber(traits.person, index),
      firstName: random.chance(0.02) ? null : (name.given[0] ?? null),
      lastName: name.family.trim(),
      birth: random.chance(0.04) || traits.quirk === 'birth-zero' ? null : civilOf(traits.born),
      gender,
      phone: random.chance(0.7) ? phoneOf(random) : null,
      postcode: random.chance(0.8) ? postcodeOf(random) : null,
      active: traits.quirk !== 'customer-inactive' && !random.chance(0.02),
      createdAt: { day: traits.anchor - random.int(30, 3000), seconds: random.int(46_800, 79_200) },
      references: referencesOf(traits, random, index),
    };
  });
}
