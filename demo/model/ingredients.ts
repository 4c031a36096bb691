/** A row of DRUGING: what a mixture is made of. The RxNorm codes are real. */
export interface Ingredient {
  readonly drug: string;
  readonly sequence: number;
  readonly name: string;
  readonly rxnorm: string | null;
  readonly active: 'Y' | 'N' | null;
  /** So much of it, with the three decimals of the column; null: the recipe does not say. */
  readonly amount: string | null;
  readonly unit: string | null;
  /** In so much of the mixture. */
  readonly volume: string | null;
  readonly volumeUnit: string | null;
}

const part = (
  [drug, sequence]: readonly [string, number],
  [name, rxnorm, active]: readonly [string, string | null, 'Y' | 'N' | null],
  [amount, unit, volume, volumeUnit]: readonly [string | null, string | null, string | null, string | null],
): Ingredient => ({ ...{ drug, sequence, name, rxnorm, active }, ...{ amount, unit, volume, volumeUnit } });

/** The recipes of the house, and what ready mixtures hold. */
export const INGREDIENTS: readonly Ingredient[] = [
  part(['KCLNS', 1], ['Potassium chloride', '8591', 'Y'], ['20.000', 'MEQ', '1000.000', 'ML']),
  part(['KCLNS', 2], ['Sodium chloride', '9863', 'Y'], ['9.000', 'GM', '1000.000', 'ML']),
  part(['CARBO', 1], ['Carboplatin', '40048', 'Y'], ['600.000', 'MG', '250.000', 'ML']),
  part(['PEMET', 1], ['Pemetrexed', '68446', 'Y'], ['900.000', 'MG', '100.000', 'ML']),
  part(['MMW', 1], ['Diphenhydramine', '3498', 'Y'], ['2.500', 'MG', '1.000', 'ML']),
  part(['MMW', 2], ['Lidocaine', '6387', 'Y'], ['20.000', 'MG', '1.000', 'ML']),
  part(['MMW', 3], ['Cherry syrup', null, 'N'], [null, null, null, null]),
  part(['PIPTAZ', 1], ['Piperacillin', '8339', null], ['4000.000', 'MG', '1.000', 'VIAL']),
  part(['PIPTAZ', 2], ['Tazobactam', '37617', null], ['500.000', 'MG', '1.000', 'VIAL']),
];
