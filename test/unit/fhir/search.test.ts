import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Criterion, ResourceType, SearchPlan } from '../../../src/contracts/index.ts';
import { Fault } from '../../../src/core/index.ts';
import {
  escapeValue,
  parseSearch,
  queryStringOf,
  splitEscaped,
  unescapeValue,
  type Handling,
  type Pair,
  type ParsedSearch,
} from '../../../src/fhir/index.ts';
import { served } from './served.ts';

function parse(type: string, query: string, handling: Handling = 'default'): ParsedSearch {
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): Pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  return parseSearch({
    ...{ served, pairs, handling, countDefault: 20, countMax: 100, base: 'https://example.org/fhir' },
    type: type as ResourceType,
  });
}

const plan = (type: string, query: string, handling?: Handling): SearchPlan => parse(type, query, handling).plan;
const first = (type: string, query: string): Criterion | undefined => plan(type, query).where[0];
const values = (type: string, query: string): unknown => {
  const criterion = first(type, query);
  return criterion?.is === 'parameter' ? criterion.values.map((value) => ({ ...value, is: undefined })) : criterion;
};

function refusal(type: string, query: string, handling?: Handling): Fault {
  try {
    parse(type, query, handling);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`${type}?${query} was not refused`);
}

describe('values (https://hl7.org/fhir/R4/search.html#ptypes)', () => {
  it.each([
    // https://hl7.org/fhir/R4/search.html#token
    ['Observation', 'code=718-7', [{ code: '718-7' }]],
    ['Observation', 'code=http://loinc.org|718-7', [{ system: 'http://loinc.org', code: '718-7' }]],
    ['Observation', 'code=|718-7', [{ system: '', code: '718-7' }]],
    ['Observation', 'code=http://loinc.org|', [{ system: 'http://loinc.org' }]],
    ['Observation', 'code=a,b', [{ code: 'a' }, { code: 'b' }]],
    ['Patient', 'active=true', [{ code: 'true' }]],
    ['Patient', '_id=ehr.1,ehr.2', [{ code: 'ehr.1' }, { code: 'ehr.2' }]],
    // https://hl7.org/fhir/R4/search.html#escaping: split before unescape
    ['Observation', String.raw`code=a\,b,c\|d|e\\`, [{ code: 'a,b' }, { system: 'c|d', code: 'e\\' }]],
    ['Observation', String.raw`code=a\$b\x`, [{ code: String.raw`a$b\x` }]],
    // https://hl7.org/fhir/R4/search.html#string
    [
      'Patient',
      'name=Müller,O Brien',
      [
        { mode: 'starts', value: 'Müller' },
        { mode: 'starts', value: 'O Brien' },
      ],
    ],
    ['Patient', 'name:exact=Eve', [{ mode: 'exact', value: 'Eve' }]],
    ['Patient', 'name:contains=eve', [{ mode: 'contains', value: 'eve' }]],
    ['Patient', 'name=100%_a', [{ mode: 'starts', value: '100%_a' }]],
    // https://hl7.org/fhir/R4/search.html#date
    ['Patient', 'birthdate=1980', [{ prefix: 'eq', civil: '1980', precision: 'year' }]],
    ['Patient', 'birthdate=ge1980-02', [{ prefix: 'ge', civil: '1980-02', precision: 'month' }]],
    ['Patient', 'birthdate=2000-02-29', [{ prefix: 'eq', civil: '2000-02-29', precision: 'day' }]],
    [
      'Patient',
      'birthdate=lt0001,gt9999-12-31',
      [
        { prefix: 'lt', civil: '0001', precision: 'year' },
        { prefix: 'gt', civil: '9999-12-31', precision: 'day' },
      ],
    ],
    ['Observation', 'date=sa2020-01-01T10:00', [{ prefix: 'sa', civil: '2020-01-01T10:00', precision: 'minute' }]],
    [
      'Observation',
      'date=2020-01-01T10:00:30Z',
      [{ prefix: 'eq', civil: '2020-01-01T10:00:30', precision: 'second', offset: 'Z' }],
    ],
    [
      'Observation',
      'date=ap2020-01-01T10:00:30.5-05:00',
      [{ prefix: 'ap', civil: '2020-01-01T10:00:30.500', precision: 'millisecond', offset: '-05:00' }],
    ],
    [
      'Observation',
      'date=2020-01-01T10:00:30.123000',
      [{ prefix: 'eq', civil: '2020-01-01T10:00:30.123', precision: 'millisecond' }],
    ],
    // https://hl7.org/fhir/R4/search.html#number
    ['RiskAssessment', 'probability=0.50', [{ prefix: 'eq', number: '0.50' }]],
    ['RiskAssessment', 'probability=gt-1e2', [{ prefix: 'gt', number: '-1e2' }]],
    // https://hl7.org/fhir/R4/search.html#quantity
    ['Observation', 'value-quantity=5.40', [{ prefix: 'eq', number: '5.40' }]],
    [
      'Observation',
      'value-quantity=le5.4|http://unitsofmeasure.org|mg',
      [{ prefix: 'le', number: '5.4', system: 'http://unitsofmeasure.org', code: 'mg' }],
    ],
    ['Observation', 'value-quantity=5.4||mg', [{ prefix: 'eq', number: '5.4', code: 'mg' }]],
    // https://hl7.org/fhir/R4/search.html#reference
    ['Observation', 'subject=ehr.1', [{ id: 'ehr.1' }]],
    ['Observation', 'subject=Patient/ehr.1', [{ type: 'Patient', id: 'ehr.1' }]],
    ['Observation', 'subject=Patient/ehr.1/_history/3', [{ type: 'Patient', id: 'ehr.1' }]],
    ['Observation', 'subject=https://example.org/fhir/Patient/ehr.1', [{ type: 'Patient', id: 'ehr.1' }]],
    ['Observation', 'subject=https://elsewhere.org/fhir/Patient/1', [{ url: 'https://elsewhere.org/fhir/Patient/1' }]],
    ['Observation', 'subject=urn:uuid:0', [{ url: 'urn:uuid:0' }]],
    ['Observation', 'subject:Patient=ehr.1', [{ type: 'Patient', id: 'ehr.1' }]],
    ['Observation', 'subject=Device/1', [{ type: 'Device', id: '1' }]],
    ['Observation', 'subject:Device=1', [{ type: 'Device', id: '1' }]],
    // https://hl7.org/fhir/R4/search.html#uri
    ['ValueSet', 'url=urn:a', [{ mode: 'exact', value: 'urn:a' }]],
    ['ValueSet', 'url:below=http://a/', [{ mode: 'below', value: 'http://a/' }]],
    // https://hl7.org/fhir/R4/search.html#combining
    [
      'Observation',
      'code-value-quantity=http://loinc.org|718-7$gt5,a$1',
      [
        {
          parts: [
            { is: 'token', system: 'http://loinc.org', code: '718-7' },
            { is: 'quantity', prefix: 'gt', number: '5' },
          ],
        },
        {
          parts: [
            { is: 'token', code: 'a' },
            { is: 'quantity', prefix: 'eq', number: '1' },
          ],
        },
      ],
    ],
    [
      'Observation',
      'code-value-date=a$ge2020',
      [
        {
          parts: [
            { is: 'token', code: 'a' },
            { is: 'date', prefix: 'ge', civil: '2020', precision: 'year' },
          ],
        },
      ],
    ],
  ])('%s?%s', (type, query, expected) => {
    expect(values(type, query)).toEqual(expected);
  });

  it.each([
    ['Patient', 'birthdate=2020-13-01'],
    ['Patient', 'birthdate=2021-02-29'],
    ['Patient', 'birthdate=1900-02-29'],
    ['Patient', 'birthdate=0000-01-01'],
    ['Patient', 'birthdate=10000'],
    ['Patient', 'birthdate=20200101'],
    ['Patient', 'birthdate=yesterday'],
    ['Patient', 'birthdate=xx2020'],
    ['Patient', 'birthdate='],
    ['Patient', 'birthdate=ge'],
    ['Observation', 'date=2020-01-01T25:00'],
    ['Observation', 'date=2020-01-01T10:00:60Z'],
    ['Observation', 'date=2020-01-01T10'],
    ['Observation', 'date=2020-01-01T10:00:00 02:00'],
    ['Observation', 'date=2020-01-01T10:00:00+15:00'],
    ['Observation', 'date=2020-01-01T10:00:00.1234'],
    ['RiskAssessment', 'probability=abc'],
    ['RiskAssessment', 'probability=1.2.3'],
    ['RiskAssessment', 'probability=--1'],
    ['RiskAssessment', 'probability=1e99999999'],
    ['RiskAssessment', `probability=${'9'.repeat(31)}`],
    ['RiskAssessment', 'probability=Infinity'],
    ['Observation', 'value-quantity=5|mg'],
    ['Observation', 'value-quantity=|sys|mg'],
    ['Observation', 'code-value-quantity=alone'],
    ['Observation', 'code-value-quantity=a$b'],
    ['Observation', 'code-value-quantity=a$1$2'],
    ['Observation', 'code=|'],
    ['Observation', 'code=a|b|c'],
    ['Observation', 'code='],
    ['Observation', 'code=a,'],
    ['Patient', 'active=maybe'],
    ['Patient', 'deceased=maybe'],
    ['Patient', 'name='],
    ['Patient', 'name:missing=perhaps'],
    ['Observation', 'subject=Patient/'],
    ['Observation', 'subject=Nothing/1'],
    ['Observation', 'subject=Patient/1/2'],
    ['Observation', 'subject=a b'],
    ['Observation', 'subject:Patient=Device/1'],
    ['Observation', 'code:not='],
    ['Patient', '_count=abc'],
    ['Patient', '_count=-1'],
    ['Patient', '_count=1&_count=2'],
    ['Patient', '_total=bogus'],
    ['Patient', '_summary=maybe'],
    ['Patient', '_elements=nme'],
    ['Patient', '_elements='],
    ['Patient', '_elements=name&_summary=true'],
    ['Patient', '_sort=nosuch'],
    ['Patient', '_sort=gender'],
    ['Patient', '_sort=name,birthdate'],
    ['Patient', '_sort='],
    ['Patient', '_include=Patient'],
    ['Patient', '_include=Observation:subject'],
    ['Patient', '_include=Nothing:x'],
    ['Patient', '_revinclude=Observation:subject:Device'],
    ['Patient', '_summary=text&_include=Patient:general-practitioner'],
    ['Observation', 'subject:Nothing.name=a'],
    ['Observation', 'subject:Practitioner.name=a'],
    ['Observation', 'subject.=a'],
    ['Observation', 'code.name=a'],
    ['Patient', '_has=a'],
    ['Patient', '_has:Observation:subject=a'],
    ['Patient', '_has:Nothing:subject:code=a'],
    ['Patient', '_has:Observation:performer:code=a'],
    ['Observation', 'subject.birthdate=xx'],
    ['Patient', '_has:Observation:subject:date=xx'],
  ])('refuses %s?%s, names the parameter and never repeats the value', (type, query) => {
    for (const handling of ['default', 'strict', 'lenient'] as const) {
      const fault = refusal(type, query, handling);
      const [name = '', value = ''] = query.split('&').at(-1)?.split('=') ?? [];
      expect([fault.status, fault.code]).toEqual([400, 'search.invalid-value']);
      expect(query).toContain(fault.expression);
      if (value.length > 3 && !name.startsWith('_')) expect(fault.message).not.toContain(value);
    }
  });
});

