import { describe, expect, it } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import type {
  DateValue,
  ParamType,
  Prefix,
  QuantityValue,
  ResourceType,
  Served,
  ServedParam,
  TokenValue,
} from '../../../src/contracts/index.ts';
import {
  matcherOf,
  numberWritten,
  parseSearch,
  parseWritten,
  searchParameters,
  type JsonObject,
  type LocalCriterion,
  type MatchContext,
} from '../../../src/fhir/index.ts';
import { dateMatches, intervalOf, numberMatches, rangeOf, tokenMatches, unitMatches } from '../mappings/fhir-match.ts';
import { modifiers } from './served.ts';

type ParameterCriterion = Extract<LocalCriterion, { is: 'parameter' }>;

const zone = 'America/New_York';
const nowMs = Date.parse('2026-11-20T17:00:00Z');
const context: MatchContext = { zone, nowMs };

/** Every parameter that R4 gives a type, as if it were served with all modifiers. */
function served(type: ResourceType): Served {
  const params = searchParameters(type).map((definition): ServedParam => ({
    code: definition.code,
    type: definition.type as ParamType,
    definition: definition.url,
    targets: definition.targets,
    modifiers: modifiers[definition.type as ParamType],
    components: definition.components.map((component) => component.type as ParamType),
    sortable: false,
  }));
  const row = {
    type,
    profiles: [],
    absentInSource: [],
    elements: new Set<string>(),
    includes: [],
    revincludes: [],
    unavailable: [],
  };
  return new Map([[type, { ...row, params: new Map(params.map((param) => [param.code, param])) }]]);
}

function criterionOf(type: ResourceType, pair: string): LocalCriterion {
  const [name = '', ...rest] = pair.split('=');
  const { plan } = parseSearch({
    ...{ served: served(type), type, handling: 'strict', countDefault: 1, countMax: 1 },
    pairs: [[name, rest.join('=')]],
  });
  return plan.where[0] as LocalCriterion;
}

function holds(resource: object, pair: string, more: Partial<MatchContext> = {}): boolean {
  const { resourceType } = resource as { resourceType: ResourceType };
  return matcherOf(resourceType, criterionOf(resourceType, pair), { ...context, ...more })(JSON.stringify(resource));
}

const patient = {
  resourceType: 'Patient',
  id: 'p.1',
  meta: { lastUpdated: '2026-02-01T12:00:00Z' },
  identifier: [{ system: 'urn:mrn', value: '77' }, { value: 'loose' }],
  active: true,
  name: [{ family: "O'Brien-Ærø", given: ['Zoë', 'Mary Ann'] }, { text: 'The Boss' }],
  telecom: [
    { system: 'phone', value: '555 01' },
    { system: 'email', value: 'Z@X.org' },
  ],
  gender: 'female',
  _birthDate: { extension: [{ url: 'urn:x', valueCode: 'unknown' }] },
  deceasedDateTime: '2026-01',
  address: [{ line: ['1 High St'], city: 'Łódź', country: 'PL' }],
  generalPractitioner: [{ reference: 'Practitioner/q.1/_history/2' }, { display: 'unknown' }],
  maritalStatus: { text: 'Married' },
};
const observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }, { code: 'BP' }], text: 'Pressure' },
  subject: { reference: 'Patient/p.1' },
  effectivePeriod: { end: '2026-03-01' },
  component: [
    {
      code: { coding: [{ code: 'SYS' }] },
      valueQuantity: { value: 120, unit: 'mmHg', system: 'urn:u', code: 'mm[Hg]' },
    },
    { code: { coding: [{ code: 'DIA' }] }, valueQuantity: { value: 80, comparator: '<', unit: 'mmHg' } },
  ],
};
const valueSet = { resourceType: 'ValueSet', status: 'draft', url: 'http://example.org/sets/a/b' };

