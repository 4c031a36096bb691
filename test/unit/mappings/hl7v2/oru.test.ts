import { describe, expect, it } from '@jest/globals';
import type { DiagnosticReport, Observation, Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { errorsOf } from '../../../support/base-validity.ts';
import { message, PID, renderedOf, segment } from '../../../support/hl7-messages.ts';

const OBR = { 3: 'F1^LAB', 4: '24323-8^Panel^LN', 7: '202603010900', 22: '202603011000', 24: 'CH', 25: 'F' };
const GLUCOSE = { 2: 'NM', 3: '2345-7^Glucose^LN', 5: '5.40', 6: 'mmol/L^mmol/L^UCUM', 7: '3.5-5.1', 8: 'H', 11: 'F' };
const obr = (more: Readonly<Record<number, string>> = {}): string => segment('OBR', { ...OBR, ...more });
const obx = (more: Readonly<Record<number, string>> = {}): string => segment('OBX', { ...GLUCOSE, ...more });
const oru = (at: string, ...segments: readonly string[]): string => message('ORU^R01', at, PID, ...segments);

function of(type: string, texts: readonly string[]): readonly Resource[] {
  return renderedOf(texts).flatMap(({ key, resource }) => (key.type === type ? [resource] : []));
}
const observationOf = (...texts: readonly string[]): Observation | undefined =>
  of('Observation', texts)[0] as Observation | undefined;
const reportOf = (...texts: readonly string[]): DiagnosticReport | undefined =>
  of('DiagnosticReport', texts)[0] as DiagnosticReport | undefined;

describe('a result of an ORU message', () => {
  it('has what OBX and OBR say, its number as it was written', () => {
    const text = oru('20260301', obr(), obx(), 'NTE|1||fasting~', 'NTE|2||repeated');
    const observation = observationOf(text);
    expect(JSON.stringify(observation)).toContain('"value":5.40');
    expect(JSON.parse(JSON.stringify(observation))).toEqual({
      resourceType: 'Observation',
      status: 'final',
      category: [
        {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }],
        },
      ],
      code: { coding: [{ system: 'http://loinc.org', code: '2345-7', display: 'Glucose' }] },
      subject: { reference: 'Patient/M7' },
      effectiveDateTime: '2026-03-01T09:00:00-05:00',
      issued: '2026-03-01T10:00:00-05:00',
      valueQuantity: { value: 5.4, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
      interpretation: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: 'H' }] },
      ],
      note: [{ text: 'fasting\n\nrepeated' }],
      referenceRange: [{ text: '3.5-5.1' }],
    });
  });

  it.each([
    ['NM', '5.40', '"valueQuantity":{"value":5.40,'],
    ['NM', '007', '"valueQuantity":{"value":7,'],
    ['NM', '+.50', '"valueQuantity":{"value":0.50,'],
    ['NM', '-0', '"valueQuantity":{"value":-0,'],
    ['NM', '0.0', '"valueQuantity":{"value":0.0,'],
    ['NM', '<0.10', '"valueQuantity":{"value":0.10,"comparator":"<"'],
    ['NM', '>= 3', '"valueQuantity":{"value":3,"comparator":">="'],
    ['NM', '0 .07', '"valueString":"0 .07"'],
    ['NM', 'NOVALUE', '"valueString":"NOVALUE"'],
    ['NM', '5.3^^HPLC', '"valueString":"5.3^^HPLC"'],
    ['SN', '^182', '"valueQuantity":{"value":182,'],
    ['SN', '>^100', '"valueQuantity":{"value":100,"comparator":">"'],
    ['SN', '1^:^128', '"valueString":"1^:^128"'],
    [
      'CWE',
      'POS^Positive^L',
      '"valueCodeableConcept":{"coding":[{"system":"https://meridian.example/authority/codes/L","code":"POS"',
    ],
    ['CE', '^text only', '"valueCodeableConcept":{"text":"text only"}'],
    ['DT', '20260301', '"valueDateTime":"2026-03-01"'],
    ['TS', '202603011200', '"valueDateTime":"2026-03-01T12:00:00-05:00"'],
    ['TS', 'unknown', '"valueString":"unknown"'],
    ['TM', '0915', '"valueTime":"09:15:00"'],
    ['ST', '<5 & low', '"valueString":"<5 & low"'],
    ['TX', 'one~two', '"valueString":"one\\ntwo"'],
    ['', 'plain', '"valueString":"plain"'],
  ])('of kind %s with %s is written as what it is', async (kind, text, written) => {
    const escaped = text.replaceAll('&', '\\T\\');
    const observation = observationOf(oru('20260301', obr(), obx({ 2: kind, 5: escaped })));
    expect(JSON.stringify(observation)).toContain(written);
    expect(await errorsOf(observation as Observation)).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['what is deleted', '""'],
  ])('with %s has no value', (_, text) => {
    expect(Object.keys(observationOf(oru('20260301', obr(), obx({ 5: text }))) ?? {})).not.toContain('valueQuantity');
  });

  it('has a unit that is no code as a person reads it', () => {
    const unit = (text: string) => observationOf(oru('20260301', obr(), obx({ 6: text })))?.valueQuantity;
    expect(unit('mg/dl')).toMatchObject({ unit: 'mg/dl' });
    expect(unit('mg/dl')).not.toHaveProperty('code');
    expect(unit('MGDL^milligrams^L^mg/dL^mg/dL^UCUM')).toMatchObject({ code: 'mg/dL', unit: 'mg/dL' });
  });

  it.each([
    ['F', 'final'],
    ['P', 'preliminary'],
    ['C', 'corrected'],
    ['D', 'entered-in-error'],
    ['W', 'entered-in-error'],
    ['X', 'cancelled'],
    ['I', 'registered'],
    ['', 'final'],
    ['unknow', 'final'],
  ])('whose OBX-11 is "%s" is %s', (code, status) => {
    expect(observationOf(oru('20260301', obr(), obx({ 11: code })))?.status).toBe(status);
  });

  it('that was not asked for says so', () => {
    expect(observationOf(oru('20260301', obr(), obx({ 5: '', 11: 'N' })))).toMatchObject({
      status: 'cancelled',
      dataAbsentReason: { coding: [{ code: 'not-asked' }] },
    });
  });

  it('is the same one when it is sent again, corrected, or late', () => {
    const preliminary = oru('20260301', obr({ 25: 'P' }), obx({ 5: '5.0', 11: 'P' }));
    const final = oru('20260302', obr(), obx({ 5: '5.4' }));
    const corrected = oru('20260303', obr({ 25: 'C' }), obx({ 5: '6.1', 11: 'C' }));
    const late = oru('20260304', obr({ 25: 'P' }), obx({ 5: '9.9', 11: 'P' }));
    expect(observationOf(preliminary)).toMatchObject({ status: 'preliminary' });
    expect(JSON.stringify(observationOf(final, preliminary))).toContain('"value":5.4');
    for (const order of [
      [preliminary, final, corrected, late],
      [late, corrected, final, preliminary],
    ]) {
      expect(of('Observation', order)).toHaveLength(1);
      expect(JSON.stringify(observationOf(...order))).toContain('"value":6.1');
      expect([observationOf(...order)?.status, reportOf(...order)?.status]).toEqual(['corrected', 'corrected']);
    }
  });

  it('is told apart by order, code, sub-id and time of its own', () => {
    const results = [obx(), obx({ 4: '2' }), obx({ 14: '202603011200' }), obx({ 3: '2345-7^Glucose^L' })];
    expect(of('Observation', [oru('20260301', obr(), ...results)])).toHaveLength(4);
    expect(of('Observation', [oru('20260301', obr(), obx(), obr({ 3: 'F2^LAB' }), obx())])).toHaveLength(2);
  });

  it('that comes again without a difference is another one, and stays it', () => {
    const text = oru('20260301', obr(), obx({ 5: '5.4' }), obx({ 5: '9.9', 11: 'P' }));
    const written = of('Observation', [text, text]).map((one) => JSON.stringify(one));
    expect(written).toHaveLength(2);
    expect(written.filter((one) => one.includes('"value":5.4') && one.includes('"final"'))).toHaveLength(1);
    expect(written.filter((one) => one.includes('"value":9.9') && one.includes('"preliminary"'))).toHaveLength(1);
    expect(of('Observation', [oru('20260301', obr(), obx(), obr(), obx({ 5: '7.0' }))])).toHaveLength(2);
  });

  it('whose time is written otherwise is the same', () => {
    const [one, other] = ['202603011200', '20260301120000'].map((time) => oru('20260301', obr(), obx({ 14: time })));
    expect(of('Observation', [one ?? '', other ?? ''])).toHaveLength(1);
    expect(
      of('Observation', [oru('20260301', obr(), obx()), oru('20260302', obr(), obx({ 14: OBR[7] }))]),
    ).toHaveLength(1);
  });

  it('whose number nobody vouches for is never that of another patient', () => {
    const bare = obr({ 3: '123' });
    const other = oru('20260302', bare, obx({ 5: '9.9' })).replace('M7^^^MERIDIAN', 'M8^^^MERIDIAN');
    expect(
      of('Observation', [oru('20260301', bare, obx()), other]).map((one) => (one as Observation).subject?.reference),
    ).toEqual([...['Patient/M7', 'Patient/M8']]);
  });

  it.each([
    [
      'a document',
      { 2: 'ED', 5: '^application^pdf^Base64^JVBERi0=' },
      { dataAbsentReason: { coding: [{ code: 'unsupported' }] } },
    ],
    ['several codes', { 2: 'CWE', 5: '1^E coli^SCT~2^Klebsiella^SCT' }, { valueString: 'E coli\nKlebsiella' }],
    [
      'a code that is none of LOINC',
      { 3: 'REPORT^Report^LN' },
      { code: { coding: [{ system: 'https://meridian.example/authority/codes/LN' }] } },
    ],
    [
      'a flag of its own',
      { 8: 'VERY HIGH' },
      { interpretation: [{ coding: [{ system: 'https://meridian.example/authority/codes/abnormal-flags' }] }] },
    ],
  ])('with %s says no more than that', async (_, fields, meant) => {
    const observation = observationOf(oru('20260301', obr(), obx(fields)));
    expect(observation).toMatchObject(meant);
    expect(await errorsOf(observation as Observation)).toEqual([]);
  });

  it('is read in time, whatever stands in its number', () => {
    const text = oru('20260301', obr(), obx({ 5: `${'0'.repeat(200_000)}x` }));
    expect(observationOf(text)?.valueString).toHaveLength(200_001);
  });

  it('of several lines is one text', () => {
    const lines = ['First line', 'second', ''].map((text) => obx({ 2: 'TX', 5: text }));
    expect(of('Observation', [oru('20260301', obr(), ...lines)])).toHaveLength(1);
    expect(observationOf(oru('20260301', obr(), ...lines))?.valueString).toBe('First line\nsecond');
  });
});

