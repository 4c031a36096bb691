import { civilOf, zonedOf } from '../model/calendar.ts';
import type { Specimen } from '../model/specimens.ts';
import type { Person } from '../model/types.ts';
import { SYSTEMS, type Meaning } from './codes.ts';
import { providerRef, registrationOf } from './labs.ts';
import { codingIn, localConcept } from './local-codes.ts';
import { concept, known, listOf, referenceTo, unknownConcept, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import { specimenNative } from './specimen-references.ts';
import type { TruthResource, TruthValue } from './types.ts';

const LOCAL = 'https://meridian.example/cs/specimen-';

const SNOMED_TYPE: Readonly<Record<string, Meaning>> = {
  SER: { code: '119364003', display: 'Serum specimen' },
  PLAS: { code: '119361006', display: 'Plasma specimen' },
  BLD: { code: '119297000', display: 'Blood specimen' },
  ABG: { code: '122552005', display: 'Arterial blood specimen' },
  UR: { code: '122575003', display: 'Urine specimen' },
  NAS: { code: '445297001', display: 'Swab of internal nose' },
  BX: { code: '258415003', display: 'Biopsy specimen' },
  BLK: { code: '441652008', display: 'Formalin-fixed paraffin-embedded tissue specimen' },
};
/** HL7 v2 has no code for swabs of the nose and for blocks. */
const V2_TYPE: Readonly<Record<string, Meaning>> = {
  SER: { code: 'SER', display: 'Serum' },
  PLAS: { code: 'PLAS', display: 'Plasma' },
  BLD: { code: 'BLD', display: 'Whole blood' },
  ABG: { code: 'BLDA', display: 'Blood arterial' },
  UR: { code: 'UR', display: 'Urine' },
  BX: { code: 'BX', display: 'Biopsy' },
};
const SITE: Readonly<Record<string, Meaning>> = {
  RUL: { code: '42400003', display: 'Structure of upper lobe of right lung' },
  NOS: { code: '53342003', display: 'Internal nose structure' },
};
const CONDITION: Readonly<Record<string, Meaning>> = {
  HM: { code: 'HEM', display: 'Hemolyzed' },
  CL: { code: 'CLOT', display: 'Clotted' },
  CO: { code: 'COOL', display: 'Cool' },
};
const STATUS: Readonly<Record<string, string>> = {
  A: 'available',
  U: 'unavailable',
  R: 'unsatisfactory',
  Q: 'unsatisfactory',
  E: 'entered-in-error',
};

function typeOf(type: string | null): TruthValue {
  const whole =
    type === null
      ? undefined
      : concept([
          codingIn(SYSTEMS.snomed, SNOMED_TYPE, type),
          codingIn('http://terminology.hl7.org/CodeSystem/v2-0487', V2_TYPE, type),
          { system: `${LOCAL}type`, code: type },
        ]);
  return whole ?? unknownConcept();
}

/** To the minute, or the day alone. */
function collectedAt({ collected }: Specimen): string | undefined {
  if (collected === undefined) return undefined;
  const { day, seconds } = collected;
  return seconds === undefined ? civilOf(day) : zonedOf(day, seconds - (seconds % 60));
}

function collectionOf(specimen: Specimen): TruthValue | undefined {
  const collection = known({
    collector: referenceTo('Practitioner', providerRef(specimen.collector)),
    collectedDateTime: collectedAt(specimen),
    bodySite: localConcept(specimen.site, `${LOCAL}site`, { system: SYSTEMS.snomed, meanings: SITE }),
  });
  return Object.keys(collection).length === 0 ? undefined : collection;
}

function conditionOf(condition: string | null): TruthValue | undefined {
  const translation = { system: 'http://terminology.hl7.org/CodeSystem/v2-0493', meanings: CONDITION };
  return localConcept(condition === '' ? null : condition, `${LOCAL}condition`, translation);
}

function specimenTruth(specimen: Specimen): TruthResource {
  const { number, accession, parent, container, received, status, note } = specimen;
  return usCore(specimenNative(specimen), 'Specimen', 'us-core-specimen', {
    identifier: [{ system: 'https://meridian.example/sid/specimen', value: number }],
    accessionIdentifier:
      accession === null ? undefined : { system: 'https://meridian.example/sid/accession', value: accession },
    status: status === null ? undefined : STATUS[status],
    type: typeOf(specimen.type),
    subject: referenceTo('Patient', registrationOf({ key: specimen.patient })),
    receivedTime: received && zonedOf(received.day, received.seconds),
    parent: listOf(referenceTo('Specimen', parent === null ? undefined : specimenNative({ number: parent }))),
    collection: collectionOf(specimen),
    container:
      container === null ? undefined : [{ type: { coding: [{ system: `${LOCAL}container`, code: container }] } }],
    condition: listOf(conditionOf(specimen.condition)),
    note: note === null ? undefined : [{ text: note.trim() }],
  });
}

export function specimenRows({ specimens }: Person): readonly TruthRow[] {
  return specimens.map((specimen) => ({
    native: specimenNative(specimen),
    about: { registration: specimen.patient },
    damage: specimen.damage,
    hidden: specimen.deleted ? 'deleted' : undefined,
    resource: () => specimenTruth(specimen),
  }));
}
