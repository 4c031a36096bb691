import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fault } from '../../../src/core/index.ts';
import { parseRequest, type FhirRequest, type IncomingRequest } from '../../../src/fhir/index.ts';
import { served } from './served.ts';

const bounds = { countDefault: 20, countMax: 100 };

interface Facts {
  readonly headers?: IncomingRequest['headers'];
  readonly body?: string;
}

function ask(line: string, facts: Facts = {}): FhirRequest {
  const [method = '', target = ''] = line.split(/ (.*)/s);
  const [path = '', queryString = ''] = target.split(/\?(.*)/s);
  const { headers = {}, body } = facts;
  return parseRequest(
    { method, path, queryString, headers, base: 'https://example.org/fhir', ...(body === undefined ? {} : { body }) },
    served,
    bounds,
  );
}

function refused(line: string, facts?: Facts): Fault {
  try {
    ask(line, facts);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`${line} was not refused`);
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/fhir+json' };

describe('interactions (https://hl7.org/fhir/R4/http.html)', () => {
  it.each([
    ['GET /metadata', { is: 'capabilities', route: 'GET /metadata' }],
    ['HEAD /metadata/?mode=full', { is: 'capabilities' }],
    [
      'GET /Patient/ehr.1',
      { is: 'read', route: 'GET /Patient/{id}', plan: { type: 'Patient', id: 'ehr.1', where: [], summary: 'false' } },
    ],
    ['GET /Patient/ehr%2E1/', { is: 'read', plan: { id: 'ehr.1' } }],
    ['HEAD /Patient/1?_elements=name&_pretty=true', { is: 'read', pretty: true, plan: { elements: ['name'] } }],
    ['GET /Patient/1?_summary=data', { is: 'read', plan: { summary: 'data' } }],
    [
      'GET /Patient/1/_history/a1',
      { is: 'vread', route: 'GET /Patient/{id}/_history/{vid}', plan: { id: '1', versionId: 'a1' } },
    ],
    ['GET /Patient', { is: 'search', route: 'GET /Patient', applied: [], plan: { where: [] } }],
    ['GET /Patient/?name=a+b%2Bc%252C', { is: 'search', applied: [['name', 'a b+c%2C']] }],
    [
      'GET /Patient?&name=a&&name=b',
      {
        is: 'search',
        applied: [
          ['name', 'a'],
          ['name', 'b'],
        ],
      },
    ],
    ['GET /Patient?_page=abc', { is: 'page', type: 'Patient', token: 'abc' }],
    ['GET /Patient?_page=abc&_format=json', { is: 'page', token: 'abc' }],
    ['GET /Patient/1/$validate', { is: 'validate', type: 'Patient', id: '1' }],
    ['POST /Patient/1/%24validate?mode=profile', { is: 'validate', id: '1', mode: 'profile' }],
  ])('%s', (line, expected) => {
    expect(ask(line)).toMatchObject(expected);
  });

  it('searches alike by GET and by POST, whose form follows the query (https://hl7.org/fhir/R4/http.html#search)', () => {
    const get = ask('GET /Patient?_count=2&name=a%2Cb');
    const post = ask('POST /Patient/_search?_count=2', { headers: form, body: 'name=a%2Cb' });
    expect({ ...post, route: '' }).toEqual({ ...get, route: '' });
    expect(ask('POST /Patient/_search?name=a')).toMatchObject({ is: 'search', applied: [['name', 'a']] });
    const charset = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
    expect(ask('POST /Patient/_search', { headers: charset, body: 'name=%C3%A9' })).toMatchObject({
      applied: [['name', 'é']],
    });
  });

  it('reads conditions and preferences', () => {
    const headers = {
      'if-none-match': 'W/"a"',
      prefer: 'return=minimal; handling=strict, foo',
    };
    expect(ask('GET /Patient/1', { headers })).toMatchObject({
      conditions: { ifNoneMatch: 'W/"a"' },
      preferences: { handling: 'strict', return: 'minimal' },
    });
    expect(ask('GET /Patient/1').preferences).toEqual({ handling: 'default' });
    expect(refused('GET /Patient/1?nosuch=1', { headers }).code).toBe('search.unknown-parameter');
    expect(refused('GET /Patient?name=a&nosuch=1', { headers }).code).toBe('search.unknown-parameter');
  });

  it('takes a resource to validate bare or in Parameters', () => {
    const resource = { resourceType: 'Patient', id: '1' };
    const parameters = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'mode', valueCode: 'create' },
        { name: 'profile', valueUri: 'http://a' },
        { name: 'resource', resource },
      ],
    };
    expect(ask('POST /Patient/$validate', { headers: json, body: JSON.stringify(resource) })).toMatchObject({
      resource,
    });
    expect(ask('POST /Patient/$validate', { headers: json, body: JSON.stringify(parameters) })).toMatchObject({
      ...{ resource, mode: 'create', profile: 'http://a' },
    });
  });
});

