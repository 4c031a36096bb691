import { describe, expect, it } from '@jest/globals';
import type { Encounter, Patient } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { join } from '../../../../src/feeds/index.ts';
import { standard as mapping, renderState, type Rendered } from '../../../../src/mappings/hl7v2/index.ts';
import type { FeedReading, State } from '../../../../src/contracts/index.ts';
import { readMessage } from '../../../../src/sources/hl7v2/index.ts';
import { errorsOf } from '../../../support/base-validity.ts';
import { segment } from '../../../support/hl7-messages.ts';

const MRN = 'https://meridian.example/mrn';
const context: FeedReading = {
  timeZone: 'America/New_York',
  authorities: { MERIDIAN: MRN, VISIT: 'https://meridian.example/visit' },
  authorityBase: 'https://meridian.example/authority/',
  patientSystem: MRN,
};

interface Told {
  readonly trigger: string;
  /** EVN-2 and MSH-7. */
  readonly at: string;
  readonly pid?: string;
  readonly pv1?: string;
  readonly mrg?: string;
  readonly occurred?: string;
}

let told = 0;
function adt({ trigger, at, pid = PID, pv1, mrg, occurred = '' }: Told): string {
  told += 1;
  return [
    `MSH|^~\\&|ADT|MAIN|FASCIA|HOSP|${at}||ADT^${trigger}|M${told}|P|2.5.1`,
    `EVN|${trigger}|${at}||||${occurred}`,
    pid,
    ...(mrg === undefined ? [] : [mrg]),
    ...(pv1 === undefined ? [] : [pv1]),
  ].join('\r');
}

const PID = 'PID|1||M7^^^MERIDIAN^MR||DOE^JOHN^Q||19700615|M';

const pv1 = (fields: Readonly<Record<number, string>>): string => segment('PV1', fields);
const VISIT = { 2: 'I', 3: '4W^12^A', 7: '22^SMITH^ANN^^^DR', 19: 'V1^^^VISIT' };

function told1(text: string, state: State = new Map()): State {
  const message = readMessage(text, 'utf-8')?.message;
  if (message === undefined) throw new Error('no message');
  const reading = mapping.read(message, context);
  if (reading?.is !== 'read') throw new Error(reading?.reason ?? 'not mapped');
  return join(state, reading.assertions, reading.stamp);
}

function rendered(messages: readonly string[]): readonly Rendered[] {
  const state = messages.reduce<State>((known, text) => told1(text, known), new Map());
  return renderState(state, ({ type, value }) => `${type}/${value}`, context.timeZone);
}

function patientOf(messages: readonly string[], value = 'M7'): Patient | undefined {
  return rendered(messages).find(({ key }) => key.type === 'Patient' && key.value === value)?.resource as Patient;
}

function stayOf(messages: readonly string[]): Encounter | undefined {
  return rendered(messages).find(({ key }) => key.type === 'Encounter')?.resource as Encounter;
}

