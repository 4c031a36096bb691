import { PAYERS, type Insurance, type ProviderRole, type Relative } from '../model/affiliations.ts';
import { civilOf, type Day } from '../model/calendar.ts';
import type { Person } from '../model/types.ts';
import { COVERAGE_STATUS, INSURANCE_PLAN, RELATION, SPECIALTY, SUBSCRIBER_RELATION } from './codes-affiliations.ts';
import { SYSTEMS } from './codes.ts';
import { departmentRef, providerRef, registrationOf } from './labs.ts';
import { localConcept } from './local-codes.ts';
import { concept, known, listOf, referenceTo, unknownReason, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import type { TruthResource, TruthValue } from './types.ts';

function periodOf(from: Day | undefined, to?: Day): TruthValue | undefined {
  if (from === undefined && to === undefined) return undefined;
  return known({ start: from && civilOf(from), end: to && civilOf(to) });
}

function phoneOf(phone: string | null): TruthValue | undefined {
  return phone === null ? undefined : [{ system: 'phone', value: phone }];
}

function relativeTruth(relative: Relative): TruthResource {
  const { relation, name, active } = relative;
  const roleCode = { system: SYSTEMS.roleCode, meanings: RELATION };
  return usCore({ table: 'PATREL', key: [relative.number] }, 'RelatedPerson', 'us-core-relatedperson', {
    ...(active === null ? { _active: unknownReason() } : { active }),
    patient: referenceTo('Patient', registrationOf({ key: relative.patient })),
    relationship: listOf(localConcept(relation, SYSTEMS.localRelation, roleCode)),
    name: [{ family: name.family, given: name.given }],
    telecom: phoneOf(relative.phone),
    period: periodOf(relative.since, relative.until),
  });
}

function insuranceTruth(insurance: Insurance): TruthResource {
  const payer = PAYERS.find(({ code }) => code === insurance.payer);
  const plan = { system: SYSTEMS.actCode, meanings: INSURANCE_PLAN };
  const relation = { system: SYSTEMS.subscriberRelation, meanings: SUBSCRIBER_RELATION };
  const { group } = insurance;
  return usCore({ table: 'PATINS', key: [insurance.number] }, 'Coverage', 'us-core-coverage', {
    identifier: [{ type: { coding: [{ system: SYSTEMS.identifierType, code: 'MB' }] }, value: insurance.member }],
    status: COVERAGE_STATUS[insurance.status],
    type: localConcept(insurance.plan, SYSTEMS.localPlan, plan),
    subscriberId: insurance.member,
    beneficiary: referenceTo('Patient', registrationOf({ key: insurance.patient })),
    relationship: localConcept(insurance.relation, SYSTEMS.localSubscriber, relation) ?? unknownRelation(),
    period: periodOf(insurance.from, insurance.to),
    payor: [referenceTo('Organization', payer && { table: 'PAYER', key: [payer.code] }) ?? unknownReason()],
    class:
      group === null
        ? undefined
        : [{ type: { coding: [{ system: SYSTEMS.coverageClass, code: 'group', display: 'Group' }] }, value: group }],
  });
}

function unknownRelation(): TruthValue {
  return { coding: [{ system: SYSTEMS.absentReason, code: 'unknown' }] };
}

export function affiliationRows(person: Person): readonly TruthRow[] {
  const relatives = person.relatives.map((relative): TruthRow => ({
    native: { table: 'PATREL', key: [relative.number] },
    about: { registration: relative.patient },
    damage: relative.damage,
    hidden: relative.deleted ? 'deleted' : undefined,
    resource: () => relativeTruth(relative),
  }));
  const insurances = person.insurances.map((insurance): TruthRow => ({
    native: { table: 'PATINS', key: [insurance.number] },
    about: { registration: insurance.patient },
    damage: insurance.damage,
    resource: () => insuranceTruth(insurance),
  }));
  return [...relatives, ...insurances];
}

export function payerTruths(): readonly TruthResource[] {
  return PAYERS.map(({ code, name, phone, active }) =>
    usCore({ table: 'PAYER', key: [code] }, 'Organization', 'us-core-organization', {
      identifier: [{ system: SYSTEMS.payer, value: code }],
      active,
      type: [concept([{ system: SYSTEMS.organizationType, code: 'pay', display: 'Payer' }]) ?? ''],
      name,
      telecom: phoneOf(phone),
    }),
  );
}

/** The PractitionerRole of a sound row. */
export function roleTruth(role: ProviderRole): TruthResource {
  const nucc = { system: SYSTEMS.nucc, meanings: SPECIALTY };
  return usCore({ table: 'PROVROLE', key: [role.number] }, 'PractitionerRole', 'us-core-practitionerrole', {
    active: role.active,
    period: periodOf(role.since, role.until),
    practitioner: referenceTo('Practitioner', providerRef(role.provider)),
    organization: referenceTo('Organization', departmentRef(role.department)),
    specialty: listOf(localConcept(role.specialty, SYSTEMS.localSpecialty, nucc)),
    telecom: phoneOf(role.phone),
  });
}
