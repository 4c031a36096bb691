import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** One answer, as it left the server. */
export interface SeenAnswer {
  readonly method: string;
  /** Path and query as received. */
  readonly target: string;
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Responses }>>>>;
  readonly components: { readonly responses: Responses; readonly headers: Readonly<Record<string, Header>> };
}
type Responses = Readonly<Record<string, Response | { readonly $ref: string }>>;
interface Response {
  readonly headers?: Readonly<Record<string, Header | { readonly $ref: string }>>;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}
interface Header {
  readonly required?: boolean;
  readonly schema: object;
}

/** A described response, and where it stands in the description. */
interface Found {
  readonly response: Response;
  readonly pointer: string;
}

/** What the description of the API does not allow in an answer; empty where it is as described. */
export type Judge = (answer: SeenAnswer) => readonly string[];

/** Takes a description as JSON text, without one `openapi/fascia.json`, and compiles its schemas as they are needed. */
export function createJudge(json = readFileSync(join(process.cwd(), 'openapi', 'fascia.json'), 'utf8')): Judge {
  const description = JSON.parse(json) as Description;
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { uri: isUri } });
  ajv.addSchema(description, 'openapi');
  const compiled = new Map<string, ValidateFunction>();
  const schemaAt = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
  const operations = operationsOf(description);
  return (answer) => {
    // A slash at the end changes nothing; a description has no words for that.
    const path = (answer.target.split('?', 1)[0] ?? '').replace(/(?<=.)\/$/, '');
    const { responses, pointer } = operations(path, answer.method);
    const found = responseOf(answer, responses, pointer, description);
    if (found === undefined) return [`the status ${String(answer.status)} is not described here`];
    return [...headerProblems(answer, found, description, ajv), ...bodyProblems(answer, found, schemaAt)];
  };
}

interface Operation {
  readonly responses: Responses;
  readonly pointer: string;
}

/** The operation of a path and a method. What is not described may only fail, as the shared failures say. */
function operationsOf(description: Description): (path: string, method: string) => Operation {
  const { failures, preflight } = undescribed(description);
  // Paths without parameters win (https://spec.openapis.org/oas/v3.1.0#paths-object).
  const items = Object.entries(description.paths)
    .map(([template, item]) => ({ template, item, is: patternOf(template) }))
    .sort((a, b) => a.template.split('{').length - b.template.split('{').length);
  return (path, method) => {
    if (method === 'OPTIONS') return preflight;
    const found = items.find(({ is }) => is.test(path));
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
    const operation = found?.item[verb];
    if (found === undefined || operation === undefined) return failures;
    const pointer = `#/paths/${escapePointer(found.template)}/${verb}/responses`;
    return { responses: operation.responses, pointer };
  };
}

function undescribed(description: Description): { readonly failures: Operation; readonly preflight: Operation } {
  const { responses } = description.components;
  const byStatus = Object.fromEntries(
    Object.keys(responses).map((name) => [name.replace('Failure', ''), { $ref: `#/components/responses/${name}` }]),
  );
  const pointer = '#/components/responses';
  return {
    failures: { responses: byStatus, pointer },
    preflight: { responses: { ...byStatus, '204': { description: 'A preflight.' } as Response }, pointer },
  };
}

function responseOf(
  { status }: SeenAnswer,
  responses: Responses,
  pointer: string,
  description: Description,
): Found | undefined {
  const described = responses[String(status)];
  if (described === undefined) return undefined;
  if (!('$ref' in described)) return { response: described, pointer: `${pointer}/${String(status)}` };
  const name = described.$ref.split('/').at(-1) ?? '';
  const response = description.components.responses[name] as Response | undefined;
  return response && { response, pointer: described.$ref };
}

function headerProblems({ headers }: SeenAnswer, { response }: Found, description: Description, ajv: Ajv2020): string[] {
  return Object.entries(response.headers ?? {}).flatMap(([name, described]) => {
    const header = '$ref' in described ? description.components.headers[described.$ref.split('/').at(-1) ?? ''] : described;
    const value = headers[name.toLowerCase()];
    if (header === undefined) return [`the header ${name} is described nowhere`];
    if (value === undefined) return header.required === true ? [`the header ${name} is missing`] : [];
    const isRight: boolean = ajv.validate(header.schema, value);
    return isRight ? [] : [`the header ${name} is ${value}`];
  });
}

function bodyProblems(
  { method, headers, body }: SeenAnswer,
  { response, pointer }: Found,
  schemaAt: (pointer: string) => ValidateFunction,
): string[] {
  const type = headers['content-type']?.split(';')[0];
  if (response.content === undefined) return body === '' ? [] : ['there is a body, and none is described'];
  if (type !== undefined && Object.hasOwn(response.content, '*/*') && !Object.hasOwn(response.content, type)) return [];
  if (type === undefined || !Object.hasOwn(response.content, type)) return [`the content type ${type ?? 'none'} is not described`];
  if (method === 'HEAD') return body === '' ? [] : ['a HEAD has a body'];
  if (response.content[type]?.schema === undefined) return [];
  const validate = schemaAt(`${pointer}/content/${escapePointer(type)}/schema`);
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return ['the body is not JSON'];
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath === '' ? 'the body' : instancePath} ${message}`);
}

/** `/fhir/Patient/{id}` as a pattern of paths. */
function patternOf(template: string): RegExp {
  const escaped = template.replace(/[$.()]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${escaped}$`);
}

/** https://www.rfc-editor.org/rfc/rfc6901 in a URI fragment. */
function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function isUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/.test(text);
}