describe('a patient of ADT messages', () => {
  it('has what PID says', () => {
    const pid = segment('PID', {
      3: 'M7^^^MERIDIAN^MR~9^^^OTHER&1.2.3&ISO^PI~8',
      5: 'DOE^JOHN^Q^JR^DR^MD^L~DOE^JACK^^^^^N',
      ...{ 7: '197006150930', 8: 'M', 9: 'ROE^J' },
      11: '1 MAIN ST&&9^APT 2^TOWN^NY^10001^USA^H',
      13: '(555)1234567~^NET^Internet^j@x.example',
      14: '^WPN^PH^^1^555^7654321^12',
      ...{ 15: 'en^English^ISO639', 16: 'M', 19: '123-45-6789', 29: '20260101', 30: 'Y' },
    });
    expect(patientOf([adt({ trigger: 'A08', at: '20260301', pid })])).toEqual({
      resourceType: 'Patient',
      identifier: [
        {
          type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
          ...{ system: MRN, value: 'M7', assigner: { display: 'MERIDIAN' } },
        },
        {
          type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PI' }] },
          ...{ system: 'urn:oid:1.2.3', value: '9', assigner: { display: 'OTHER' } },
        },
        { value: '8' },
        {
          type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'SS' }] },
          value: '123-45-6789',
        },
      ],
      name: [
        { use: 'official', family: 'DOE', given: ['JOHN', 'Q'], prefix: ['DR'], suffix: ['JR', 'MD'] },
        { use: 'nickname', family: 'DOE', given: ['JACK'] },
        { use: 'nickname', family: 'ROE', given: ['J'] },
      ],
      telecom: [
        { system: 'phone', value: '(555)1234567', use: 'home' },
        { system: 'email', value: 'j@x.example' },
        { system: 'phone', value: '+1 555 7654321 X12', use: 'work' },
      ],
      gender: 'male',
      birthDate: '1970-06-15',
      _birthDate: {
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime',
            valueDateTime: '1970-06-15T09:30:00-04:00',
          },
        ],
      },
      deceasedDateTime: '2026-01-01',
      address: [
        {
          ...{ use: 'home', line: ['1 MAIN ST', '9', 'APT 2'], city: 'TOWN', state: 'NY' },
          ...{ postalCode: '10001', country: 'USA' },
        },
      ],
      maritalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0002', code: 'M' }] },
      communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'en' }], text: 'English' } }],
    });
  });

  it('keeps what a later message does not send, and loses what it deletes', () => {
    const number = { 3: 'M7^^^MERIDIAN^MR' };
    const sent = { 5: 'DOE^JOHN', 7: '19700615', 8: 'M', 11: '1 MAIN ST^^TOWN', 13: '5551234' };
    const before = adt({ trigger: 'A08', at: '20260301', pid: segment('PID', { ...number, ...sent }) });
    const changed = { 5: 'DOE^JANE', 7: '""', 11: '""' };
    const later = adt({ trigger: 'A08', at: '20260302', pid: segment('PID', { ...number, ...changed }) });
    expect(patientOf([before, later])).toEqual({
      ...patientOf([before]),
      ...{ name: [{ family: 'DOE', given: ['JANE'] }], birthDate: undefined, address: undefined },
    });
  });

  it.each([
    ['eng^English^ISO639', { coding: [{ system: 'urn:ietf:bcp:47', code: 'en' }], text: 'English' }],
    ['ENGLISH', { text: 'ENGLISH' }],
    ['1^Urdu^L', { text: 'Urdu' }],
    ['xq', { text: 'xq' }],
  ])('who speaks %s has a language of FHIR, or a text', (sent, language) => {
    const pid = segment('PID', { 3: 'M7^^^MERIDIAN^MR', 5: 'DOE', 15: sent });
    expect(patientOf([adt({ trigger: 'A08', at: '20260301', pid })])?.communication).toEqual([{ language }]);
  });

  it('has a code that its table does not have as one of the sender', () => {
    const pid = segment('PID', { 3: 'M7^^^MERIDIAN^MR', 5: 'DOE', 16: 'Married^Married^HL70002' });
    expect(patientOf([adt({ trigger: 'A08', at: '20260301', pid })])?.maritalStatus?.coding?.[0]).toMatchObject({
      ...{ system: 'https://meridian.example/authority/codes/HL70002', code: 'Married' },
    });
  });

  it('who was said to be dead lives, when it is said', () => {
    const told = (at: string, died: string, is: string): string =>
      adt({ trigger: 'A08', at, pid: segment('PID', { 3: 'M7^^^MERIDIAN^MR', 5: 'DOE', 29: died, 30: is }) });
    const dead = told('20260301', '20260228', 'Y');
    expect(patientOf([dead])?.deceasedDateTime).toBe('2026-02-28');
    const alive = patientOf([dead, told('20260302', '', 'N')]);
    expect([alive?.deceasedDateTime, alive?.deceasedBoolean]).toEqual([undefined, false]);
    expect(patientOf([told('20260301', '""', '')])).not.toHaveProperty('deceasedBoolean');
  });

  it('has no text that only says that something is deleted', () => {
    const pid = 'PID|1||M7^""^""^MERIDIAN^""||DOE^""^""||||||1 MAIN ST^""^TOWN';
    const text = adt({ trigger: 'A08', at: '20260301', pid, pv1: pv1({ ...VISIT, 3: '4W^""^""', 7: '""^SMITH' }) });
    expect(JSON.stringify(rendered([text]))).not.toContain('""');
  });

  it('of two messages of the same time is what the higher number says', () => {
    const named = (number: string, name: string): string =>
      adt({ trigger: 'A08', at: '202603011000', pid: `PID|1||M7^^^MERIDIAN^MR||${name}` }).replace(
        /\|M\d+\|P/,
        `|${number}|P`,
      );
    for (const order of [
      [named('999', 'OLD'), named('1000', 'NEW')],
      [named('1000', 'NEW'), named('999', 'OLD')],
    ])
      expect(patientOf(order)?.name?.[0]?.family).toBe('NEW');
  });

  it.each([
    ['0000', undefined],
    ['00000000', undefined],
    ['99999999', undefined],
    ['19700230', undefined],
    ['1970', '1970'],
    ['197006', '1970-06'],
    ['1970061509', '1970-06-15'],
    ['born in may', undefined],
  ])('was born on %s as far as it can be told', (text, date) => {
    const pid = `PID|1||M7^^^MERIDIAN^MR||DOE||${text}`;
    expect(patientOf([adt({ trigger: 'A08', at: '20260301', pid })])?.birthDate).toBe(date);
  });

  it.each([
    ['no PID', 'NTE|1', 'patient-missing'],
    ['no number', 'PID|1||||DOE', 'patient-missing'],
    ['a number without an authority', 'PID|1||7||DOE', 'patient-without-system'],
  ])('is not guessed from %s', (_, pid, reason) => {
    expect(() => told1(adt({ trigger: 'A08', at: '20260301', pid }))).toThrow(reason);
  });
});

