import type { ResourceType, Served } from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import { isResourceType } from '../definitions/index.ts';
import { idSyntax } from '../search/index.ts';

/** What a path and a method name, before parameters are read. A refusal is thrown later, because others come before 404 and 405. */
export type Route =
  | { readonly is: 'capabilities' }
  | { readonly is: 'read'; readonly type: ResourceType; readonly id: string; readonly versionId?: string }
  | { readonly is: 'search'; readonly type: ResourceType; readonly hasForm: boolean }
  | { readonly is: 'validate'; readonly type: ResourceType; readonly id?: string }
  | { readonly is: 'refused'; readonly fault: Fault };

/** Finds the route. Throws `request.malformed` for an id that cannot be one. */
export function routeOf(method: string, segments: readonly string[], served: Served): Route {
  const [first, second, third, fourth] = segments;
  if (first === undefined) return notOffered(method);
  if (first === 'metadata' && second === undefined) return only(method, reads, { is: 'capabilities' });
  if (first.startsWith('_') || first.startsWith('$'))
    return first === '_search' || first === '_history' ? notOffered(method) : unknownPath();
  const type = typeOf(first, served);
  if (typeof type !== 'string') return type;
  if (second === undefined) return only(method, reads, { is: 'search', type, hasForm: false });
  if (second === '_search' && third === undefined) return only(method, ['POST'], { is: 'search', type, hasForm: true });
  if (second === '_history' && third === undefined) return notOffered(method);
  if (second === '$validate' && third === undefined) return only(method, ['POST'], { is: 'validate', type });
  if (second.startsWith('_') || second.startsWith('$')) return unknownPath();
  return instanceRoute(method, type, checkId(second, 'id'), third, fourth, segments.length);
}

const reads = ['GET', 'HEAD'] as const;

function instanceRoute(
  method: string,
  type: ResourceType,
  id: string,
  third: string | undefined,
  fourth: string | undefined,
  length: number,
): Route {
  if (third === undefined) return only(method, reads, { is: 'read', type, id });
  if (third === '$validate' && length === 3) return only(method, ['GET', 'HEAD', 'POST'], { is: 'validate', type, id });
  if (third === '_history' && fourth === undefined) return notOffered(method);
  if (third === '_history' && fourth !== undefined && length === 4)
    return only(method, reads, { is: 'read', type, id, versionId: checkId(fourth, 'version id') });
  return unknownPath();
}

function typeOf(name: string, served: Served): ResourceType | Route {
  if (isResourceType(name) && served.has(name)) return name;
  const types = [...served.keys()].sort().join(', ');
  const what = isResourceType(name) ? `${name} is not served here` : 'There is no such resource type';
  return { is: 'refused', fault: new Fault('request.unknown-type', `${what}; served are ${types}.`) };
}

/** https://hl7.org/fhir/R4/http.html#ops: a known path and an interaction that is not offered are 405, with `Allow`. */
function only(method: string, allowed: readonly string[], route: Route): Route {
  return allowed.includes(method) ? route : notOffered(method, allowed);
}

function notOffered(method: string, allowed: readonly string[] = []): Route {
  const right = allowed.length === 0 ? 'this interaction is not offered' : `use ${allowed.join(' or ')}`;
  const message = `${method.slice(0, 16)} does not work here: ${right}. See /metadata.`;
  return { is: 'refused', fault: new Fault('request.interaction', message, { allow: allowed }) };
}

function unknownPath(): Route {
  const fault = new Fault('request.unknown-path', 'Nothing is at this path. /metadata tells what is served.');
  return { is: 'refused', fault };
}

function checkId(id: string, what: string): string {
  if (idSyntax.test(id)) return id;
  throw new Fault('request.malformed', `The ${what} is not valid: it has 1 to 64 letters, digits, hyphens and dots.`, {
    expression: what === 'id' ? 'id' : 'vid',
  });
}

/** The route as logs name it, without ids. */
export function labelOf(method: string, segments: readonly string[], route: Route): string {
  if (route.is === 'refused') return `${method} (refused)`;
  const known = segments.map((segment, at) => {
    if (at === 1 && !/^[_$]/.test(segment)) return '{id}';
    return at === 3 ? '{vid}' : segment;
  });
  return `${method} /${known.join('/')}`;
}
