import type { Access, Audit, AuthorisedPlan, Chunk, RecordReader, RequestFacts, Sealer } from '../contracts/index.ts';
import { Fault, type Clock, type Emit } from '../core/index.ts';
import {
  openPage,
  pageUrl,
  parseRequest,
  resumeSearch,
  sealPage,
  searchUrl,
  type FhirRequest,
  type IncomingRequest,
  type JsonResource,
  type RequestBounds,
  type Validator,
} from '../fhir/index.ts';
import { narrow } from '../security/index.ts';
import { readAnswer, searchAnswer, textAnswer, type Answered } from './answers.ts';
import { isWhole, type Answer, type Call, type Handler, type Limits } from './exchange.ts';
import { asFault, refusal } from './refusal.ts';

/** Who asks. Throws `access.login`. */
export type Verify = (call: Call) => Access | Promise<Access>;

export interface FhirParts {
  readonly record: RecordReader;
  readonly audit: Audit;
  readonly sealer: Sealer;
  readonly validator: Validator;
  readonly verify: Verify;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly page: { readonly default: number; readonly max: number };
  readonly pageTokenMinutes: number;
  readonly limits: Limits;
  /** The CapabilityStatement for a base URL, as JSON text. */
  readonly capabilities: (base: string) => string;
}

/** What is known of a request on its way; its refusal is audited with it. */
interface Trail {
  readonly call: Call;
  facts: RequestFacts;
  access: Access | undefined;
  route: string;
}

/**
 * The API: limits, verify, parse, narrow, run, audit, answer, in this order, which is also the order of refusals. Nothing of a chunk leaves
 * before its audit record is durable, and one catch audits refusals and failures, exactly once for each request.
 */
export function createFhirHandler(parts: FhirParts): Handler {
  const bounds: RequestBounds = { countDefault: parts.page.default, countMax: parts.page.max };
  return async (call) => {
    const facts = { requestId: call.requestId, query: call.target };
    const trail: Trail = { call, facts, access: undefined, route: `${call.method} /fhir` };
    try {
      const incoming = await limited(call, trail, parts.limits); //             413 414
      const access = await parts.verify(call); //                               401
      trail.access = access;
      const request = parseRequest(incoming, parts.record.served, bounds); //   400 406 415 404 405
      trail.route = `${call.method} /fhir${request.route.slice(request.route.indexOf('/'))}`;
      const answer = await answerTo(request, access, trail, parts, bounds);
      const { body } = answer;
      return { ...answer, body: isWhole(body) ? body : watched(body, trail, parts), route: trail.route };
    } catch (error) {
      return ended(error, trail, parts);
    }
  };
}

/** Refuses what is too long before anything else is looked at. */
async function limited(call: Call, trail: Trail, limits: Limits): Promise<IncomingRequest> {
  const { method, target, headers, base } = call;
  if (Buffer.byteLength(target) > limits.uriBytesMax) {
    const message = `The request target must not exceed ${limits.uriBytesMax} bytes; send a search as POST _search.`;
    throw new Fault('request.uri-too-long', message);
  }
  const mark = target.indexOf('?');
  const [path, queryString] = mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
  if (method === 'GET' || method === 'HEAD') return { method, path, queryString, headers, base };
  const body = await call.body();
  if (path.endsWith('/_search')) trail.facts = { ...trail.facts, query: `${target}\n${body}` };
  return { method, path, queryString, headers, base, body };
}

