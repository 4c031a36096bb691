import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';
import { createJudge, type SeenAnswer } from '../support/openapi/description.ts';
import { takeFindings, watchAnswers } from '../support/openapi/watch.ts';

/** Every answer of the servers in these tests is judged by the description of the API; here the judge is. */
describe('the description of the API', () => {
  let server: DemoServer;
  const judge = createJudge();

  beforeAll(async () => {
    server = await startDemoServer();
  });
  afterAll(() => server.stop());

  async function seen(path: string, method = 'GET'): Promise<SeenAnswer> {
    const response = await server.fetch(path, { method });
    return {
      method,
      target: `/fhir/${path}`,
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  }

  it('holds for what is answered', async () => {
    for (const path of [
      'Patient?_count=2&_total=accurate',
      'Patient/nobody',
      'Nothing/1',
      'metadata',
      'Patient?birthdate=x',
    ])
      expect({ path, problems: judge(await seen(path)) }).toEqual({ path, problems: [] });
    expect(judge(await seen('Patient?_count=1', 'HEAD'))).toEqual([]);
    expect(judge(await seen('Patient', 'DELETE'))).toEqual([]);
  });

  it('is broken by other statuses, headers and bodies', async () => {
    const page = await seen('Practitioner?_count=2');
    const refused = await seen('Patient', 'DELETE');
    const without = ({ headers, ...answer }: SeenAnswer, name: string): SeenAnswer => ({
      ...answer,
      headers: Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)),
    });
    const wrong: readonly SeenAnswer[] = [
      { ...page, status: 418 },
      { ...page, status: 500 },
      { ...page, target: '/fhir/Nothing' },
      { ...page, method: 'PUT' },
      { ...page, method: 'HEAD' },
      { ...page, headers: { ...page.headers, 'content-type': 'text/html' } },
      { ...page, headers: { ...page.headers, 'cache-control': 'public' } },
      { ...page, body: page.body.slice(0, -1) },
      { ...page, body: page.body.replace('"searchset"', '"batch"') },
      { ...page, body: page.body.replaceAll('"fullUrl"', '"url"') },
      { ...page, body: page.body.replace('"mode":"match"', '"mode":"other"') },
      { ...page, body: '{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"x"}]}' },
      { ...refused, body: refused.body.replace('"severity":"error"', '"severity":"bad"') },
      { ...refused, body: '{"resourceType":"OperationOutcome","issue":[]}' },
      without(page, 'x-request-id'),
      without(page, 'content-type'),
      without(refused, 'allow'),
    ];
    expect(judge(page)).toEqual([]);
    expect(wrong.map((answer) => judge(answer).length > 0)).toEqual(wrong.map(() => true));
  });

  it('is held against each answer of a watched server, whoever asks', async () => {
    const wrong = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/fhir+json' });
      response.write('{"resourceType":"Bundle"');
      response.end('}');
    });
    wrong.listen(0, '127.0.0.1');
    await once(wrong, 'listening');
    const url = `http://127.0.0.1:${String((wrong.address() as AddressInfo).port)}`;
    const ask = async (): Promise<readonly string[]> => {
      await fetch(`${url}/fhir/Patient`).then((response) => response.text());
      return takeFindings();
    };
    expect(await ask()).toEqual([]);
    watchAnswers(url);
    const found = (await ask()).join('\n');
    for (const part of ['GET /fhir/Patient → 200: ', 'X-Request-Id is missing', "must have required property 'link'"])
      expect(found).toContain(part);
    watchAnswers(url, JSON.stringify({ paths: {}, components: { responses: {}, headers: {} } }));
    expect((await ask()).join('\n')).toContain('the status 200 is not described here');
    wrong.closeAllConnections();
    wrong.close();
  });
});