describe('matches, worked out by hand from https://hl7.org/fhir/R4/search.html', () => {
  it.each([
    // token
    [patient, '_id=p.1', true],
    [patient, '_id=|p.1', true],
    [patient, '_id=urn:x|p.1', false],
    [patient, 'identifier=77', true],
    [patient, 'identifier=urn:mrn|77', true],
    [patient, 'identifier=urn:mrn|', true],
    [patient, 'identifier=|77', false],
    [patient, 'identifier=|loose', true],
    [patient, 'identifier=7', false],
    [patient, 'identifier:not=77', false],
    [patient, 'identifier:not=78,79', true],
    [patient, 'active=true', true],
    [patient, 'active=urn:any|true', true],
    [patient, 'active=false', false],
    [patient, 'gender=female', true],
    [patient, 'gender=Female', false],
    [patient, 'gender=|female', true],
    [patient, 'gender=http://hl7.org/fhir/administrative-gender|female', false],
    [patient, 'telecom=phone|555 01', true],
    [patient, 'telecom=|555 01', false],
    [patient, 'phone=555 01', true],
    [patient, 'email=555 01', false],
    [patient, 'email=z@x.org', false],
    [patient, 'deceased=true', true],
    [patient, 'deceased:missing=true', false],
    [{ resourceType: 'Patient' }, 'deceased=false', true],
    [observation, 'code=BP', true],
    [observation, 'code=|BP', true],
    [observation, 'code=http://loinc.org|', true],
    [observation, 'code=Pressure', false],
    [observation, 'code:missing=false', true],
    [observation, 'component-code=DIA', true],
    // string
    [patient, "family=o'brien-ÆR", true],
    [patient, 'family=brien', false],
    [patient, 'family:contains=BRIEN', true],
    [patient, "family:exact=O'brien-Ærø", false],
    [patient, "family:exact=O'Brien-Ærø", true],
    [patient, 'name=the b', true],
    [patient, 'name=mary ann', true],
    [patient, 'given=ann', false],
    [patient, 'given=zoe', false],
    [patient, 'address=1 high', true],
    [patient, 'address=pl', true],
    [patient, 'address-city=łÓ', true],
    // date
    [patient, 'birthdate:missing=true', true],
    [patient, 'birthdate=ne2000', false],
    [patient, 'death-date=2026', true],
    [patient, 'death-date=2026-01-05', false],
    [patient, 'death-date=gt2026-01-05', true],
    [patient, '_lastUpdated=2026-02-01', true],
    [patient, '_lastUpdated=2026-02-01T07:00:00-05:00', true],
    [observation, 'date=lt1800', true],
    [observation, 'date=2026', false],
    [observation, 'date=eb2026-03-02', true],
    [observation, 'date=sa2020', false],
    [{ resourceType: 'Observation', effectiveTiming: { event: ['2026-01-05', '2026-01-09'] } }, 'date=2026-01', true],
    [
      { resourceType: 'Observation', effectiveTiming: { event: ['2026-01-05', '2026-01-09'] } },
      'date=2026-01-05',
      false,
    ],
    [{ resourceType: 'Observation', effectiveInstant: '2026-01-05T04:30:00Z' }, 'date=2026-01-04', true],
    // reference
    [patient, 'general-practitioner=q.1', true],
    [patient, 'general-practitioner=Practitioner/q.1', true],
    [patient, 'general-practitioner:Organization=q.1', false],
    [observation, 'patient=p.1', true],
    [observation, 'subject=Patient/p.2', false],
    [observation, 'subject=http://elsewhere.org/Patient/p.1', false],
    [{ ...observation, subject: { reference: 'http://x.org/Patient/1' } }, 'subject=http://x.org/Patient/1', true],
    [{ ...observation, subject: { reference: 'http://x.org/Patient/1' } }, 'subject=1', false],
    // quantity, number
    [observation, 'component-value-quantity=120', true],
    [observation, 'component-value-quantity=120|urn:u|mm[Hg]', true],
    [observation, 'component-value-quantity=120||mmHg', true],
    [observation, 'component-value-quantity=120|urn:u|mmHg', false],
    [observation, 'component-value-quantity=80', false],
    [observation, 'component-value-quantity=lt10', true],
    [observation, 'value-quantity:missing=true', true],
    [
      { resourceType: 'Condition', onsetRange: { low: { value: 40, code: 'a' }, high: { value: 50, code: 'a' } } },
      'onset-age=gt45||a',
      true,
    ],
    [{ resourceType: 'Condition', onsetRange: { low: { value: 40, code: 'a' } } }, 'onset-age=sa30', true],
    [{ resourceType: 'Condition', onsetRange: { high: { value: 40, code: 'a' } } }, 'onset-age=ge40', true],
    [
      { resourceType: 'Invoice', totalGross: { value: 12.5, currency: 'EUR' } },
      'totalgross=12.5|urn:iso:std:iso:4217|EUR',
      true,
    ],
    [{ resourceType: 'RiskAssessment', prediction: [{}, { probabilityDecimal: 0.25 }] }, 'probability=0.3', true],
    [{ resourceType: 'RiskAssessment', prediction: [{ probabilityDecimal: 0.25 }] }, 'probability=0.30', false],
    [{ resourceType: 'RiskAssessment', prediction: [{ probabilityDecimal: 0.25 }] }, 'probability:missing=true', false],
    [{ resourceType: 'ChargeItem', factorOverride: 2 }, 'factor-override=ap2.1', true],
    // uri
    [valueSet, 'url=http://example.org/sets/a/b', true],
    [valueSet, 'url=http://example.org/sets/A/b', false],
    [valueSet, 'url:below=http://example.org/sets/a', true],
    [valueSet, 'url:below=http://example.org/sets/a/', true],
    [valueSet, 'url:below=http://example.org/se', false],
    [valueSet, 'url:above=http://example.org/sets/a/b/c', true],
    [valueSet, 'url:above=http://example.org/sets/a/bc', false],
    // composite: inside one element
    [observation, 'component-code-value-quantity=SYS$120', true],
    [observation, 'component-code-value-quantity=DIA$120', false],
    [observation, 'component-code-value-quantity=DIA$120,SYS$ge100', true],
    [observation, 'combo-code-value-quantity=SYS$gt100||mmHg', true],
    [{ ...observation, valueQuantity: { value: 5 } }, 'code-value-quantity=BP$5', true],
  ])('case %#', (resource, pair, expected) => {
    expect({ pair, matches: holds(resource, pair) }).toEqual({ pair, matches: expected });
  });

  it('folds strings as the installation declares', () => {
    const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase();
    expect(holds(patient, 'given=ZOE', { fold })).toBe(true);
    expect(holds(patient, 'given:exact=Zoe', { fold })).toBe(false);
  });

  it('knows the code system that the installation declares for a code', () => {
    const codeSystem = 'http://hl7.org/fhir/administrative-gender';
    expect(holds(patient, `gender=${codeSystem}|female`, { codeSystem })).toBe(true);
    expect(holds(patient, 'gender=|female', { codeSystem })).toBe(false);
  });

  it('compares decimals as they are written, beyond what a JavaScript number can tell apart', () => {
    const text = (value: string): string =>
      `{"resourceType":"Observation","valueQuantity":{"value":${value}},"component":[{"valueQuantity":{"value":1.50}}]}`;
    const matcher = matcherOf('Observation', criterionOf('Observation', 'value-quantity=gt0.3'), context);
    expect(matcher(text('0.30000000000000000001'))).toBe(true);
    expect(matcher(text('0.3'))).toBe(false);
    const risk = matcherOf('RiskAssessment', criterionOf('RiskAssessment', 'probability=le0.3'), context);
    expect(risk('{"resourceType":"RiskAssessment","prediction":[{"probabilityDecimal":0.30000000000000000001}]}')).toBe(
      false,
    );
  });

  it('reads numbers as they were written', () => {
    const parsed = parseWritten('{"a":7.40,"b":7.4,"c":[1.0,2],"d":"7.40","e":1e2}') as JsonObject;
    expect(parsed).toEqual({ a: 7.4, b: 7.4, c: [1, 2], d: '7.40', e: 100 });
    expect(['a', 'b', 'd', 'e', 'z'].map((name) => numberWritten(parsed, name))).toEqual([
      '7.40',
      '7.4',
      undefined,
      '1e2',
      undefined,
    ]);
    expect([0, 1].map((at) => numberWritten(parsed['c'] as object, at))).toEqual(['1.0', '2']);
  });
});

