import { zonedOf } from '../model/calendar.ts';
import { stayTypeOf } from '../model/stay-types.ts';
import type { Stay, StayMove, StayProvider } from '../model/stays.ts';
import type { LocalTime, Person } from '../model/types.ts';
import { ADMIT_SOURCE, DISPOSITION, PROVIDER_ROLE, STAY_CLASS, STAY_STATUS, STAY_TYPE, SYSTEMS } from './codes.ts';
import { departmentRef, providerRef, registrationOf } from './labs.ts';
import { codingIn, localConcept } from './local-codes.ts';
import { locationRef } from './locations.ts';
import { known, labelled, listOf, referenceTo, unknownConcept, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import { catalogueLabels, sensitivityLabels } from './sensitivity.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

function stayNative({ number }: Pick<Stay, 'number'>): Native {
  return { table: 'STAY', key: [number] };
}

function written({ day, seconds }: LocalTime): string {
  return zonedOf(day, seconds);
}

function participant({ role, provider }: StayProvider): TruthValue | undefined {
  const type = localConcept(role, SYSTEMS.localRole, { system: SYSTEMS.participation, meanings: PROVIDER_ROLE });
  const individual = referenceTo('Practitioner', providerRef(provider));
  return type === undefined && individual === undefined ? undefined : known({ type: listOf(type), individual });
}

function place(move: StayMove, stay: Stay): TruthValue | undefined {
  const { sequence, at } = move;
  const location = referenceTo('Location', locationRef(move.location));
  if (location === undefined) return undefined;
  const next = stay.moves.find(({ previous }) => previous === sequence);
  const period = known({ start: written(at), end: next && written(next.at) });
  return { location, period };
}

function hospitalization({ source, discharge }: Stay): TruthValue | undefined {
  const admitSource = localConcept(source, SYSTEMS.localSource, {
    system: SYSTEMS.admitSource,
    meanings: ADMIT_SOURCE,
  });
  const dischargeDisposition = localConcept(discharge?.disposition ?? null, SYSTEMS.localDisposition, {
    system: SYSTEMS.disposition,
    meanings: DISPOSITION,
  });
  if (admitSource === undefined && dischargeDisposition === undefined) return undefined;
  return known({ admitSource, dischargeDisposition });
}

/** The newest status, `unknown` where none was ever written. */
function statusOf({ statuses }: Stay): string {
  const newest = statuses.toSorted((a, b) => a.at.day - b.at.day || a.at.seconds - b.at.seconds).at(-1);
  return newest === undefined ? 'unknown' : (STAY_STATUS[newest.code] ?? '');
}

/** The Encounter of a sound row. */
function stayTruth(stay: Stay): TruthResource {
  const { typeCode, discharge, reason } = stay;
  const snomed = { system: SYSTEMS.snomed, meanings: STAY_TYPE };
  const type = localConcept(
    typeCode,
    SYSTEMS.localStayType,
    snomed,
    typeCode === null ? undefined : stayTypeOf(typeCode),
  );
  const resource = usCore(stayNative(stay), 'Encounter', 'us-core-encounter', {
    identifier: [{ system: SYSTEMS.stay, value: stay.number }],
    status: statusOf(stay),
    class: codingIn(SYSTEMS.actCode, STAY_CLASS, stay.classCode),
    type: [type ?? unknownConcept()],
    subject: referenceTo('Patient', registrationOf({ key: stay.patient })),
    participant: listOf(...stay.providers.map(participant)),
    period: known({ start: written(stay.arrived), end: discharge && written(discharge.at) }),
    reasonCode: reason === null ? undefined : [{ text: reason.trim() }],
    hospitalization: hospitalization(stay),
    location: listOf(...stay.moves.map((move) => place(move, stay))),
    serviceProvider: referenceTo('Organization', departmentRef(stay.department)),
  });
  return labelled(sensitivityLabels(stay.sensitivity), resource);
}

export function stayRows({ stays }: Person): readonly TruthRow[] {
  return stays.map((stay) => ({
    native: stayNative(stay),
    about: { registration: stay.patient },
    damage: stay.damage,
    hidden: stay.deleted ? 'deleted' : undefined,
    resource: () => stayTruth(stay),
  }));
}

/** The stay, if it is one of the person's that are served. */
export function stayRef(number: string | null, { stays }: Person): ReturnType<typeof referenceTo> {
  const found = stays.find((stay) => stay.number === number && !stay.deleted && stay.damage === undefined);
  return referenceTo('Encounter', found && stayNative(found));
}

/** The labels of what is written of a stay; restricted where the stay is not there any more. */
export function stayLabels(number: string | null, { stays }: Person): readonly TruthValue[] | undefined {
  if (number === null) return undefined;
  return catalogueLabels(stays.find((stay) => stay.number === number && !stay.deleted));
}
