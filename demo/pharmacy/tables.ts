import type { TableDefinition } from '../load/table.ts';

const STORE: TableDefinition = {
  name: 'store',
  meaning: 'Branches of the pharmacy',
  key: ['store_no'],
  columns: [
    ['store_no', 'integer', 'Number of the store'],
    ['name', 'text', 'Name'],
    ['phone', 'text', 'Telephone'],
    ['postcode', 'text', 'Postal code'],
  ],
  indexes: [],
};

const PRESCRIBER: TableDefinition = {
  name: 'prescriber',
  meaning: 'Prescribers; some are also providers of the hospital, with the same NPI',
  key: ['prescriber_no'],
  columns: [
    ['prescriber_no', 'integer', 'Number of the prescriber'],
    ['npi', 'text', 'National Provider Identifier; null for some'],
    ['first_name', 'text', 'Given name'],
    ['last_name', 'text', 'Family name'],
    ['active', 'boolean', 'Whether prescriptions are accepted'],
  ],
  indexes: [{ name: 'prescriber_npi', on: 'npi' }],
};

const CUSTOMER: TableDefinition = {
  name: 'customer',
  meaning: 'Customers, by the numbers of the pharmacy',
  key: ['cust_no'],
  columns: [
    ['cust_no', 'integer', 'Customer number'],
    ['first_name', 'text', 'Given name; null: not given'],
    ['last_name', 'text', 'Family name'],
    ['birth_date', 'date', 'Date of birth; null: not given'],
    ['gender', 'text', 'M male, F female, X other; anything else and null: unknown'],
    ['phone', 'text', 'Telephone, as typed'],
    ['postcode', 'text', 'Postal code'],
    ['active', 'boolean', 'Whether the account is in use'],
    ['created_at', 'timestamptz(0)', 'When the account was opened (not served)'],
  ],
  indexes: [
    { name: 'customer_last_name', on: '(upper(last_name)) collate "C"' },
    { name: 'customer_birth_date', on: 'birth_date, cust_no' },
  ],
};

const CUSTOMER_XREF: TableDefinition = {
  name: 'customer_xref',
  meaning: 'Which customer is which patient of the hospital; at most one C and one P row per customer',
  key: ['xref_id'],
  columns: [
    ['xref_id', 'bigint', 'Number of the row'],
    ['cust_no', 'integer', 'customer.cust_no'],
    ['facility', 'char(2)', 'Facility of the hospital: MG, MW'],
    ['mrn_typed', 'text', 'Patient number as typed at the counter'],
    [
      'mrn_norm',
      'char(10)',
      'Patient number in ten digits, made from mrn_typed every night; null where it cannot be read',
    ],
    ['status', 'char(1)', 'C confirmed: the same person; P possible; R rejected: another person'],
  ],
  indexes: [
    { name: 'customer_xref_confirmed', on: 'cust_no', unique: true, where: "status = 'C'" },
    { name: 'customer_xref_possible', on: 'cust_no', unique: true, where: "status = 'P'" },
    { name: 'customer_xref_cust', on: 'cust_no' },
    { name: 'customer_xref_mrn', on: 'facility, mrn_norm' },
  ],
};

const DISPENSE: TableDefinition = {
  name: 'dispense',
  meaning: 'Dispenses',
  key: ['disp_id'],
  columns: [
    ['disp_id', 'bigint', 'Number of the dispense'],
    ['cust_no', 'integer', 'customer.cust_no'],
    ['ndc', 'char(11)', 'National Drug Code, eleven digits; null: compounded'],
    ['rxnorm', 'text', 'RxNorm code; null: none'],
    ['drug', 'text', 'Name of the product'],
    ['quantity', 'numeric(10,3)', 'Quantity dispensed; null: not recorded'],
    ['unit', 'text', 'TAB, CAP, ML, GM, BOX; blank: none'],
    ['days_supply', 'integer', 'Days that it should last; null: as needed'],
    [
      'status',
      'char(1)',
      'P in preparation, R ready, C collected, X cancelled, S returned to stock, H on hold, D declined, E entered in error',
    ],
    ['prepared_at', 'timestamptz(0)', 'When it was made ready; null: not recorded'],
    ['handed_over_at', 'timestamptz(0)', 'When it was collected; null: it was not'],
    ['sig', 'text', 'Directions'],
    ['store_no', 'integer', 'store.store_no'],
    ['prescriber_no', 'integer', 'prescriber.prescriber_no (not served yet)'],
    ['voided', 'boolean', 'True: deleted, must never be shown'],
  ],
  indexes: [
    { name: 'dispense_cust', on: 'cust_no, handed_over_at, disp_id' },
    { name: 'dispense_handed_over', on: 'handed_over_at, disp_id' },
    { name: 'dispense_rxnorm', on: 'rxnorm, disp_id' },
    { name: 'dispense_ndc', on: 'ndc, disp_id' },
  ],
};

export const PHARMACY_TABLES: readonly TableDefinition[] = [STORE, PRESCRIBER, CUSTOMER, CUSTOMER_XREF, DISPENSE];