describe('a report of an ORU message', () => {
  it('has what OBR and ORC say, and refers to its results', async () => {
    const text = oru('20260301', 'ORC|RE|P1^EHR|F1^LAB', obr(), obx(), obx({ 3: '2951-2^Sodium^LN' }));
    const report = reportOf(text);
    expect(report).toMatchObject({
      ...{ status: 'final', code: { coding: [{ code: '24323-8' }] }, subject: { reference: 'Patient/M7' } },
      identifier: [
        { type: { coding: [{ code: 'PLAC' }] }, system: 'https://meridian.example/authority/EHR', value: 'P1' },
        { type: { coding: [{ code: 'FILL' }] }, system: 'https://meridian.example/authority/LAB', value: 'F1' },
      ],
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'CH' }] }],
      effectiveDateTime: '2026-03-01T09:00:00-05:00',
    });
    expect(report?.result).toHaveLength(2);
    expect(await errorsOf(report as DiagnosticReport)).toEqual([]);
  });

  it.each([
    [['F', 'F'], 'final'],
    [['F', 'P'], 'partial'],
    [['P', 'I'], 'preliminary'],
    [['I', 'I'], 'registered'],
    [['F', 'C'], 'corrected'],
    [['X', 'F'], 'final'],
    [['X'], 'unknown'],
    [['', 'F'], 'unknown'],
    [[], 'unknown'],
  ])('without a status of its own is as far as its results are: %j', (codes, status) => {
    const results = codes.map((code, at) => obx({ 4: String(at), 11: code }));
    expect(reportOf(oru('20260301', obr({ 25: '' }), ...results))?.status).toBe(status);
  });

  it('without a number is told apart by its patient and time', () => {
    const other = obr({ 3: '', 7: '202603020900' });
    expect(of('DiagnosticReport', [oru('20260301', obr({ 3: '' })), oru('20260301', obr({ 3: '' }))])).toHaveLength(1);
    expect(of('DiagnosticReport', [oru('20260301', obr({ 3: '' })), oru('20260301', other)])).toHaveLength(2);
  });

  it('of nothing that was ordered is none', () => {
    expect(() => renderedOf([oru('20260301', obx())])).toThrow('order-missing');
  });
});

