import type { Binary } from '@medplum/fhirtypes';
import type { Answered } from './answers.ts';

/** Types that a browser shows without running anything in them; all others are only offered to be saved. */
const shown: ReadonlySet<string> = new Set(['application/pdf', 'text/plain', 'image/png', 'image/jpeg']);

/** What can be said in a header. */
const mediaType = /^[\w.+-]+\/[\w.+-]+(?:; *[\w.+-]+=[\w.+-]+)*$/;

/** What a Binary holds, in its own media type, with the proxy by which access to it is decided (https://hl7.org/fhir/R4/binary.html#rest). In: its JSON text. */
export function nativeAnswer(text: string): Answered & { readonly body: Uint8Array } {
  const { contentType, securityContext, data = '' } = JSON.parse(text) as Binary;
  const reference = securityContext?.reference;
  const type = mediaType.test(contentType) ? contentType : 'application/octet-stream';
  return {
    status: 200,
    headers: {
      'Content-Type': type,
      'Cache-Control': 'no-store',
      ...(shown.has(type.split(';')[0]?.trim() ?? '') ? {} : { 'Content-Disposition': 'attachment' }),
      ...(reference === undefined ? {} : { 'X-Security-Context': reference }),
    },
    body: Buffer.from(data, 'base64'),
  };
}
