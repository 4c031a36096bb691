import { projectAnswers } from './answers.ts';
import type { RowTexts } from '../load/table.ts';
import { LAB_TESTS } from '../model/lab-catalogue.ts';
import type { Population } from '../model/population.ts';
import { quirkOf } from '../model/quirks.ts';
import type { LabOrder, Person } from '../model/types.ts';
import { addressRows, joinedName, patientRow, searchForm } from './patients.ts';
import { insuranceRow, projectAffiliations, relativeRow } from './affiliations.ts';
import { consentRow, projectPartners } from './consents.ts';
import { projectDocuments } from './documents.ts';
import { projectHomeLists } from './home-lists.ts';
import { locationRow } from './locations.ts';
import { problemRow } from './problems.ts';
import { projectCarePlans, projectCareTeams } from './care.ts';
import { projectImplants } from './implants.ts';
import { projectReferrals } from './referrals.ts';
import { specimenRow } from './specimens.ts';
import { serviceRow } from './services.ts';
import { attributeRows, orderRow, resultRow } from './results.ts';
import { projectFormulary, projectMedicationOrders } from './medications.ts';
import { projectCatalogueOfTreatments, treatmentRow, vaccinationRow } from './treatments.ts';
import { rosterEntryRow, rosterRow } from './rosters.ts';
import { projectStays, projectStayTypes } from './stays.ts';
import { projectVitals } from './vitals.ts';

/** Takes one row of the named table. */
export type Put = (table: string, row: RowTexts) => void;

/** The rows that do not belong to a person. */
export function projectHospital(population: Population, put: Put): void {
  for (const { code, facility, name, parent, type, phone, active } of population.departments) {
    put('DEPT', [code, facility, name, parent, type, phone, active ? 'Y' : 'N']);
  }
  for (const location of population.locations) put('LOCMST', locationRow(location));
  for (const service of population.services) put('SVCMST', serviceRow(service));
  projectStayTypes(put);
  projectAffiliations(population.providerRoles, put);
  projectCatalogueOfTreatments(put);
  projectPartners(put);
  projectFormulary(put);
  for (const roster of population.rosters) put('ROSTER', rosterRow(roster));
  for (const { number, npi, name, specialty, active } of population.providers) {
    const joined = joinedName(name, number.endsWith('0'));
    put('PROVMST', [number, npi, joined, searchForm(joined), specialty, active ? 'Y' : 'N']);
  }
  for (const { code, description, specimen, defaultUnit, sensitivity } of LAB_TESTS.values()) {
    if (description !== undefined) put('LABCD', [code, description, specimen, defaultUnit, sensitivity ?? null]);
  }
}

/** The orders of a person and their results. */
export function projectOrders(orders: readonly LabOrder[], put: Put): void {
  for (const order of orders) {
    if (order.recorded) put('LABORD', orderRow(order));
    for (const result of order.results) put('LABRSLT', resultRow(order, result));
    for (const result of order.pointOfCare) for (const row of attributeRows(order, result)) put('LABEAV', row);
  }
}

/** Everything that the EHR holds of a person. */
export function projectPatient(person: Person, put: Put): void {
  const padded = quirkOf(person.number) === 'family-blank-padded';
  for (const record of person.records) {
    put('PATMAST', patientRow(record, padded));
    for (const row of addressRows(record)) put('PATADDR', row);
  }
  projectOrders(person.orders, put);
  projectStays(person.stays, put);
  projectVitals(person.vitals, put);
  for (const problem of person.problems) put('PRBLST', problemRow(problem));
  projectAnswers(person.answers, put);
  for (const vaccination of person.vaccinations) put('IMMHST', vaccinationRow(vaccination));
  for (const treatment of person.treatments) put('PROCLOG', treatmentRow(treatment));
  projectMedicationOrders(person.medicationOrders, put);
  projectHomeLists(person.homeLists, put);
  for (const relative of person.relatives) put('PATREL', relativeRow(relative));
  for (const insurance of person.insurances) put('PATINS', insuranceRow(insurance));
  projectDocuments(person.documents, put);
  for (const consent of person.consents) put('CONSNT', consentRow(consent));
  projectReferrals(person.referrals, put);
  for (const entry of person.rosterEntries) put('ROSTMEM', rosterEntryRow(entry));
  projectCareTeams(person.careTeams, put);
  projectCarePlans(person.carePlans, put);
  projectImplants(person.implants, put);
  for (const specimen of person.specimens) put('SPECMN', specimenRow(specimen));
}
