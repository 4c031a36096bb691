import { projectHospital, projectPatient } from '../../../demo/ehr/project.ts';
import { EHR_TABLES } from '../../../demo/ehr/tables.ts';
import { generatePopulation, type PopulationOptions } from '../../../demo/index.ts';
import { projectCustomer, projectPharmacy } from '../../../demo/pharmacy/project.ts';
import { PHARMACY_TABLES } from '../../../demo/pharmacy/tables.ts';

export const TABLES = [...EHR_TABLES, ...PHARMACY_TABLES];

export type TableRow = Readonly<Record<string, string | null>>;

/** All rows of a population by table, each row by column name; of radiology's files the keys of the lines that a load takes. */
export function rowsOf(options: PopulationOptions): ReadonlyMap<string, readonly TableRow[]> {
  const rows = new Map<string, TableRow[]>(TABLES.map(({ name }) => [name, []]));
  const columns = new Map(TABLES.map(({ name, columns: list }) => [name, list.map(([column]) => column)]));
  const put = (table: string, row: readonly (string | null)[]): void => {
    rows.get(table)!.push(Object.fromEntries(columns.get(table)!.map((column, i) => [column, row[i] ?? null])));
  };
  const population = generatePopulation(options);
  projectHospital(population, put);
  projectPharmacy(population, put);
  const [lines, bookings, studies]: TableRow[][] = [[], [], []];
  for (const person of population.people()) {
    projectPatient(person, put);
    projectCustomer(person, put);
    if (person.radiology === undefined) continue;
    lines!.push({ number: person.radiology.number });
    for (const { id, isImpossible } of person.radiology.appointments) if (!isImpossible) bookings!.push({ id });
    for (const { number, isImpossible } of person.radiology.studies) if (!isImpossible) studies!.push({ number });
  }
  rows.set('patient', lines!);
  rows.set('appointment', bookings!);
  rows.set('study', studies!);
  return rows;
}

/** The key of a row as one text. */
export function keyOf(table: string, row: TableRow): string {
  const definition = TABLES.find(({ name }) => name === table);
  return (definition?.key ?? Object.keys(row)).map((column) => String(row[column])).join('|');
}
