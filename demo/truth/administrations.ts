import type { Administration } from '../model/administrations.ts';
import { zonedOf } from '../model/calendar.ts';
import { drugOf } from '../model/drugs.ts';
import type { MedicationOrder } from '../model/medication-orders.ts';
import type { Person } from '../model/types.ts';
import { ADMINISTRATION_STATUS, DRUG_SYSTEMS } from './codes-medications.ts';
import { VACCINATION_SITE } from './codes-treatments.ts';
import { SYSTEMS } from './codes.ts';
import { providerRef, registrationOf } from './labs.ts';
import { localConcept } from './local-codes.ts';
import { doseOf, drugLabels, medicationNative, medicationOrderRef, routeConcept } from './medications.ts';
import { concept, known, labelled, listOf, plain, referenceTo, unknownReason } from './resources.ts';
import type { TruthRow } from './rows.ts';
import { allLabels } from './sensitivity.ts';
import { stayLabels, stayRef } from './stays.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

/** What was given: the product of the formulary that was scanned, or the words that stand in its place. */
function givenDrug({ drug, text }: Administration): Readonly<Record<string, TruthValue | undefined>> {
  if (drug !== null && drugOf(drug) !== undefined)
    return { medicationReference: referenceTo('Medication', medicationNative(drug)) };
  return {
    medicationCodeableConcept: concept(
      [drug === null ? undefined : { system: DRUG_SYSTEMS.localDrug, code: drug }],
      text?.trim(),
    ),
  };
}

/** R4 has no dosage without a dose. */
function dosageOf(row: Administration): TruthValue | undefined {
  const dose = doseOf(row);
  if (dose === undefined) return undefined;
  const sites = { system: SYSTEMS.actSite, meanings: VACCINATION_SITE };
  const site = localConcept(row.site, DRUG_SYSTEMS.localInjectionSite, sites);
  return known({ route: routeConcept(row.route), site, dose });
}

function administrationTruth(row: Administration, order: MedicationOrder, person: Person): TruthResource {
  const { code, at, timed, note } = row;
  const actor = referenceTo('Practitioner', providerRef(row.nurse));
  const resource = plain(administrationNative(row), 'MedicationAdministration', {
    identifier: [{ system: DRUG_SYSTEMS.administration, value: row.number }],
    status: code === null ? 'unknown' : ADMINISTRATION_STATUS[code],
    statusReason: listOf(
      code === 'R' ? concept([{ system: SYSTEMS.actReason, code: 'PATOBJ', display: 'patient objection' }]) : undefined,
      row.reason === null ? undefined : concept([{ system: DRUG_SYSTEMS.localNotAdministered, code: row.reason }]),
    ),
    category: concept([{ system: DRUG_SYSTEMS.administrationCategory, code: 'inpatient', display: 'Inpatient' }]),
    ...givenDrug(row),
    subject: referenceTo('Patient', registrationOf({ key: order.patient })),
    context: stayRef(order.stay, person),
    ...(timed ? { effectiveDateTime: zonedOf(at.day, at.seconds) } : { _effectiveDateTime: unknownReason() }),
    performer: listOf(actor && { actor }),
    request: medicationOrderRef(order.number, person),
    note: note === null ? undefined : [{ text: note.trim() }],
    dosage: dosageOf(row),
  });
  return labelled(
    allLabels(drugLabels(row.drug), drugLabels(order.line.drug), stayLabels(order.stay, person)),
    resource,
  );
}

function administrationNative({ number }: Administration): Native {
  return { table: 'MEDADM', key: [number] };
}

export function administrationRows(person: Person): readonly TruthRow[] {
  return person.medicationOrders.flatMap((order) =>
    order.administrations.map((row) => ({
      native: administrationNative(row),
      about: { registration: order.patient },
      damage: row.damage,
      hidden: row.undone === null ? undefined : 'deleted',
      resource: () => administrationTruth(row, order, person),
    })),
  );
}