describe('modifiers (https://hl7.org/fhir/R4/search.html#modifiers)', () => {
  it('refuses a text of combining marks alone, of which folding leaves nothing', () => {
    expect(refusal('Patient', 'name=\u0301').code).toBe('search.invalid-value');
  });

  it('knows :not, :missing and the types of a reference', () => {
    expect(first('Patient', 'gender:not=male,female')).toMatchObject({ negated: true, values: [{}, {}] });
    expect(first('Patient', 'gender:missing=true')).toEqual({ is: 'missing', code: 'gender', missing: true });
    expect(first('Patient', 'gender:missing=false')).toEqual({ is: 'missing', code: 'gender', missing: false });
  });

  it.each([
    ['Patient', 'name:nosuch=a'],
    ['Patient', 'birthdate:exact=2020'],
    ['Observation', 'code:in=http://a'],
    ['Observation', 'code:text=a'],
    ['Observation', 'subject:identifier=a|b'],
    ['Observation', 'subject:Practitioner=1'],
    ['Patient', 'name:exact:contains=a'],
    ['Patient', '_id:missing=true'],
    ['Patient', '_count:exact=1'],
    ['Patient', '_include:iterate=Patient:general-practitioner'],
    ['Patient', '_has:Observation:subject:code:nosuch=a'],
    ['Observation', 'subject.name:nosuch=a'],
  ])('refuses %s?%s even when lenient', (type, query) => {
    for (const handling of ['default', 'lenient'] as const)
      expect(refusal(type, query, handling)).toMatchObject({ code: 'search.unsupported-modifier', status: 400 });
  });
});