describe('a stay of ADT messages', () => {
  const admitted = adt({ trigger: 'A01', at: '20260301100500', pv1: pv1({ ...VISIT, 44: '202603011000' }) });
  const discharged = adt({
    ...{ trigger: 'A03', at: '20260305120000', occurred: '20260305113000' },
    pv1: pv1({ ...VISIT, 36: '01^HOME^HL70112' }),
  });
  const undone = adt({ trigger: 'A13', at: '20260305130000', pv1: pv1({ ...VISIT, 45: '202603051130' }) });

  it('begins with its admission', () => {
    expect(stayOf([admitted])).toEqual({
      resourceType: 'Encounter',
      identifier: [
        {
          type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'VN' }] },
          ...{ system: 'https://meridian.example/visit', value: 'V1', assigner: { display: 'VISIT' } },
        },
      ],
      status: 'in-progress',
      class: {
        ...{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP', display: 'inpatient encounter' },
      },
      subject: { reference: 'Patient/M7' },
      participant: [
        {
          type: [
            {
              coding: [
                {
                  ...{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType' },
                  ...{ code: 'ATND', display: 'attender' },
                },
              ],
            },
          ],
          individual: { identifier: { value: '22' }, display: 'DR ANN SMITH' },
        },
      ],
      period: { start: '2026-03-01T10:00:00-05:00' },
      location: [{ location: { display: '4W 12 A' } }],
    });
  });

  it('ends with its discharge, when it happened and not when it was recorded', () => {
    const stay = stayOf([admitted, discharged]);
    expect([stay?.status, stay?.period]).toEqual([
      'finished',
      { start: '2026-03-01T10:00:00-05:00', end: '2026-03-05T11:30:00-05:00' },
    ]);
    expect(stay?.hospitalization?.dischargeDisposition?.coding?.[0]).toEqual({
      ...{ system: 'http://terminology.hl7.org/CodeSystem/v2-0112', code: '01', display: 'HOME' },
    });
  });

  it('goes on when its discharge is cancelled, and ends with the next', () => {
    expect(stayOf([admitted, discharged, undone])).toEqual(stayOf([admitted]));
    const again = adt({ trigger: 'A03', at: '20260306090000', pv1: pv1(VISIT) });
    expect(stayOf([admitted, discharged, undone, again])?.period?.end).toBe('2026-03-06T09:00:00-05:00');
  });

  it('is not reopened by what was recorded before its discharge and came after it', () => {
    const update = adt({ trigger: 'A08', at: '20260304', pv1: pv1({ ...VISIT, 3: '5E^1^B' }) });
    expect(stayOf([admitted, discharged, update])?.status).toBe('finished');
    expect(stayOf([admitted, discharged, update])?.location).toEqual(stayOf([admitted, discharged])?.location);
  });

  it('is cancelled, and is one again when the patient is admitted after all', () => {
    const cancelled = adt({ trigger: 'A11', at: '20260302', pv1: pv1(VISIT) });
    expect(stayOf([admitted, cancelled])?.status).toBe('cancelled');
    const again = adt({ trigger: 'A01', at: '20260303', pv1: pv1(VISIT) });
    expect(stayOf([admitted, cancelled, again])?.status).toBe('in-progress');
  });

  it.each([
    ['ends before it began', '20260301', '20260228', { start: '2026-03-01' }, 'error'],
    [
      'is told by the day at one end',
      '202603011000',
      '20260301',
      { start: '2026-03-01', end: '2026-03-01' },
      undefined,
    ],
    ['is told by the year at one end', '20260301', '2026', { start: '2026', end: '2026' }, undefined],
    ['began and ended at once', '202603011000', '202603011000', undefined, undefined],
  ])('that %s has a period that is valid', async (_, start, end, period, absent) => {
    const stay = stayOf([adt({ trigger: 'A03', at: '20260401', pv1: pv1({ ...VISIT, 44: start, 45: end }) })]);
    expect(stay?.status).toBe('finished');
    if (period !== undefined) expect(stay?.period).toMatchObject(period);
    expect(JSON.stringify(stay?.period).includes('"valueCode":"error"')).toBe(absent === 'error');
    expect(await errorsOf(stay as Encounter)).toEqual([]);
  });

  it('whose number nobody vouches for is never that of another patient', () => {
    const visit = pv1({ ...VISIT, 19: '1001' });
    const other = 'PID|1||M8^^^MERIDIAN^MR||ROE';
    const messages = [
      adt({ trigger: 'A01', at: '20260301', pv1: visit }),
      adt({ trigger: 'A01', at: '20260302', pid: other, pv1: visit }),
    ];
    const stays = rendered(messages).filter(({ key }) => key.type === 'Encounter');
    expect(stays.map(({ resource }) => (resource as Encounter).subject?.reference).sort()).toEqual([
      ...['Patient/M7', 'Patient/M8'],
    ]);
  });

  it.each(['A12', 'A17', 'A23', 'A29', 'A36', 'A45', 'A99'])('is not read from %s, whose meaning is not', (trigger) => {
    expect(() => told1(adt({ trigger, at: '20260301', pv1: pv1(VISIT) }))).toThrow('not mapped');
  });

  it('of which nobody said that it began is of no known status', () => {
    expect(stayOf([adt({ trigger: 'A08', at: '20260301', pv1: pv1(VISIT) })])?.status).toBe('unknown');
    expect(stayOf([adt({ trigger: 'A05', at: '20260301', pv1: pv1(VISIT) })])?.status).toBe('planned');
    expect(stayOf([adt({ trigger: 'A08', at: '20260301', pv1: pv1({ 2: 'I' }) })])).toBeUndefined();
  });
});

