import { servicesOf, type Service } from '../model/services.ts';
import { SPECIALTY } from './codes-affiliations.ts';
import { CARE_SYSTEMS, SERVICE_CATEGORY } from './codes-care.ts';
import { SYSTEMS } from './codes.ts';
import { departmentRef } from './labs.ts';
import { localConcept } from './local-codes.ts';
import { locationRef } from './locations.ts';
import { known, listOf, plain, referenceTo } from './resources.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export function serviceNative({ code }: Pick<Service, 'code'>): Native {
  return { table: 'SVCMST', key: [code] };
}

export function isDeletedService({ deletions }: Service): boolean {
  return deletions % 2 === 1;
}

/** The name of a service that is live, as it stands beside its code. */
export function serviceName(code: string): string | undefined {
  const service = servicesOf(true).find((one) => one.code === code && !isDeletedService(one));
  return service?.name ?? undefined;
}

function opening({ openDays, opens, closes }: Service): TruthValue | undefined {
  const days = DAYS.filter((_, i) => openDays?.[i] === '1');
  if (days.length === 0 && opens === null && closes === null) return undefined;
  return known({
    daysOfWeek: days.length === 0 ? undefined : days,
    availableStartTime: opens === null ? undefined : `${opens}:00`,
    availableEndTime: closes === null ? undefined : `${closes}:00`,
  });
}

/** The HealthcareService of a sound row. */
export function serviceTruth(service: Service): TruthResource {
  const { code, name, phone, remark, appointment, active } = service;
  const category = { system: CARE_SYSTEMS.serviceCategory, meanings: SERVICE_CATEGORY };
  const nucc = { system: SYSTEMS.nucc, meanings: SPECIALTY };
  return plain(serviceNative(service), 'HealthcareService', {
    identifier: [{ system: CARE_SYSTEMS.service, value: code }],
    active: active === null ? undefined : active === 'Y',
    providedBy: referenceTo('Organization', departmentRef(service.department)),
    category: listOf(localConcept(service.category, CARE_SYSTEMS.localServiceCategory, category)),
    specialty: listOf(localConcept(service.specialty, SYSTEMS.localSpecialty, nucc)),
    location: listOf(referenceTo('Location', locationRef(service.location))),
    name: name ?? undefined,
    comment: remark === null ? undefined : remark.trim(),
    telecom: phone === null ? undefined : [{ system: 'phone', value: phone }],
    appointmentRequired: appointment === null ? undefined : appointment === '+',
    availableTime: listOf(opening(service)),
  });
}