describe('what cannot be applied (decision 10; https://hl7.org/fhir/R4/search.html#errors)', () => {
  it.each([
    ['unsupported', 'Patient', 'telecom=1&_id=x'],
    ['unsupported', 'Patient', '_content=a&_id=x'],
    ['unsupported', 'Patient', '_filter=a&_id=x'],
    ['unsupported', 'Patient', '_revinclude=Provenance:target&_id=x'],
    ['unsupported', 'Patient', '_include=*&_id=x'],
    ['unsupported', 'Patient', '_include=Patient:nosuch&_id=x'],
    ['unsupported', 'Observation', 'subject:Device.identifier=a&_id=x'],
    ['unsupported', 'Observation', 'subject.general-practitioner.name=a&_id=x'],
    ['unsupported', 'Observation', 'subject.telecom=a&_id=x'],
    ['unsupported', 'Patient', '_has:Encounter:subject:status=a&_id=x'],
    ['unsupported', 'Patient', '_has:Observation:subject:_has:X:y:z=a&_id=x'],
    ['undefined', 'Patient', 'nosuch=1&_id=x'],
    ['undefined', 'Patient', 'nosuch:exact=1&_id=x'],
    ['undefined', 'Patient', 'nosuch.name=1&_id=x'],
    ['undefined', 'Patient', '=1&_id=x'],
  ])('%s: %s?%s', (how, type, query) => {
    const code = how === 'undefined' ? 'search.unknown-parameter' : 'search.unsupported-parameter';
    expect(refusal(type, query, 'strict').code).toBe(code);
    const lenient = parse(type, query, 'lenient');
    expect(lenient.plan.ignored).toHaveLength(1);
    expect(lenient.applied).toEqual([['_id', 'x']]);
    if (how === 'undefined') expect(parse(type, query)).toEqual(lenient);
    else expect(refusal(type, query).code).toBe(code);
  });

  it('is told with the target type that was asked for', () => {
    expect(refusal('Observation', '_include=Observation:performer:Patient&_id=x', 'strict').message).toContain(
      'Observation:performer:Patient is not served here',
    );
  });

  it('is never a match-all', () => {
    expect(refusal('Patient', 'nosuch=1').code).toBe('search.no-criterion');
    expect(refusal('Patient', 'nosuch=1&_count=5&_sort=name').code).toBe('search.no-criterion');
    expect(refusal('Patient', 'telecom=1', 'lenient').code).toBe('search.no-criterion');
    expect(refusal('Account', '').code).toBe('request.unknown-type');
    expect(plan('Patient', '')).toMatchObject({ where: [], count: 20, total: 'none', includes: [], ignored: [] });
    expect(plan('Patient', '_count=5').where).toEqual([]);
  });

  it('bounds the number of parameters and values', () => {
    expect(refusal('Patient', '_id=x&'.repeat(101)).status).toBe(400);
    expect(refusal('Patient', `_id=${'x,'.repeat(1001)}x`).code).toBe('search.invalid-value');
  });
});

