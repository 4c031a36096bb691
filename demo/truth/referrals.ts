import { civilOf } from '../model/calendar.ts';
import type { Referral } from '../model/referrals.ts';
import type { Person } from '../model/types.ts';
import { CARE_SYSTEMS, REQUEST_INTENT, REQUEST_KIND, REQUEST_PRIORITY, REQUEST_STATUS, SERVICE } from './codes-care.ts';
import { SYSTEMS } from './codes.ts';
import { departmentRef, providerRef, registrationOf } from './labs.ts';
import { localConcept } from './local-codes.ts';
import { packedCodings } from './problems.ts';
import { allLabels, sensitivityLabels } from './sensitivity.ts';
import { concept, labelled, listOf, referenceTo, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import { serviceName } from './services.ts';
import { stayLabels, stayRef } from './stays.ts';
import type { Native, TruthResource } from './types.ts';

export function referralNative({ number }: Referral): Native {
  return { table: 'REFREQ', key: [number] };
}

/** What the change with the highest number says; `unknown` where nothing was ever written. */
function statusOf({ events }: Referral): string {
  const newest = events.toSorted((a, b) => a.sequence - b.sequence).at(-1);
  return newest === undefined ? 'unknown' : (REQUEST_STATUS[newest.code] ?? '');
}

/** The ServiceRequest of a sound row. */
function referralTruth(referral: Referral, person: Person): TruthResource {
  const { service, wished, note, reason } = referral;
  const kind = { system: SYSTEMS.snomed, meanings: REQUEST_KIND };
  const meaning = { system: SYSTEMS.snomed, meanings: SERVICE };
  const name = service === null ? undefined : serviceName(service);
  return labelled(
    allLabels(sensitivityLabels(referral.sensitivity), stayLabels(referral.stay, person)),
    usCore(referralNative(referral), 'ServiceRequest', 'us-core-servicerequest', {
      identifier: [{ system: CARE_SYSTEMS.referral, value: referral.number }],
      status: statusOf(referral),
      intent: REQUEST_INTENT[referral.intent],
      category: listOf(localConcept(referral.kind, CARE_SYSTEMS.localRequestKind, kind)),
      priority: REQUEST_PRIORITY[referral.priority ?? ''],
      code: localConcept(service, CARE_SYSTEMS.localService, meaning, name),
      subject: referenceTo('Patient', registrationOf({ key: referral.patient })),
      encounter: stayRef(referral.stay, person),
      occurrenceDateTime: wished === undefined ? undefined : civilOf(wished),
      authoredOn: civilOf(referral.day),
      requester: referenceTo('Practitioner', providerRef(referral.requester)),
      performer: listOf(
        referenceTo('Organization', departmentRef(referral.department)),
        referenceTo('Practitioner', providerRef(referral.consultant)),
      ),
      reasonCode: listOf(concept(packedCodings(referral.codes), reason?.trim())),
      note: note === null ? undefined : [{ text: note.trim() }],
    }),
  );
}

export function referralRows(person: Person): readonly TruthRow[] {
  return person.referrals.map((referral) => ({
    native: referralNative(referral),
    about: { registration: referral.patient },
    damage: referral.damage,
    hidden: referral.removal === null ? undefined : 'deleted',
    resource: () => referralTruth(referral, person),
  }));
}
