import { useOf } from './drugs.ts';

/** A line of a list of drugs, as the hospital writes it. */
export interface DrugLine {
  /** DRUGMST.DRUG_CD; null: text alone. */
  readonly drug: string | null;
  readonly text: string | null;
  readonly dose: string | null;
  readonly unit: string | null;
  readonly route: string | null;
  readonly frequency: string | null;
  readonly asNeeded: boolean;
}

/** The line of a drug as it is mostly taken. */
export function lineOf(drug: string): DrugLine {
  return { drug, text: null, ...useOf(drug), asNeeded: false };
}