describe('combining', () => {
  it('joins repeated parameters by AND and commas by OR (https://hl7.org/fhir/R4/search.html#combining)', () => {
    const { where } = plan('Observation', 'date=ge2020,lt1990&date=le2021&code=a,b');
    expect(where.map((c) => (c.is === 'parameter' ? [c.code, c.values.length] : c))).toEqual([
      ['date', 2],
      ['date', 1],
      ['code', 2],
    ]);
  });

  it('chains one level, to each served target that has the parameter (https://hl7.org/fhir/R4/search.html#chaining)', () => {
    const inner = { is: 'parameter', code: 'name', type: 'string', negated: false };
    const value = { is: 'string', mode: 'exact', value: 'a' };
    expect(first('Observation', 'subject:Patient.name:exact=a')).toEqual({
      is: 'chain',
      code: 'subject',
      targets: [{ type: 'Patient', where: [{ ...inner, values: [value] }] }],
    });
    const targets = (query: string): unknown => {
      const chain = first('Observation', query);
      return chain?.is === 'chain' ? chain.targets.map((target) => target.type) : chain;
    };
    expect(targets('performer.name=a')).toEqual(['Practitioner', 'Organization']);
    expect(targets('performer.address=a')).toEqual(['Organization']);
    expect(targets('performer:Practitioner.name=a')).toEqual(['Practitioner']);
    expect(targets('patient._id=a')).toEqual(['Patient']);
  });

  it('reverses one level (https://hl7.org/fhir/R4/search.html#has)', () => {
    expect(first('Patient', '_has:Observation:patient:code:not=a')).toEqual({
      is: 'has',
      code: 'patient',
      source: {
        type: 'Observation',
        where: [{ is: 'parameter', code: 'code', type: 'token', negated: true, values: [{ is: 'token', code: 'a' }] }],
      },
    });
  });

  it('includes (https://hl7.org/fhir/R4/search.html#include)', () => {
    const include = (code: string, type: string) => ({ direction: 'include', code, other: { type, where: [] } });
    expect(
      plan('Observation', '_include=Observation:performer&_include=Observation:performer:Organization').includes,
    ).toEqual([include('performer', 'Practitioner'), include('performer', 'Organization')]);
    expect(plan('Patient', '_revinclude=Observation:subject:Patient').includes).toEqual([
      { direction: 'revinclude', code: 'subject', other: { type: 'Observation', where: [] } },
    ]);
  });
});