describe('refusals', () => {
  it.each([
    // https://hl7.org/fhir/R4/http.html#Status-Codes
    ['GET /Nothing/1', 404, 'request.unknown-type'],
    ['GET /Account/1', 404, 'request.unknown-type'],
    ['GET /patient/1', 404, 'request.unknown-type'],
    ['GET /__proto__', 404, 'request.unknown-path'],
    ['GET /constructor/1', 404, 'request.unknown-type'],
    ['GET /metadata/x', 404, 'request.unknown-type'],
    ['GET /$export', 404, 'request.unknown-path'],
    ['GET /Patient/$everything', 404, 'request.unknown-path'],
    ['GET /Patient/1/Observation', 404, 'request.unknown-path'],
    ['GET /Patient/1/_history/2/3', 404, 'request.unknown-path'],
    ['GET /Patient/a b', 400, 'request.malformed'],
    ['GET /Patient/a%20b', 400, 'request.malformed'],
    ['GET /Patient/%31%2F2', 400, 'request.malformed'],
    [`GET /Patient/${'a'.repeat(65)}`, 400, 'request.malformed'],
    ['GET /Patient/1/_history/a_b', 400, 'request.malformed'],
    ['GET /Patient//1', 400, 'request.malformed'],
    ['GET /Patient/%', 400, 'request.malformed'],
    ['GET /Patient/%C3%28', 400, 'request.malformed'],
    ['GET /Patient?name=%', 400, 'request.malformed'],
    ['GET /Patient?%ZZ=a', 400, 'request.malformed'],
    ['GET /Patient?name=%00', 400, 'request.malformed'],
    ['GET /Patient?name=%ED%A0%80', 400, 'request.malformed'],
    ['GET /Patient?_pretty=maybe', 400, 'search.invalid-value'],
    ['GET /Patient?_format=xml', 406, 'request.not-acceptable'],
    ['GET /Patient?_format=', 406, 'request.not-acceptable'],
    ['GET /Patient?_page=a&name=b', 400, 'search.page-token'],
    ['GET /Patient?_page=a&_page=b', 400, 'search.page-token'],
    ['GET /metadata?mode=terminology', 400, 'search.invalid-value'],
    ['GET /Patient/1?_summary=count', 400, 'search.invalid-value'],
    ['GET /Patient/1?_elements=nosuch', 400, 'search.invalid-value'],
    ['POST /Patient/$validate', 400, 'request.body-invalid'],
  ])('%s: %i %s', (line, status, code) => {
    expect(refused(line)).toMatchObject({ status, code });
  });

  it.each([
    // https://hl7.org/fhir/R4/http.html#ops, https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
    ['GET /', []],
    ['POST /', []],
    ['GET /_search', []],
    ['GET /_history', []],
    ['GET /Patient/_history', []],
    ['GET /Patient/1/_history', []],
    ['POST /Patient', ['GET', 'HEAD']],
    ['DELETE /Patient/1', ['GET', 'HEAD']],
    ['PUT /Patient/1', ['GET', 'HEAD']],
    ['PATCH /Patient/1', ['GET', 'HEAD']],
    ['OPTIONS /Patient/1', ['GET', 'HEAD']],
    ['GET /Patient/_search', ['POST']],
    ['GET /Patient/$validate', ['POST']],
    ['POST /metadata', ['GET', 'HEAD']],
  ])('%s: 405 with Allow', (line, methods) => {
    expect(refused(line)).toMatchObject({ status: 405, allow: methods });
  });

  it('tells 400 and 406 before 404 and 405', () => {
    expect(refused('DELETE /Nothing/1?_format=xml').status).toBe(406);
    expect(refused('DELETE /Nothing/1?name=%').status).toBe(400);
  });

  it.each([
    ['POST /Patient/_search', 'application/json', 'name=a'],
    ['POST /Patient/_search', undefined, 'name=a'],
    ['POST /Patient/_search', 'application/x-www-form-urlencoded; charset=latin1', 'name=a'],
    ['POST /Patient/$validate', 'application/fhir+xml', '<Patient/>'],
    ['POST /Patient/$validate', 'application/fhir+json; fhirVersion=3.0', '{}'],
    ['POST /Patient/$validate', 'text/plain', '{}'],
  ])('%s as %s: 415 (https://hl7.org/fhir/R4/http.html#mime-type)', (line, type, body) => {
    expect(refused(line, { headers: { 'content-type': type }, body })).toMatchObject({
      status: 415,
      expression: 'Content-Type',
    });
  });

  it.each(['{', '[]', 'null', '{"a":1}', '"x"', '{"resourceType":1}', '{"resourceType":"Parameters"}'])(
    'refuses to validate the body %s',
    (body) => {
      expect(refused('POST /Patient/$validate', { headers: json, body }).code).toBe('request.body-invalid');
    },
  );
});

