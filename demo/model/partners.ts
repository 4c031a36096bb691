/** A row of PARTNER: another institution that the hospital works with. */
export interface Partner {
  readonly code: string;
  readonly name: string;
  /** H gives care, S pays for research. */
  readonly kind: 'H' | 'S';
  readonly phone: string | null;
  readonly line: string | null;
  readonly city: string;
  readonly state: string;
  readonly zip: string | null;
  readonly active: boolean;
}

export const PARTNERS: readonly Partner[] = [
  {
    ...{ code: 'LAKE', name: 'Lakeside Community Hospital', kind: 'H', phone: '315-555-0190', active: true },
    ...{ line: '1 Shore Road', city: 'Lakeside', state: 'NY', zip: '00311' },
  },
  {
    ...{ code: 'NORTH', name: 'Northgate Rehabilitation Center', kind: 'H', phone: null, active: true },
    ...{ line: '40 Gate Street', city: 'Northgate', state: 'NY', zip: null },
  },
  {
    ...{ code: 'OLDH', name: 'Old Harbor Clinic (closed)', kind: 'H', phone: '212-555-0191', active: false },
    ...{ line: null, city: 'Harbor Point', state: 'NY', zip: '00117' },
  },
  {
    ...{ code: 'TRIAL', name: 'Alder Institute for Clinical Research', kind: 'S', phone: '914-555-0192', active: true },
    ...{ line: '9 Orchard Way', city: 'West Alder', state: 'NY', zip: '00204' },
  },
];

/** A code that no row of PARTNER has. */
export const MISSING_PARTNER = 'GONE';
