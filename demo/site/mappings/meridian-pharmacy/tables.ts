import { boolean, capitals, char, date, decimal, instant, integer, table, text } from 'fascia/mapping';

/** The hospital sorts names in capitals, and the pharmacy's sort among them. */
const name = text({ folding: capitals });

export const store = table('store', { store_no: integer(), name: text(), phone: text(), postcode: text() });

export const prescriber = table('prescriber', {
  prescriber_no: integer(),
  npi: text(),
  first_name: name,
  last_name: name,
  active: boolean(),
});

export const customer = table('customer', {
  cust_no: integer(),
  first_name: name,
  last_name: name,
  birth_date: date(),
  gender: text(),
  phone: text(),
  postcode: text(),
  active: boolean(),
});

export const customerReference = table('customer_xref', {
  cust_no: integer(),
  facility: char(2),
  mrn_norm: char(10),
  status: char(1),
});

export const dispense = table('dispense', {
  disp_id: integer(),
  cust_no: integer(),
  ndc: char(11),
  rxnorm: text(),
  drug: text(),
  quantity: decimal(),
  unit: text(),
  days_supply: integer(),
  status: char(1),
  prepared_at: instant(),
  handed_over_at: instant(),
  sig: text(),
  store_no: integer(),
  voided: boolean(),
});