describe('what a laboratory says of patients and stays', () => {
  const pv1 = segment('PV1', { 2: 'I', 3: '4W', 19: 'V1^^^VISIT' });
  const admission = message('ADT^A01', '20260228', PID, segment('PV1', { 2: 'I', 3: '5E', 19: 'V1^^^VISIT' })).replace(
    'DOE^JOHN',
    'ROE^JANE',
  );

  it('holds only where nobody else says it, however much later it comes', () => {
    const texts = [admission, oru('20260301', pv1, obr(), obx())];
    const [patient, stay] = ['Patient', 'Encounter'].map((type) => of(type, texts)[0]);
    expect(patient).toMatchObject({ name: [{ family: 'ROE' }] });
    expect(stay).toMatchObject({ status: 'in-progress', location: [{ location: { display: '5E' } }] });
    expect(of('Patient', [oru('20260301', obr(), obx())])[0]).toMatchObject({ name: [{ family: 'DOE' }] });
  });

  it('never ends a stay', () => {
    const ended = segment('PV1', { 2: 'I', 19: 'V1^^^VISIT', 45: '20260228' });
    expect(of('Encounter', [admission, oru('20260301', ended, obr(), obx())])[0]).toMatchObject({
      status: 'in-progress',
    });
  });

  it('ties its results to the stay', () => {
    expect(observationOf(oru('20260301', pv1, obr(), obx()))?.encounter).toEqual({ reference: 'Encounter/V1' });
  });
});

