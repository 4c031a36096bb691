import { describe, expect, it } from '@jest/globals';
import type { MedicationRequest } from '@medplum/fhirtypes';
import { errorsOf } from '../../../support/base-validity.ts';
import { message, PID, renderedOf, segment } from '../../../support/hl7-messages.ts';

const ORC = { 1: 'NW', 2: 'P1^EHR', 3: 'F1^RX', 9: '202603010900', 12: '22^SMITH^ANN^^^DR' };
const RXE = { 2: '197361^Amlodipine 5 MG^RXNORM', 3: '5.0', 5: 'mg^mg^UCUM', 7: '^take in the morning' };
const orc = (more: Readonly<Record<number, string>> = {}): string => segment('ORC', { ...ORC, ...more });
const rxe = (more: Readonly<Record<number, string>> = {}): string => segment('RXE', { ...RXE, ...more });

const rde = (at: string, ...segments: readonly string[]): string => message('RDE^O11', at, PID, ...segments);

function ordersOf(texts: readonly string[]): readonly MedicationRequest[] {
  return renderedOf(texts).flatMap(({ resource }) => (resource.resourceType === 'MedicationRequest' ? [resource] : []));
}
const orderOf = (...texts: readonly string[]): MedicationRequest | undefined => ordersOf(texts)[0];

describe('an order of a pharmacy message', () => {
  it('has what the pharmacy made of it, its dose as it was written', async () => {
    const tq1 = segment('TQ1', { 3: 'BID', 7: '20260301', 8: '20260310' });
    const rxr = segment('RXR', { 1: 'PO^oral^HL70162' });
    const text = rde('20260301', orc(), segment('RXO', { 1: 'X^another^L' }), rxe(), rxr, tq1, 'NTE|1||with water');
    const order = orderOf(text);
    expect(JSON.stringify(order)).toContain('"value":5.0');
    expect(JSON.parse(JSON.stringify(order))).toMatchObject({
      ...{ status: 'active', intent: 'order', subject: { reference: 'Patient/M7' } },
      identifier: [
        { type: { coding: [{ code: 'PLAC' }] }, system: 'https://meridian.example/authority/EHR', value: 'P1' },
        { type: { coding: [{ code: 'FILL' }] }, system: 'https://meridian.example/authority/RX', value: 'F1' },
      ],
      medicationCodeableConcept: {
        coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '197361', display: 'Amlodipine 5 MG' }],
      },
      authoredOn: '2026-03-01T09:00:00-05:00',
      requester: { identifier: { value: '22' }, display: 'DR ANN SMITH' },
      note: [{ text: 'with water' }],
      dosageInstruction: [
        {
          text: 'take in the morning',
          timing: { code: { text: 'BID' }, repeat: { boundsPeriod: { start: '2026-03-01', end: '2026-03-10' } } },
          route: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0162', code: 'PO', display: 'oral' }] },
          doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }],
        },
      ],
    });
    expect(await errorsOf(order as MedicationRequest)).toEqual([]);
  });

  it.each([
    ['NW', '', 'active'],
    ['NW', 'CM', 'completed'],
    ['CA', 'IP', 'cancelled'],
    ['DC', '', 'stopped'],
    ['HD', '', 'on-hold'],
    ['', 'DC', 'stopped'],
    ['', '', 'unknown'],
    ['ZZ', '', 'unknown'],
  ])('of which ORC says "%s" and "%s" is %s', async (control, status, meant) => {
    const order = orderOf(rde('20260301', orc({ 1: control, 5: status }), rxe()));
    expect(order?.status).toBe(meant);
    expect(await errorsOf(order as MedicationRequest)).toEqual([]);
  });

  it.each([
    ['two amounts', { 3: '1', 4: '2' }, { doseRange: { low: { value: 1 }, high: { value: 2 } } }],
    ['the same amount twice', { 3: '2', 4: '2' }, { doseQuantity: { value: 2 } }],
    ['leading zeros', { 3: '007.50' }, { doseQuantity: { value: 7.5 } }],
    ['a second amount below the first', { 3: '10', 4: '0' }, { doseQuantity: { value: 10 } }],
    ['no number', { 3: 'half' }, undefined],
  ])('with %s has them as they are', async (_, fields, dose) => {
    const order = orderOf(rde('20260301', orc(), rxe(fields)));
    const written = JSON.parse(JSON.stringify(order?.dosageInstruction?.[0]?.doseAndRate?.[0] ?? null)) as unknown;
    if (dose === undefined) expect(written).toBeNull();
    else expect(written).toMatchObject(dose);
    expect(await errorsOf(order as MedicationRequest)).toEqual([]);
  });

  it('has what was ordered, where the pharmacy has not encoded it', () => {
    const rxo = segment('RXO', { 1: '1^Drug^L', 2: '3', 4: 'mg' });
    expect(orderOf(rde('20260301', orc(), rxo))).toMatchObject({
      medicationCodeableConcept: { coding: [{ code: '1' }] },
    });
  });

  it('that is cancelled before it was seen names no drug, and keeps its state when the order comes', async () => {
    const cancelled = rde('20260302', orc({ 1: 'CA' }));
    expect(await errorsOf(orderOf(cancelled) as MedicationRequest)).toEqual([]);
    for (const order of [
      [cancelled, rde('20260301', orc(), rxe())],
      [rde('20260301', orc(), rxe()), cancelled],
    ])
      expect(orderOf(...order)).toMatchObject({
        ...{ status: 'cancelled', medicationCodeableConcept: { coding: [{ code: '197361' }] } },
      });
  });

  it('is one of several in a message', () => {
    expect(ordersOf([rde('20260301', orc(), rxe(), orc({ 2: 'P2^EHR' }), rxe())])).toHaveLength(2);
  });

  it('without a number is none', () => {
    expect(() => orderOf(rde('20260301', orc({ 2: '', 3: '' }), rxe()))).toThrow('order-missing');
  });
});
