import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Binary, Bundle, DocumentReference, DiagnosticReport } from '@medplum/fhirtypes';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';

const DISCHARGE_SUMMARY = '18842-5';

/** https://hl7.org/fhir/R4/binary.html#rest */
describe('a Binary', () => {
  let server: DemoServer;
  let binary: Binary;
  let url: string;

  beforeAll(async () => {
    server = await startDemoServer();
    const found = (await server.search('Binary?_count=1')) as Bundle<Binary>;
    binary = found.entry?.[0]?.resource as Binary;
    url = `${server.base}/Binary/${binary.id ?? ''}`;
  });
  afterAll(() => server.stop());

  it.each([['*/*'], ['application/pdf'], ['image/png, */*;q=0.1'], ['text/html,application/xhtml+xml,*/*;q=0.8']])(
    'is what it holds for Accept: %s',
    async (accept) => {
      const response = await fetch(url, { headers: { Accept: accept } });
      expect(response.status).toBe(200);
      const { headers } = response;
      expect(headers.get('content-type')).toBe('application/pdf');
      expect(headers.get('x-security-context')).toBe(binary.securityContext?.reference);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('etag')).toBe(`W/"${binary.meta?.versionId ?? ''}"`);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(headers.get('content-length')).toBe(String(bytes.length));
      expect(bytes.toString('latin1')).toMatch(/^%PDF-1\.4\n[^]*\n%%EOF\n$/);
      expect(bytes.toString('base64')).toBe(binary.data);
    },
  );

  it.each([
    ['application/fhir+json', ''],
    ['application/json;q=0.5, */*', ''],
    ['*/*', '?_format=json'],
    ['*/*', '?_elements=contentType'],
    ['*/*', '?_summary=true'],
  ])('is a resource for Accept: %s %s', async (accept, query) => {
    const response = await fetch(url + query, { headers: { Accept: accept } });
    expect(response.headers.get('content-type')).toMatch(/json/);
    expect(await response.json()).toMatchObject({ resourceType: 'Binary', id: binary.id });
  });

  it('has no body for HEAD and for who knows it already', async () => {
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    const etag = head.headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });

  it('is refused as a resource is', async () => {
    const missing = await fetch(`${server.base}/Binary/mbi.1`, { headers: { Accept: 'application/pdf' } });
    expect([missing.status, missing.headers.get('content-type')]).toEqual([
      404,
      'application/fhir+json; charset=utf-8',
    ]);
    expect((await fetch(url, { headers: { Accept: 'application/fhir+json' }, method: 'DELETE' })).status).toBe(405);
    expect((await fetch(`${server.base}/Patient`, { headers: { Accept: 'application/pdf' } })).status).toBe(406);
  });

  it('is what the report and the document refer to with one address', async () => {
    const { entry = [] } = (await server.search('DocumentReference?contenttype=application/pdf&_count=50')) as Bundle;
    expect(entry.length).toBeGreaterThan(0);
    const kinds = new Set<boolean>();
    for (const { resource } of entry) {
      const document = resource as DocumentReference;
      const address = document.content[1]?.attachment.url;
      const [, number = ''] = document.id?.split('.') ?? [];
      const code = document.type?.coding?.[0]?.code ?? '';
      // A note is no report.
      const isReport = code !== DISCHARGE_SUMMARY;
      kinds.add(isReport);
      const report = await server.read<DiagnosticReport>(
        `DiagnosticReport/${code === '51969-4' ? 'mdg' : 'mdr'}.${number}`,
      );
      expect(report.presentedForm?.[1]?.url).toBe(isReport ? address : undefined);
      const response = await fetch(`${server.base}/${address ?? ''}`);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      await response.arrayBuffer();
    }
    expect(kinds.size).toBe(2);
  });
});