const prefixes = fc.constantFrom<Prefix>('eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap');
const decimals = fc.oneof(
  fc
    .tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 0, max: 3 }))
    .map(([n, scale]) => (n / 10 ** scale).toFixed(scale)),
  fc.constantFrom('0', '-0.0', '1e2', '5.40', '1E-1', '99.999'),
);

describe('matches agrees with a second reading of the specification', () => {
  it('of dates', () => {
    const days = fc.constantFrom('2026', '2026-11', '2026-11-01', '2025-03-09', '2024-02-29', '2026-11-20');
    const times = fc.constantFrom('00:00', '01:30', '02:30', '23:59:59', '12:00:00.500', '05:00:00');
    const offsets = fc.constantFrom('Z', '-05:00', '-04:00', '+05:45');
    const full = fc.tuple(fc.constantFrom('2026-11-01', '2025-03-09', '2026-11-20'), times, offsets);
    const written = fc.oneof(
      days,
      full.map(([day, time, offset]) => `${day}T${time.length === 5 ? `${time}:00` : time}${offset}`),
    );
    const sought = fc.oneof(
      days,
      fc
        .tuple(fc.constantFrom('2026-11-01', '2026-11-20'), times, fc.option(offsets))
        .map(([d, t, o]) => `${d}T${t}${o ?? ''}`),
    );
    fc.assert(
      fc.property(written, prefixes, sought, (element, prefix, text) => {
        const criterion = criterionOf('Patient', `death-date=${prefix}${text}`);
        const [value] = (criterion as ParameterCriterion).values;
        const matcher = matcherOf('Patient', criterion, context);
        expect(matcher({ resourceType: 'Patient', deceasedDateTime: element })).toBe(
          dateMatches(rangeOf(element, zone), value as DateValue, zone, nowMs),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('of numbers', () => {
    fc.assert(
      fc.property(decimals, prefixes, decimals, (stored, prefix, number) => {
        const matcher = matcherOf(
          'RiskAssessment',
          criterionOf('RiskAssessment', `probability=${prefix}${number}`),
          context,
        );
        const resource = `{"resourceType":"RiskAssessment","prediction":[{"probabilityDecimal":${stored}}]}`;
        expect(matcher(resource)).toBe(numberMatches(intervalOf(stored), { prefix, number }));
      }),
      { numRuns: 500 },
    );
  });

  it('of quantities', () => {
    const comparators = fc.constantFrom(undefined, '<', '<=', '>', '>=');
    const units = fc.constantFrom(
      {},
      { unit: 'mg' },
      { unit: 'mg', system: 'urn:u', code: 'mg' },
      { system: 'urn:v', code: 'g' },
    );
    const asked = fc.constantFrom('', '||mg', '|urn:u|mg', '|urn:u|', '||g');
    fc.assert(
      fc.property(
        decimals,
        comparators,
        units,
        prefixes,
        decimals,
        asked,
        (stored, comparator, unit, prefix, number, tail) => {
          const criterion = criterionOf('Observation', `value-quantity=${prefix}${number}${tail}`);
          const [value] = (criterion as ParameterCriterion).values;
          const rest = Object.entries({ comparator, ...unit }).flatMap(([name, text]) =>
            text === undefined ? [] : [`,"${name}":"${text}"`],
          );
          const resource = `{"resourceType":"Observation","valueQuantity":{"value":${stored}${rest.join('')}}}`;
          expect(matcherOf('Observation', criterion, context)(resource)).toBe(
            unitMatches(unit, value as QuantityValue) &&
              numberMatches(intervalOf(stored, comparator), { prefix, number }),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of tokens', () => {
    const systems = fc.constantFrom(undefined, 'urn:a', 'urn:b');
    const codes = fc.constantFrom('A', 'a', 'B');
    const codings = fc.array(fc.record({ system: systems, code: codes }), { maxLength: 3 });
    const sought = fc.oneof(
      codes,
      fc.tuple(fc.constantFrom('', 'urn:a'), codes).map((parts) => parts.join('|')),
      fc.constant('urn:b|'),
    );
    fc.assert(
      fc.property(codings, sought, fc.boolean(), (coding, text, negated) => {
        const criterion = criterionOf('Observation', `code${negated ? ':not' : ''}=${text}`);
        const [value] = (criterion as ParameterCriterion).values;
        const any = coding.some(({ system, code }) =>
          tokenMatches({ ...(system === undefined ? {} : { system }), code }, value as TokenValue),
        );
        expect(holds({ resourceType: 'Observation', code: { coding } }, `code${negated ? ':not' : ''}=${text}`)).toBe(
          any !== negated,
        );
      }),
    );
  });

  it('of decimals that Big and JSON both read', () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const parsed = parseWritten(`{"a":${text}}`) as JsonObject;
        expect(new Big(numberWritten(parsed, 'a') ?? 'x').eq(text)).toBe(true);
      }),
    );
  });
});
