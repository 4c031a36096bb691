/** A row of STAYTYP: one meaning of a code, YYYYMMDD from and to. */
export interface StayType {
  readonly code: string;
  readonly from: string;
  readonly to: string;
  readonly description: string;
}

export const CURRENT = '99999999';

/** Codes were given anew when the clinic moved: only the meaning without an end counts. EMX has none any more. */
export const STAY_TYPES: readonly StayType[] = [
  { code: 'CHK', from: '19990101', to: '20191231', description: 'Chest clinic' },
  { code: 'CHK', from: '20200101', to: CURRENT, description: 'Check-up' },
  { code: 'FUP', from: '19990101', to: CURRENT, description: 'Follow-up visit' },
  { code: 'PRB', from: '20050301', to: CURRENT, description: 'Visit for a problem' },
  { code: 'EMR', from: '19990101', to: '20091231', description: 'Emergency room, surgical' },
  { code: 'EMR', from: '20100101', to: '20191231', description: 'Emergency room, medical' },
  { code: 'EMR', from: '20200101', to: CURRENT, description: 'Emergency' },
  { code: 'EMX', from: '19990101', to: '20181231', description: 'Emergency, external' },
  { code: 'ADM', from: '19990101', to: CURRENT, description: 'Admission' },
  { code: 'EAD', from: '20100101', to: CURRENT, description: 'Emergency admission' },
];

/** What a code means today. */
export function stayTypeOf(code: string): string | undefined {
  return STAY_TYPES.find((type) => type.code === code && type.to === CURRENT)?.description;
}
