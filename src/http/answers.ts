import type { Chunk, SearchPlan } from '../contracts/index.ts';
import { Fault } from '../core/index.ts';
import {
  contentTypeOf,
  etagOf,
  isNotModified,
  lastModifiedOf,
  searchsetWriter,
  type Asked,
  type Conditions,
} from '../fhir/index.ts';
import type { Answer, WholeBody } from './exchange.ts';
import { nativeAnswer } from './native.ts';
import { indentJson, jsonIndenter } from './pretty.ts';

/** An answer before its route is added. */
export type Answered = Pick<Answer, 'status' | 'headers' | 'body'>;

/** An answer that is whole. */
export type Written = Answered & { readonly body: WholeBody };

/** A resource, or 304 where the caller holds this version already (https://hl7.org/fhir/R4/http.html#cread). */
export function readAnswer(asked: Asked, conditions: Conditions, chunk: Chunk | undefined): Written {
  const entry = chunk?.entries[0];
  if (entry === undefined) throw new Fault('read.not-found', 'There is no such instance.');
  const { versionId, lastUpdated, text } = entry;
  const headers = {
    ...(versionId === undefined ? {} : { ETag: etagOf(versionId) }),
    ...(lastUpdated === undefined ? {} : { 'Last-Modified': lastModifiedOf(lastUpdated) }),
  };
  if (isNotModified(conditions, versionId)) return { status: 304, headers: { ...headers, ...confidential }, body: '' };
  const answer = asked.native ? nativeAnswer(text) : textAnswer(asked, text);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** What a searchset is written from. */
export interface FoundPage {
  readonly base: string;
  readonly self: string;
  /** Seals the place where the next page begins. */
  readonly nextUrl: (cursor: NonNullable<Chunk['next']>) => string;
  readonly plan: SearchPlan;
  /** Audited one by one, as they are taken. */
  readonly chunks: AsyncGenerator<Chunk>;
}

/** A searchset Bundle: whole where it is one chunk, else in pieces that follow the first chunk. */
export async function searchAnswer(asked: Asked, { base, self, nextUrl, plan, chunks }: FoundPage): Promise<Answered> {
  const writePart = searchsetWriter({ base, self, ignored: plan.ignored });
  const indent = asked.pretty ? jsonIndenter() : (text: string): string => text;
  const write = ({ next, ...part }: Chunk): string => {
    const text = indent(writePart(next === undefined ? part : { ...part, next: nextUrl(next) }));
    return asked.pretty && part.last ? `${text}\n` : text;
  };
  const { value: first } = (await chunks.next()) as { readonly value?: Chunk };
  if (first === undefined) throw new Error('A search yields at least one chunk.');
  const body = first.last ? write(first) : pieces(first, chunks, write);
  return { status: 200, headers: headersOf(asked), body };
}

async function* pieces(
  first: Chunk,
  others: AsyncGenerator<Chunk>,
  write: (chunk: Chunk) => string,
): AsyncGenerator<string, undefined> {
  yield write(first);
  for await (const chunk of others) yield write(chunk);
  return undefined;
}

/** Written text in the format that was asked for. */
export function textAnswer(asked: Asked, text: string): Written {
  return { status: 200, headers: headersOf(asked), body: asked.pretty ? indentJson(text) : text };
}

function headersOf(asked: Asked): Answer['headers'] {
  return { 'Content-Type': contentTypeOf(asked.format), ...confidential };
}

/** Answers may hold PHI: nobody in between keeps them. */
const confidential = { 'Cache-Control': 'no-store' } as const;
