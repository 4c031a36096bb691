import { documentSerial, missingKey, orderSerial, patientKey, specimenNumber } from './keys.ts';
import type { DamageKind } from './damage-kinds.ts';
import { ONCOLOGY, type Document } from './documents.ts';
import { randomOf, STREAMS } from './random.ts';
import type { Specimen } from './specimens.ts';
import { providerNumber } from './staff.ts';
import type { Traits } from './traits.ts';
import { within, type Span } from './visits.ts';

const DAMAGE_KINDS: readonly DamageKind[] = ['unknown-specimen-status', 'impossible-specimen-date', 'orphan-specimen'];
const DAMAGE_VISIT = 2400;
const DAMAGE_ORDER = 3;
const BIOPSY = 0;
const BLOCK = 1;

/** The biopsy of a case of pathology and the block that was made of it; sections of that block went to genomics. */
export function caseSpecimensOf(traits: Traits, documents: readonly Document[]): readonly Specimen[] {
  const first = documents.filter(({ version, damage }) => version === 1 && damage === undefined);
  return [
    ...first.filter(({ section }) => section === 'PAT').flatMap((document) => ofPathology(traits, document)),
    ...first.filter(({ section }) => section === 'GEN').map((document) => ofGenomics(traits, document)),
  ];
}

/** Of the biopsy, which is the first event of a cancer. */
function caseNumber({ person }: Traits, index: number): string {
  return specimenNumber('P', documentSerial(person, ONCOLOGY), index);
}

function ofPathology(traits: Traits, document: Document): readonly Specimen[] {
  const random = randomOf(traits.seed, STREAMS.specimens, traits.person, document.day);
  const seconds = 60 * random.int(9 * 60, 15 * 60);
  const biopsy: Specimen = {
    ...common(document),
    ...{ number: caseNumber(traits, BIOPSY), parent: null, type: 'BX', container: 'FRM' },
    site: random.chance(0.8) ? 'RUL' : null,
    collected: { day: document.day - 1, seconds },
    collector: random.chance(0.2) ? null : providerNumber(random.int(0, 59)),
    received: { day: document.day - 1, seconds: seconds + 60 * random.int(20, 120) },
    status: 'U',
    note: random.chance(0.4) ? 'Three cores, 10 % formalin' : null,
  };
  return [
    biopsy,
    {
      ...biopsy,
      ...{ number: caseNumber(traits, BLOCK), parent: biopsy.number, type: 'BLK', container: 'CAS' },
      ...{ collector: null, received: undefined, status: 'A', note: null },
    },
  ];
}

function ofGenomics(traits: Traits, document: Document): Specimen {
  const random = randomOf(traits.seed, STREAMS.specimens, traits.person, document.day);
  return {
    ...common(document),
    ...{ number: specimenNumber('P', documentSerial(traits.person, ONCOLOGY + 1), 0), type: 'BLK', container: 'SLD' },
    ...{ parent: caseNumber(traits, BLOCK), site: null, collected: undefined, collector: null },
    received: { day: document.day - 6, seconds: 60 * random.int(8 * 60, 16 * 60) },
    status: random.pick(['U', null]),
    note: 'Tumour content 40 %',
  };
}

function common({
  accession,
  patient,
  day,
}: Document): Pick<Specimen, 'accession' | 'order' | 'patient' | 'day' | 'condition' | 'deleted'> {
  return { accession, order: null, patient, day, condition: null, deleted: false };
}

/** One sound specimen, which the projection then damages; always before the anchor, so that catch-up adds none. */
export function damagedSpecimensOf(traits: Traits, span: Span): readonly Specimen[] {
  const { person, anchor, damageKind: damage } = traits;
  const day = anchor - 60 - (person % 200);
  if (damage === undefined || !DAMAGE_KINDS.includes(damage) || !within(span, day)) return [];
  return [
    {
      number: specimenNumber('L', orderSerial(person, DAMAGE_VISIT, DAMAGE_ORDER), 0),
      ...{ accession: null, order: null, parent: null, day, type: 'SER', site: null, container: 'SST' },
      patient: damage === 'orphan-specimen' ? missingKey(person) : patientKey(person),
      ...{ collected: { day, seconds: 36_000 }, collector: null, received: { day, seconds: 37_800 } },
      ...{ condition: null, status: 'A', note: null, deleted: false, damage },
    },
  ];
}