describe('a merge', () => {
  const other = 'PID|1||M8^^^MERIDIAN^MR||DOE^J';
  const admitted = adt({ trigger: 'A01', at: '20260301', pid: other, pv1: pv1(VISIT) });
  const merged = adt({ trigger: 'A40', at: '20260302', mrg: 'MRG|M8^^^MERIDIAN^MR' });

  it('leaves one patient active, whose are the stays of both', () => {
    const messages = [admitted, merged];
    expect(patientOf(messages, 'M8')).toMatchObject({
      active: false,
      link: [{ other: { reference: 'Patient/M7' }, type: 'replaced-by' }],
    });
    expect(patientOf(messages)).toMatchObject({ link: [{ other: { reference: 'Patient/M8' }, type: 'replaces' }] });
    expect(stayOf(messages)?.subject).toEqual({ reference: 'Patient/M7' });
  });

  it('may come before the patient who ends is known', () => {
    expect(rendered([merged, admitted])).toEqual(rendered([admitted, merged]));
  });

  it('goes on over several', () => {
    const next = adt({
      ...{ trigger: 'A40', at: '20260303', pid: 'PID|1||M9^^^MERIDIAN^MR', mrg: 'MRG|M7^^^MERIDIAN^MR' },
    });
    expect(stayOf([admitted, merged, next])?.subject).toEqual({ reference: 'Patient/M9' });
  });

  it('that is turned round later leaves the other', () => {
    const back = adt({ trigger: 'A40', at: '20260303', pid: other, mrg: 'MRG|M7^^^MERIDIAN^MR' });
    expect(stayOf([admitted, merged, back])?.subject).toEqual({ reference: 'Patient/M8' });
  });

  it('of several pairs in one message is read whole', () => {
    const text = [
      ...adt({ trigger: 'A40', at: '20260301', mrg: 'MRG|M8^^^MERIDIAN^MR' }).split('\r'),
      ...['PID|1||M9^^^MERIDIAN^MR', 'MRG|M10^^^MERIDIAN^MR'],
    ].join('\r');
    expect(patientOf([text], 'M8')).toMatchObject({ active: false });
    expect(patientOf([text], 'M10')).toMatchObject({ active: false });
  });

  it.each([
    ['without a prior', undefined, 'merge-without-prior'],
    ['of a patient with itself', 'MRG|M7^^^MERIDIAN^MR', 'merge-of-one'],
  ])('%s says nothing', (_, mrg, reason) => {
    expect(() => told1(adt({ trigger: 'A40', at: '20260301', ...(mrg === undefined ? {} : { mrg }) }))).toThrow(reason);
  });
});

