import type { Chunk, SearchPlan } from '../contracts/index.ts';
import { Fault } from '../core/index.ts';
import {
  contentTypeOf,
  etagOf,
  isNotModified,
  lastModifiedOf,
  searchsetBundle,
  type Asked,
  type Conditions,
} from '../fhir/index.ts';
import type { Answer } from './exchange.ts';
import { indentJson } from './pretty.ts';

/** An answer before its route is added. */
export type Written = Pick<Answer, 'status' | 'headers' | 'body'>;

/** A resource, or 304 where the caller holds this version already (https://hl7.org/fhir/R4/http.html#cread). */
export function readAnswer(asked: Asked, conditions: Conditions, chunk: Chunk | undefined): Written {
  const entry = chunk?.entries[0];
  if (entry === undefined) throw new Fault('read.not-found', 'There is no such instance.');
  const { versionId, lastUpdated, text } = entry;
  const headers = {
    ...(versionId === undefined ? {} : { ETag: etagOf(versionId) }),
    ...(lastUpdated === undefined ? {} : { 'Last-Modified': lastModifiedOf(lastUpdated) }),
  };
  if (isNotModified(conditions, entry)) return { status: 304, headers: { ...headers, ...confidential }, body: '' };
  const answer = textAnswer(asked, text);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** What a searchset is written from. */
export interface FoundPage {
  readonly base: string;
  readonly self: string;
  /** Seals the place where the next page begins. */
  readonly nextUrl: (cursor: NonNullable<Chunk['next']>) => string;
  readonly plan: SearchPlan;
  readonly chunks: readonly Chunk[];
}

/** A searchset Bundle. */
export function searchAnswer(asked: Asked, { base, self, nextUrl, plan, chunks }: FoundPage): Written {
  const last = chunks.at(-1);
  const total = chunks.find((chunk) => chunk.total !== undefined)?.total;
  const bundle = searchsetBundle({
    base,
    self,
    entries: chunks.flatMap((chunk) => chunk.entries),
    issues: chunks.flatMap((chunk) => chunk.issues),
    ignored: plan.ignored,
    ...(total === undefined ? {} : { total }),
    ...(last?.next === undefined ? {} : { next: nextUrl(last.next) }),
  });
  return textAnswer(asked, bundle);
}

/** Written text in the format that was asked for. */
export function textAnswer(asked: Asked, text: string): Written {
  return {
    status: 200,
    headers: { 'Content-Type': contentTypeOf(asked.format), ...confidential },
    body: asked.pretty ? indentJson(text) : text,
  };
}

/** Answers may hold PHI: nobody in between keeps them. */
const confidential = { 'Cache-Control': 'no-store' } as const;
