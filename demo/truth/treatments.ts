import { zonedOf } from '../model/calendar.ts';
import { SENSITIVE_TREATMENTS } from '../model/sensitive-treatments.ts';
import { TREATMENTS, type Treatment, type Vaccination } from '../model/treatments.ts';
import type { LocalTime, Person } from '../model/types.ts';
import { NOT_GIVEN, PROCEDURE_STATUS, TREATMENT, VACCINATION_SITE, VACCINATION_STATUS } from './codes-treatments.ts';
import { SYSTEMS } from './codes.ts';
import { providerRef, registrationOf } from './labs.ts';
import { codingIn, localConcept } from './local-codes.ts';
import { locationRef } from './locations.ts';
import { concept, decimal, known, labelled, listOf, referenceTo, unknownReason, usCore } from './resources.ts';
import { allLabels, catalogueLabels } from './sensitivity.ts';
import type { TruthRow } from './rows.ts';
import { stayLabels, stayRef } from './stays.ts';
import type { TruthResource, TruthValue } from './types.ts';

/** `YYYYMMDD` whose unknown parts are zeros. */
export function partial(text: string | null): string | undefined {
  if (text === null) return undefined;
  return [text.slice(0, 4), text.slice(4, 6), text.slice(6)].filter((part) => part !== '00').join('-');
}

function written(time: LocalTime | undefined): string | undefined {
  return time && zonedOf(time.day, time.seconds);
}

function vaccinationTruth(vaccination: Vaccination): TruthResource {
  const { cvx, text, given, ownRecord, doseMl } = vaccination;
  const actor = referenceTo('Practitioner', providerRef(vaccination.provider));
  const occurrence = partial(given);
  return usCore({ table: 'IMMHST', key: [vaccination.number] }, 'Immunization', 'us-core-immunization', {
    status: VACCINATION_STATUS[vaccination.status ?? ''],
    statusReason: localConcept(vaccination.reason, SYSTEMS.localNotGiven, {
      system: SYSTEMS.actReason,
      meanings: NOT_GIVEN,
    }),
    vaccineCode: concept([cvx === null ? undefined : { system: SYSTEMS.cvx, code: cvx }], text ?? undefined),
    patient: referenceTo('Patient', registrationOf({ key: vaccination.patient })),
    ...(occurrence === undefined ? { _occurrenceDateTime: unknownReason() } : { occurrenceDateTime: occurrence }),
    ...(ownRecord === null ? { _primarySource: unknownReason() } : { primarySource: ownRecord === 'Y' }),
    location: referenceTo('Location', locationRef(vaccination.location)),
    lotNumber: vaccination.lot ?? undefined,
    expirationDate: partial(vaccination.expires),
    site: concept([codingIn(SYSTEMS.actSite, VACCINATION_SITE, vaccination.site)]),
    doseQuantity:
      doseMl === null ? undefined : { value: decimal(doseMl), unit: 'mL', system: SYSTEMS.ucum, code: 'mL' },
    performer: listOf(actor && { actor }),
  });
}

/** The period, or the reason why there is none. */
function performed({ begun, ended }: Treatment): TruthValue {
  const [start, end] = [written(begun), written(ended)];
  return start === undefined && end === undefined ? unknownReason() : known({ start, end });
}

function treatmentTruth(treatment: Treatment, person: Person): TruthResource {
  const { code, status, outcome, remark } = treatment;
  const snomed = { system: SYSTEMS.snomed, meanings: TREATMENT };
  const sensitive = SENSITIVE_TREATMENTS.get(code);
  const actor = referenceTo('Practitioner', providerRef(treatment.provider));
  const resource = usCore({ table: 'PROCLOG', key: [treatment.number] }, 'Procedure', 'us-core-procedure', {
    identifier: [{ system: SYSTEMS.procedure, value: treatment.number }],
    status: status === null ? 'unknown' : PROCEDURE_STATUS[status],
    code: localConcept(code, SYSTEMS.localProcedure, snomed, TREATMENTS.get(code) ?? sensitive?.text),
    subject: referenceTo('Patient', registrationOf({ key: treatment.patient })),
    encounter: stayRef(treatment.stay, person),
    performedPeriod: performed(treatment),
    performer: listOf(actor && { actor }),
    outcome: outcome === null ? undefined : { text: outcome },
    note: remark === null ? undefined : [{ text: remark.trim() }],
  });
  const own = catalogueLabels(sensitive ?? (TREATMENTS.has(code) ? {} : undefined));
  return labelled(allLabels(own, stayLabels(treatment.stay, person)), resource);
}

export function treatmentRows(person: Person): readonly TruthRow[] {
  const vaccinations = person.vaccinations.map((vaccination): TruthRow => ({
    native: { table: 'IMMHST', key: [vaccination.number] },
    about: { registration: vaccination.patient },
    damage: vaccination.damage,
    hidden: vaccination.archived ? 'deleted' : undefined,
    resource: () => vaccinationTruth(vaccination),
  }));
  const treatments = person.treatments.map((treatment): TruthRow => ({
    native: { table: 'PROCLOG', key: [treatment.number] },
    about: { registration: treatment.patient },
    damage: treatment.damage,
    hidden: treatment.cancelled ? 'deleted' : undefined,
    resource: () => treatmentTruth(treatment, person),
  }));
  return [...vaccinations, ...treatments];
}