describe('negotiation (https://hl7.org/fhir/R4/http.html#mime-type)', () => {
  const fhir = 'application/fhir+json';
  it.each([
    [undefined, undefined, fhir],
    ['*/*', undefined, fhir],
    ['application/*', undefined, fhir],
    ['application/json', undefined, 'application/json'],
    ['application/fhir+json', undefined, fhir],
    ['application/fhir+json;fhirVersion=4.0', undefined, fhir],
    ['application/fhir+xml, application/json;q=0.5', undefined, 'application/json'],
    ['application/json;q=0.5, application/fhir+json', undefined, fhir],
    ['application/fhir+json;q=0, */*', undefined, 'application/json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', undefined, 'application/json'],
    ['application/fhir+xml', 'json', fhir],
    ['text/html', 'application/json', 'application/json'],
    ['text/html', 'application/fhir%2Bjson', fhir],
    ['text/html', 'application/fhir+json', fhir],
    ['application/fhir+xml', undefined, undefined],
    ['text/html', undefined, undefined],
    ['application/fhir+json;q=0', undefined, undefined],
    ['application/fhir+json;fhirVersion=5.0', undefined, undefined],
    ['nonsense;;;,', undefined, undefined],
    ['application/fhir+json', 'application/fhir+xml', undefined],
    ['application/fhir+json', 'ttl', undefined],
  ])('Accept %s and _format %s: %s', (accept, format, expected) => {
    const line = format === undefined ? 'GET /metadata' : `GET /metadata?_format=${format}`;
    if (expected === undefined) expect(refused(line, { headers: { accept } }).status).toBe(406);
    else expect(ask(line, { headers: { accept } }).format).toBe(expected);
  });
});

describe('properties', () => {
  it('throws nothing but a Fault of the caller', () => {
    const word = fc.constantFrom(
      ...[
        '/',
        'Patient',
        'Observation',
        '_search',
        '_history',
        '$validate',
        'metadata',
        '1',
        '%',
        '%00',
        '%2F',
        '?',
        '&',
        '=',
      ],
      ...['name', '_count', '_format', 'json', '_page', '..', '#', ';', '__proto__', 'é', '\u0000', '[', '"'],
    );
    const text = fc.oneof(
      fc.array(word, { maxLength: 8 }).map((w) => w.join('')),
      fc.string({ maxLength: 20 }),
    );
    const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'X');
    const headers = fc.dictionary(
      fc.constantFrom('accept', 'content-type', 'prefer', 'if-none-match'),
      fc.oneof(
        fc.string(),
        fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'handling=strict'),
      ),
    );
    fc.assert(
      fc.property(method, text, text, headers, fc.option(text), (verb, path, queryString, given, body) => {
        const incoming = { method: verb, path: `/${path}`, queryString, headers: given, base: 'http://a' };
        try {
          parseRequest(body === null ? incoming : { ...incoming, body }, served, bounds);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          expect(error.status).toBeGreaterThanOrEqual(400);
          expect(error.status).toBeLessThan(500);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
