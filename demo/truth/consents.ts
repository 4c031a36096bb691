import { civilOf, zonedOf } from '../model/calendar.ts';
import type { Consent } from '../model/consents.ts';
import { PARTNERS } from '../model/partners.ts';
import type { Person } from '../model/types.ts';
import {
  CONSENT_ACTION,
  CONSENT_CATEGORY,
  CONSENT_POLICY,
  CONSENT_SCOPE,
  CONSENT_STATUS,
  PARTNER_TYPE,
  PURPOSE,
} from './codes-consents.ts';
import { SENSITIVITY } from './codes-problems.ts';
import { SYSTEMS } from './codes.ts';
import { departmentRef, registrationOf } from './labs.ts';
import { codingIn, localConcept } from './local-codes.ts';
import { concept, known, labelled, listOf, plain, referenceTo, usCore } from './resources.ts';
import { sensitivityLabels } from './sensitivity.ts';
import type { TruthRow } from './rows.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

/** The partner, if there is one of this code. */
export function partnerRef(code: string | null): ReturnType<typeof referenceTo> {
  return referenceTo(
    'Organization',
    PARTNERS.some((partner) => partner.code === code) ? { table: 'PARTNER', key: [code ?? ''] } : undefined,
  );
}

export function partnerTruths(): readonly TruthResource[] {
  return PARTNERS.map(({ code, name, kind, phone, line, city, state, zip, active }) =>
    usCore({ table: 'PARTNER', key: [code] }, 'Organization', 'us-core-organization', {
      identifier: [{ system: SYSTEMS.partner, value: code }],
      active,
      type: listOf(concept([codingIn(SYSTEMS.organizationType, PARTNER_TYPE, kind)])),
      name,
      telecom: phone === null ? undefined : [{ system: 'phone', value: phone }],
      address: [known({ line: line === null ? undefined : [line], city, state, postalCode: zip ?? undefined })],
    }),
  );
}

/** A code of the hospital's beside its meaning elsewhere, as two Codings. */
function codings(
  code: string | null,
  local: string,
  translation: { readonly system: string; readonly meanings: Parameters<typeof codingIn>[1] },
): readonly TruthValue[] | undefined {
  if (code === null) return undefined;
  return listOf(codingIn(translation.system, translation.meanings, code), { system: local, code });
}

function relativeRef(number: string | null, { relatives }: Person): ReturnType<typeof referenceTo> {
  const found = relatives.find((relative) => relative.number === number && !relative.deleted);
  return referenceTo('RelatedPerson', found && { table: 'PATREL', key: [found.number] });
}

/** A day, until which a revocation may have come first. */
function periodOf({ from, to, revoked }: Consent): TruthValue | undefined {
  const end = revoked ?? to;
  if (from === undefined && end === undefined) return undefined;
  return known({ start: from && civilOf(from), end: end && civilOf(end) });
}

function provisionOf(consent: Consent): TruthValue {
  const { decision, partner, type } = consent;
  const recipient = { system: SYSTEMS.participation, code: 'IRCP', display: 'information recipient' };
  const sensitivity = { system: SYSTEMS.actCode, meanings: SENSITIVITY };
  const reference = partnerRef(partner);
  return known({
    type: decision === 'Y' ? 'permit' : 'deny',
    period: periodOf(consent),
    actor: reference && [{ role: { coding: [recipient] }, reference }],
    action: listOf(concept([codingIn(SYSTEMS.consentAction, CONSENT_ACTION, type)])),
    securityLabel: codings(consent.sensitivity, SYSTEMS.localSensitivity, sensitivity),
    purpose: codings(consent.purpose, SYSTEMS.localPurpose, { system: SYSTEMS.actReason, meanings: PURPOSE }),
  });
}

function statusOf({ status, revoked }: Consent): string | undefined {
  return revoked !== undefined && (status === 'A' || status === 'P') ? 'inactive' : CONSENT_STATUS[status];
}

function consentTruth(consent: Consent, person: Person, native: Native): TruthResource {
  const { type, signed } = consent;
  const policies = { system: SYSTEMS.consentPolicy, meanings: CONSENT_POLICY };
  const resource = plain(native, 'Consent', {
    identifier: [{ system: SYSTEMS.consent, value: consent.number }],
    status: statusOf(consent),
    scope: localConcept(type, SYSTEMS.localConsent, { system: SYSTEMS.consentScope, meanings: CONSENT_SCOPE }),
    category: listOf(localConcept(type, SYSTEMS.localConsent, { system: SYSTEMS.actCode, meanings: CONSENT_CATEGORY })),
    patient: referenceTo('Patient', registrationOf({ key: consent.patient })),
    dateTime: signed && zonedOf(signed.day, signed.seconds),
    performer: listOf(relativeRef(consent.representative, person)),
    organization: listOf(referenceTo('Organization', departmentRef(consent.department))),
    policy: [{ uri: 'https://meridian.example/policy/patient-data' }],
    policyRule: localConcept(consent.policy, SYSTEMS.localPolicy, policies),
    provision: provisionOf(consent),
  });
  return labelled(sensitivityLabels(consent.sensitivity), resource);
}

export function consentRows(person: Person): readonly TruthRow[] {
  return person.consents.map((consent): TruthRow => {
    const native = { table: 'CONSNT', key: [consent.number] };
    return {
      native,
      about: { registration: consent.patient },
      damage: consent.damage,
      hidden: consent.voided === undefined ? undefined : 'deleted',
      resource: () => consentTruth(consent, person, native),
    };
  });
}