describe('messages in any order, any number of times', () => {
  const triggers = fc.constantFrom('A01', 'A03', 'A04', 'A05', 'A08', 'A11', 'A13', 'A40');
  const field = (...values: string[]) => fc.constantFrom('', '""', ...values);
  const messages = fc.array(
    fc
      .record({
        trigger: triggers,
        // Few moments, so that many messages say that they were recorded at the same time.
        at: fc.constantFrom('20260301', '202603011000', '20260302', '20260303120000'),
        number: fc.constantFrom('M7', 'M8', 'M9'),
        prior: fc.constantFrom('M7', 'M8', 'M9'),
        name: field('DOE^JOHN', 'ROE^JANE'),
        born: field('1970', '19700615', '0000'),
        visit: fc.constantFrom('', 'V1^^^VISIT', 'V2'),
        place: field('4W^1', '5E^2'),
        ended: field('202603021200', '20260303'),
      })
      .filter(({ trigger, number, prior }) => trigger !== 'A40' || number !== prior)
      .map(({ trigger, at, number, prior, name, born, visit, place, ended }) =>
        adt({
          ...{ trigger, at, pid: `PID|1||${number}^^^MERIDIAN^MR||${name}||${born}` },
          ...{ pv1: pv1({ 2: 'I', 3: place, 19: visit, 45: ended }), mrg: `MRG|${prior}^^^MERIDIAN^MR` },
        }),
      ),
    { maxLength: 12 },
  );

  it('are the same resources, and valid ones', async () => {
    const orders = messages.chain((list) =>
      fc.record({
        list: fc.constant(list),
        shuffled: fc
          .shuffledSubarray(list, { minLength: list.length })
          .chain((one) =>
            fc.array(fc.constantFrom(...(list.length === 0 ? [''] : list))).map((more) => [...one, ...more]),
          ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ({ list, shuffled }) => {
        const resources = rendered(list);
        expect(rendered(shuffled.filter((text) => text !== ''))).toEqual(resources);
        for (const { resource } of resources) expect(await errorsOf(resource)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