describe('result parameters (https://hl7.org/fhir/R4/search.html#modifyingresults)', () => {
  it.each([
    ['_count=0', { count: 0, total: 'accurate', summary: 'false' }],
    ['_count=7', { count: 7, total: 'none' }],
    ['_count=5000', { count: 100 }],
    ['_summary=count', { count: 0, total: 'accurate', summary: 'count' }],
    ['_summary=true', { summary: 'true', count: 20 }],
    ['_total=none', { total: 'none' }],
    ['_total=accurate', { total: 'accurate' }],
    ['_total=estimate', { total: 'accurate' }],
    ['_sort=-birthdate', { sort: { code: 'birthdate', descending: true } }],
    ['_elements=name,deceased[x]&_elements=name', { elements: ['name', 'deceased'] }],
    ['_format=json&_pretty=true', { ignored: [] }],
  ])('%s', (query, expected) => {
    expect(plan('Patient', query)).toMatchObject(expected);
  });

  it('tells the pairs that are applied, for the self link', () => {
    const { applied } = parse(
      'Patient',
      'name=a,b&nosuch=1&_count=5000&_include=Patient:general-practitioner&_format=json',
    );
    expect(queryStringOf(applied)).toBe('name=a,b&_count=100&_include=Patient:general-practitioner');
    expect(queryStringOf([['code', 'http://loinc.org|a&b=c d+']])).toBe('code=http://loinc.org%7Ca%26b%3Dc%20d%2B');
  });
});

describe('properties', () => {
  it('escapes and unescapes round', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unescapeValue(escapeValue(text))).toBe(text);
        for (const separator of [',', '|', '$'] as const)
          expect(splitEscaped(escapeValue(text), separator)).toHaveLength(1);
      }),
    );
  });

  it('splits into the escaped parts again', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (parts) => {
        expect(splitEscaped(parts.map(escapeValue).join(','), ',').map(unescapeValue)).toEqual(parts);
      }),
    );
  });

  it('throws nothing but a Fault of the caller', () => {
    const word = fc.constantFrom(
      ...[
        'name',
        'code',
        '_has',
        ':',
        '.',
        'subject',
        'Patient',
        'Observation',
        ',',
        '|',
        '$',
        '\\',
        '_count',
        '_sort',
      ],
      ...[
        '_include',
        '=',
        '2020-01-01',
        '5e',
        'ge',
        '_elements',
        'exact',
        'missing',
        '__proto__',
        'constructor',
        '/',
        '-',
      ],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.array(word, { maxLength: 7 }).map((w) => w.join('')),
    );
    const pairs = fc.array(fc.tuple(text, text), { maxLength: 4 });
    const types = fc.constantFrom<ResourceType>('Patient', 'Observation', 'RiskAssessment', 'ValueSet');
    const handlings = fc.constantFrom<Handling>('default', 'strict', 'lenient');
    fc.assert(
      fc.property(types, pairs, handlings, (type, given, handling) => {
        try {
          const parsed = parseSearch({ served, type, pairs: given, handling, countDefault: 20, countMax: 100 });
          const again = parseSearch({
            served,
            type,
            pairs: parsed.applied,
            handling: 'strict',
            countDefault: 20,
            countMax: 100,
          });
          expect({ ...again.plan, ignored: [] }).toEqual({ ...parsed.plan, ignored: [] });
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          expect(error.status).toBe(400);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
