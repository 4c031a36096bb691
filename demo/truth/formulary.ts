import { DRUG_VERSIONS, drugOf, type DrugVersion } from '../model/drugs.ts';
import { INGREDIENTS, type Ingredient } from '../model/ingredients.ts';
import { AMOUNT_UNIT, DRUG_FORM, DRUG_STATUS, DRUG_SYSTEMS } from './codes-medications.ts';
import { SYSTEMS } from './codes.ts';
import { localConcept } from './local-codes.ts';
import { medicationNative, some } from './medications.ts';
import { concept, decimal, known, listOf, usCore } from './resources.ts';
import type { TruthResource, TruthValue } from './types.ts';

function amount(digits: string | null, unit: string | null): TruthValue | undefined {
  if (digits === null) return undefined;
  const code = AMOUNT_UNIT[unit ?? ''];
  return known({ value: decimal(digits), unit: unit ?? undefined, system: code && SYSTEMS.ucum, code });
}

function ingredientOf(part: Ingredient): TruthValue {
  const { name, rxnorm, active } = part;
  return known({
    itemCodeableConcept: concept([rxnorm === null ? undefined : { system: SYSTEMS.rxnorm, code: rxnorm }], name),
    isActive: active === null ? undefined : active === 'Y',
    strength: some({
      numerator: amount(part.amount, part.unit),
      denominator: amount(part.volume, part.volumeUnit),
    }),
  });
}

function medicationTruth({ code, name, rxnorm, form, stock }: DrugVersion): TruthResource {
  const forms = { system: SYSTEMS.snomed, meanings: DRUG_FORM };
  const parts = INGREDIENTS.filter(({ drug }) => drug === code);
  return usCore(medicationNative(code), 'Medication', 'us-core-medication', {
    code: concept(
      [
        rxnorm === null ? undefined : { system: SYSTEMS.rxnorm, code: rxnorm },
        { system: DRUG_SYSTEMS.localDrug, code, display: name },
      ],
      name,
    ),
    status: DRUG_STATUS[stock ?? ''],
    form: localConcept(form, DRUG_SYSTEMS.localDrugForm, forms),
    ingredient: listOf(...parts.map(ingredientOf)),
  });
}

/** One Medication for each code that means something today. */
export function medicationTruths(): readonly TruthResource[] {
  const codes = [...new Set(DRUG_VERSIONS.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const meaning = drugOf(code);
    return meaning === undefined ? [] : [medicationTruth(meaning)];
  });
}
