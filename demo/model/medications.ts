/** A product as the pharmacy stocks it. The labeller 99999 of the NDC is nobody's; the RxNorm codes are real, null for what is made on the premises. */
export interface Medication {
  readonly drug: string;
  readonly rxnorm: string | null;
  readonly ndc: string | null;
  readonly unit: string | null;
  readonly quantity: string;
  readonly days: number | null;
  readonly sig: string;
  readonly repeats: boolean;
}

export const MEDICATIONS: readonly Medication[] = [
  { drug: 'metFORMIN hydrochloride 500 MG Oral Tablet', rxnorm: '861007', ndc: '99999010001', unit: 'TAB', quantity: '60.000', days: 30, sig: 'Take 1 tablet by mouth twice daily with meals', repeats: true },
  { drug: 'lisinopril 10 MG Oral Tablet', rxnorm: '314076', ndc: '99999010102', unit: 'TAB', quantity: '30.000', days: 30, sig: 'Take 1 tablet by mouth daily', repeats: true },
  { drug: 'amLODIPine 2.5 MG Oral Tablet', rxnorm: '308136', ndc: '99999010203', unit: 'TAB', quantity: '90.000', days: 90, sig: 'Take 1 tablet by mouth daily', repeats: true },
  { drug: 'hydroCHLOROthiazide 25 MG Oral Tablet', rxnorm: '310798', ndc: '99999010304', unit: 'TAB', quantity: '30.000', days: 30, sig: 'Take 1 tablet by mouth every morning', repeats: true },
  { drug: 'warfarin sodium 5 MG Oral Tablet', rxnorm: '855332', ndc: '99999010405', unit: 'TAB', quantity: '30.000', days: 30, sig: 'Take as directed by the clinic', repeats: true },
  { drug: 'furosemide 40 MG Oral Tablet', rxnorm: '313988', ndc: '99999010506', unit: 'TAB', quantity: '15.000', days: 30, sig: 'Take 1/2 tablet by mouth daily', repeats: true },
  { drug: 'amoxicillin 250 MG Oral Capsule', rxnorm: '308182', ndc: '99999010607', unit: 'CAP', quantity: '21.000', days: 7, sig: 'Take 1 capsule by mouth 3 times daily', repeats: false },
  { drug: 'ibuprofen 200 MG Oral Tablet', rxnorm: '310965', ndc: '99999010708', unit: 'TAB', quantity: '24.000', days: null, sig: 'Take 1-2 tablets by mouth as needed for pain', repeats: false },
  { drug: 'acetaminophen 325 MG Oral Tablet', rxnorm: '313782', ndc: '99999010809', unit: 'TAB', quantity: '100.000', days: null, sig: 'Take 2 tablets by mouth as needed', repeats: false },
  { drug: 'naproxen sodium 220 MG Oral Tablet', rxnorm: '849574', ndc: '99999010910', unit: 'TAB', quantity: '20.000', days: 10, sig: 'Take 1 tablet by mouth twice daily', repeats: false },
  { drug: 'Magic mouthwash, compounded', rxnorm: null, ndc: null, unit: 'ML', quantity: '240.000', days: 8, sig: 'Swish 10 mL & spit, "4 times" daily', repeats: false },
  { drug: 'Hydrocortisone 2.5% in urea, compounded', rxnorm: null, ndc: '99999011111', unit: 'GM', quantity: '28.350', days: null, sig: 'Apply thinly twice daily', repeats: false },
  { drug: 'Vitamin pack, assorted', rxnorm: null, ndc: '99999011212', unit: 'BOX', quantity: '1.000', days: 30, sig: 'Take 1 pack daily', repeats: false },
];
