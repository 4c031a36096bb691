import type { RowTexts } from '../load/table.ts';
import { civilOf, clockOf, type Day, type WallSeconds } from '../model/calendar.ts';
import type { Population } from '../model/population.ts';
import type { Dispense, Person } from '../model/types.ts';

/** Takes one row of the named table. */
export type Put = (table: string, row: RowTexts) => void;

function instant(day: Day, seconds: WallSeconds | undefined): string | null {
  return seconds === undefined ? null : `${civilOf(day)} ${clockOf(seconds)}Z`;
}

/** The rows that do not belong to a person. */
export function projectPharmacy(population: Population, put: Put): void {
  for (const { number, name, phone, postcode } of population.stores)
    put('store', [String(number), name, phone, postcode]);
  for (const { number, npi, firstName, lastName, active } of population.prescribers) {
    put('prescriber', [String(number), npi, firstName, lastName, String(active)]);
  }
}

export function projectDispenses(dispenses: readonly Dispense[], put: Put): void {
  for (const dispense of dispenses) {
    put('dispense', [
      dispense.id,
      dispense.customer,
      dispense.ndc,
      dispense.rxnorm,
      dispense.drug,
      dispense.quantity,
      dispense.unit,
      dispense.daysSupply === null ? null : String(dispense.daysSupply),
      dispense.damage === 'unknown-dispense-status' ? 'Z' : dispense.statusCode,
      instant(dispense.day, dispense.preparedAt),
      instant(dispense.day, dispense.handedOverAt),
      dispense.damage === 'control-character-sig' ? 'Take 1 tablet\u000bdaily' : dispense.sig,
      String(dispense.store),
      dispense.prescriber === null ? null : String(dispense.prescriber),
      String(dispense.voided),
    ]);
  }
}

/** Everything that the pharmacy holds of a person. */
export function projectCustomer(person: Person, put: Put): void {
  for (const customer of person.customers) {
    put('customer', [
      customer.number,
      customer.firstName,
      customer.lastName,
      customer.birth,
      customer.gender,
      customer.phone,
      customer.postcode,
      String(customer.active),
      instant(customer.createdAt.day, customer.createdAt.seconds),
    ]);
    for (const { id, facility, typed, normalised, status } of customer.references) {
      put('customer_xref', [id, customer.number, facility, typed, normalised, status]);
    }
  }
  projectDispenses(person.dispenses, put);
}
