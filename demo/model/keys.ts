import type { Facility, PatientKey } from './types.ts';

/**
 * All keys are functions of the person's number, so that rows of later days never need the highest number in use.
 * The west clinic gives out the same numbers as the hospital, to other people: a number without its facility names nobody.
 */
export function facilityOf(person: number): Facility {
  return person % 5 === 4 ? 'MW' : 'MG';
}

function padded(value: number): string {
  return String(value).padStart(10, '0');
}

export function patientKey(person: number): PatientKey {
  const facility = facilityOf(person);
  return { facility, number: padded(10_000 + 7 * (facility === 'MW' ? person - 1 : person)) };
}

/** Earlier or additional registrations of the same person. */
export function furtherKey(person: number, index: number): PatientKey {
  return { facility: index % 2 === 1 ? 'MW' : 'MG', number: padded(5_000_000 + 10 * person + index) };
}

/** A key of the right form that no row of PATMAST has. */
export function missingKey(person: number): PatientKey {
  return { facility: 'MG', number: padded(9_000_000_000 + person) };
}

/** Ten characters, but not ten digits. */
export function blankKey(person: number): PatientKey {
  return { facility: 'MG', number: `00 ${String(person).padStart(7, '0')}` };
}

/** Beyond 2^53, where neighbours are the same double. */
function beyondDouble(value: number): string {
  return `9008${String(value).padStart(12, '0')}`;
}

/** Room for 2,500 visits of four orders per person, and 20 results per order. */
export function orderSerial(person: number, visit: number, order: number): number {
  return person * 10_000 + visit * 4 + order;
}

/** Devices and the reference laboratory number their orders in a range of their own. */
export function orderNumber(serial: number, foreign: boolean): string {
  return foreign ? beyondDouble(serial) : String(4_000_000_000 + serial);
}

export function resultSequence(serial: number, index: number, foreign: boolean): string {
  return foreign ? beyondDouble(serial * 20 + index) : String(70_000_000 + serial * 20 + index);
}

/** Room for eight specimens of each order, and of each case of pathology. */
export function specimenNumber(department: 'L' | 'P', serial: number, index: number): string {
  return department + String(serial * 8 + index).padStart(13, '0');
}

/** A number that no row of SPECMN has. */
export const MISSING_SPECIMEN = 'L0000000000007';

/** Room for 1,000 stays per person. */
export function stayNumber(person: number, index: number): string {
  return String(300_000_000 + person * 1000 + index);
}

/** Room for 2,500 visits per person. */
export function vitalsNumber(person: number, visit: number): string {
  return String(1_000_000_000 + person * 2_500 + visit);
}

/** Room for 100 entries of the problem list per person. */
export function problemNumber(person: number, index: number): string {
  return String(800_000_000 + person * 100 + index);
}

/** Room for 2,500 visits of five questions per person. */
export function answerNumber(person: number, visit: number, question: number): string {
  return String(20_000_000_000 + (person * 2_500 + visit) * 5 + question);
}

/** Vaccinations and procedures: room for 1,000 of both per person. */
export function entryNumber(person: number, index: number): string {
  return String(600_000_000 + person * 1000 + index);
}

/** Room for 5,000 referrals and requests of consults per person. */
export function referralNumber(person: number, index: number): string {
  return String(4_000_000_000 + person * 5000 + index);
}

/** Room for ten teams, and as many care plans, per person. */
export function teamNumber(person: number, index: number): string {
  return String(50_000_000 + person * 10 + index);
}

export function planNumber(person: number, index: number): string {
  return String(60_000_000 + person * 10 + index);
}

/** Room for ten implants per person. */
export function implantNumber(person: number, index: number): string {
  return String(70_000_000 + person * 10 + index);
}

/** Room for 2,000 studies of radiology per person. */
export function studyNumber(person: number, index: number): string {
  return String(7_000_000_000 + person * 2000 + index);
}

/** A number that no row of CARPLN has. */
export function missingPlan(person: number): string {
  return String(990_000_000 + person);
}

/** Room for ten relatives, and as many insurances, per person. */
export function affiliationNumber(person: number, index: number): string {
  return String(person * 10 + index);
}

/** Room for ten forms per person. */
export function consentNumber(person: number, index: number): string {
  return String(40_000_000 + person * 10 + index);
}

/** Room for 1,000 stays of two lists per person; below 0: lists of no stay. */
export function homeListNumber(person: number, stay: number, index: number): string {
  return String(90_000_000 + person * 2_000 + 2 * stay + index);
}

/** Room for ten doses of each order, by its list and index as one number. */
export function administrationNumber(person: number, slot: number, index: number): string {
  return String(2_000_000_000_000 + (person * 100_000 + slot) * 10 + index);
}

/** Room for 1,000 lists of 100 orders per person: the one of home, and one for each stay. */
export function medicationOrderNumber(person: number, list: number, index: number): string {
  return String(5_000_000_000 + (person * 1000 + list) * 100 + index);
}

/** Two panels for each block of people; the numbers of both kinds of lists are apart. */
export function panelNumber(block: number, index: number): string {
  return String(1000 + 10 * block + index);
}

export function sharedRosterNumber(block: number, index: number): string {
  return String(500_000 + 10 * block + index);
}

/** Room for 8,000 documents per person. */
export function documentSerial(person: number, index: number): number {
  return person * 8_000 + index;
}

/** Room for nine versions of each. */
export function documentNumber(serial: number, version: number): string {
  return String(30_000_000_000 + serial * 10 + version);
}

export function customerNumber(person: number, index: number): string {
  return String(200_000 + 3 * person + index);
}

export function missingCustomer(person: number): string {
  return String(1_900_000_000 + person);
}

export function dispenseNumber(person: number, course: number, fill: number): string {
  return String((person * 100 + course) * 1000 + fill);
}
