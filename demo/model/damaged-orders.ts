import { missingKey, orderNumber, orderSerial, patientKey, resultSequence } from './keys.ts';
import type { DamageKind } from './damage-kinds.ts';
import type { Traits } from './traits.ts';
import type { LabOrder, LabResult, PointOfCareResult } from './types.ts';
import { springBefore } from './visits.ts';

const RESULT_KINDS: readonly DamageKind[] = [
  'impossible-draw-date',
  'impossible-draw-time',
  'spring-gap',
  'unknown-status',
  'missing-status',
  'missing-test',
  'number-too-long',
  'control-character',
  'orphan-result',
];
const DEVICE_KINDS: readonly DamageKind[] = ['unreadable-time', 'spring-gap-device', 'orphan-order'];
const DAMAGE_VISIT = 2400;

/** One order with one sound result, which the projection then damages; always before the anchor, so that catch-up adds none. */
export function damagedOrdersOf(traits: Traits): readonly LabOrder[] {
  const kind = traits.damageKind;
  if (kind === undefined) return [];
  const device = DEVICE_KINDS.includes(kind);
  if (!device && !RESULT_KINDS.includes(kind)) return [];
  const { person, anchor } = traits;
  const gap = kind === 'spring-gap' || kind === 'spring-gap-device';
  const day = gap ? springBefore(anchor) : anchor - 60 - (person % 200);
  const serial = orderSerial(person, DAMAGE_VISIT, device ? 2 : 0);
  const seconds = gap ? 9000 : 36_000;
  const measured = {
    testCode: 'CRP',
    value: { is: 'number', number: '1.7' },
    habit: 'plain',
    unit: 'MG/L',
    low: null,
    high: '5.0',
    specimen: null,
    damage: kind,
  } as const;
  const result: LabResult = {
    ...measured,
    sequence: resultSequence(serial, 0, false),
    flag: null,
    statusCode: 'F',
    day,
    seconds,
    superseded: false,
    department: 'MGCHEM',
    verifier: null,
    loadedAt: { day, seconds: 50_400 },
    ...(kind === 'orphan-result' ? { patient: missingKey(person) } : {}),
  };
  const deviceResult: PointOfCareResult = {
    ...measured,
    testCode: 'GLUP',
    unit: 'MG/DL',
    value: { is: 'number', number: '104' },
    high: '140',
    sequence: 1,
    status: 'FINAL',
    at: { day, seconds },
  };
  return [
    {
      number: orderNumber(serial, device),
      patient: patientKey(person),
      day,
      resultsOn: day,
      orderedAt: 21_600,
      collectedAt: 36_000,
      provider: null,
      department: device ? 'MGPOC' : 'MGCHEM',
      panelCode: null,
      statusCode: 'CM',
      results: device ? [] : [result],
      pointOfCare: device ? [deviceResult] : [],
      specimens: [],
      recorded: kind !== 'orphan-order',
    },
  ];
}