describe('results in any order, any number of times', () => {
  it('are the same', async () => {
    const texts = fc.array(
      fc
        .record({
          at: fc.constantFrom('20260301', '20260302', '20260303'),
          filler: fc.constantFrom('F1^LAB', 'F2^LAB', ''),
          value: fc.constantFrom('5.0', '6.10', '<3', 'high'),
          status: fc.constantFrom('P', 'F', 'C', 'X', 'D', 'I', ''),
          report: fc.constantFrom('P', 'F', 'C', ''),
          code: fc.constantFrom('2345-7^Glucose^LN', 'GLU^Glucose'),
        })
        .map(({ at, filler, value, status, report, code }) =>
          oru(at, obr({ 3: filler, 25: report }), obx({ 3: code, 5: value, 11: status })),
        ),
      { minLength: 1, maxLength: 8 },
    );
    const orders = texts.chain((list) =>
      fc.record({ list: fc.constant(list), more: fc.array(fc.constantFrom(...list)), seed: fc.nat() }),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ({ list, more, seed }) => {
        const shuffled = [...list, ...more].sort((a, b) => ((a.length * seed) % 7) - ((b.length * seed) % 5));
        const resources = renderedOf(list);
        expect(JSON.stringify(renderedOf(shuffled))).toBe(JSON.stringify(resources));
        expect(JSON.stringify(renderedOf(list.toReversed()))).toBe(JSON.stringify(resources));
        for (const { resource } of resources) expect(await errorsOf(resource)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