/** Narrowed, run, audited and written. */
async function answerTo(
  request: FhirRequest,
  access: Access,
  trail: Trail,
  parts: FhirParts,
  bounds: RequestBounds,
): Promise<Answered> {
  const { base } = trail.call;
  switch (request.is) {
    case 'capabilities':
      return textAnswer(request, parts.capabilities(base));
    case 'read':
    case 'vread': {
      const chunk = await runOne(narrow(request.plan, access), access, trail, parts);
      return readAnswer(request, request.conditions, chunk);
    }
    case 'search':
    case 'page': {
      const { type } = request.is === 'page' ? request : request.plan;
      const owner = { type, agent: access.agent };
      const nowMs = parts.clock.nowMs();
      const open = (token: string) => openPage(parts.sealer, owner, token, nowMs, parts.pageTokenMinutes * 60_000);
      const resumed =
        request.is === 'page'
          ? resumeSearch(open(request.token), type, { ...bounds, served: parts.record.served, base })
          : request;
      const { plan, applied } = resumed;
      const self = request.is === 'page' ? pageUrl(base, type, request.token) : searchUrl(base, type, applied);
      const chunks = run(narrow(plan, access), access, trail, parts);
      const nextUrl = (cursor: NonNullable<Chunk['next']>): string =>
        pageUrl(base, type, sealPage(parts.sealer, owner, { pairs: applied, cursor }, nowMs));
      return searchAnswer(request, { base, self, nextUrl, plan, chunks });
    }
    case 'validate':
      return textAnswer(
        request,
        await parts.validator.validate(request, await currentOf(request, access, trail, parts)),
      );
  }
}

/** Runs an authorised plan. Each chunk is audited before anything of it is used. Of an answer without a body no more than the first is run. */
async function* run(plan: AuthorisedPlan, access: Access, trail: Trail, parts: FhirParts): AsyncGenerator<Chunk> {
  const isHead = trail.call.method === 'HEAD';
  for await (const chunk of parts.record.run(plan, trail.call.signal)) {
    await parts.audit.disclosed(trail.facts, access, plan, isHead ? { ...chunk, last: true } : chunk);
    yield chunk;
    if (isHead) return;
  }
}

/** A read is one chunk. */
async function runOne(
  plan: AuthorisedPlan,
  access: Access,
  trail: Trail,
  parts: FhirParts,
): Promise<Chunk | undefined> {
  for await (const chunk of run(plan, access, trail, parts)) return chunk;
  return undefined;
}

/**
 * The pieces of an answer that has begun. What fails, or is left, from now on can only be broken off; that the answer is not whole is audited, as
 * is what was disclosed of it until then.
 */
async function* watched(
  body: AsyncGenerator<string, undefined>,
  trail: Trail,
  parts: FhirParts,
): AsyncGenerator<string, undefined> {
  let isEnded = false;
  try {
    yield* body;
    isEnded = true;
  } catch (error) {
    isEnded = true;
    const { fault } = await ended(error, trail, parts);
    throw fault === undefined ? error : new Fault(fault, 'The answer was broken off.', { cause: error });
  } finally {
    if (!isEnded) await abandoned(trail, parts);
  }
  return undefined;
}

/** The instance that `$validate` names, where the request brings no resource. */
async function currentOf(
  request: Extract<FhirRequest, { is: 'validate' }>,
  access: Access,
  trail: Trail,
  parts: FhirParts,
): Promise<JsonResource | undefined> {
  if (request.resource !== undefined || request.id === undefined) return undefined;
  const plan = { interaction: 'read', type: request.type, id: request.id, where: [], summary: 'false' } as const;
  const chunk = await runOne(narrow(plan, access), access, trail, parts);
  return JSON.parse(chunk?.entries[0]?.text ?? 'null') as JsonResource;
}

/** The one place where a refusal or failure is audited. What cannot be audited is not told: the answer is then 503. */
async function ended(error: unknown, trail: Trail, parts: FhirParts): Promise<Answer> {
  const { call, facts, access, route } = trail;
  const { audit, emit } = parts;
  if (call.signal.aborted) {
    await abandoned(trail, parts);
    return { status: 499, headers: {}, body: '', route };
  }
  const fault = asFault(error, call, emit);
  const audited = audit.ended(facts, access, fault);
  try {
    // A store that was just waited for in vain is not waited for again: the answer is 503 whether this record is taken or not.
    if (fault.code === 'audit.unavailable' || fault.code === 'store.unavailable') audited.catch(() => undefined);
    else await audited;
    return refusal(fault, call, emit, route);
  } catch (unaudited) {
    return refusal(unaudited, call, emit, route);
  }
}

function abandoned({ facts, access }: Trail, { audit }: FhirParts): Promise<void> {
  return audit.ended(facts, access, { code: 'request.abandoned', status: 499 }).catch(() => undefined);
}
