import type { ReadPlan, ResourceType } from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import { parseRendering, type Handling, type Pair } from '../search/index.ts';
import { quoted } from '../search/refuse.ts';
import { headerOf } from './header.ts';
import type { IncomingRequest, Interaction } from './request.ts';

const known: ReadonlySet<string> = new Set(['_summary', '_elements', '_format', '_pretty']);

/** https://hl7.org/fhir/R4/http.html#read and #vread, with `_summary` and `_elements`. */
export function parseRead(
  instance: { readonly type: ResourceType; readonly id: string; readonly versionId?: string },
  pairs: readonly Pair[],
  handling: Handling,
  headers: IncomingRequest['headers'],
): Interaction {
  const plan = readPlan(instance, pairs);
  const stranger = pairs.find(([name]) => !known.has(name));
  if (handling === 'strict' && stranger !== undefined)
    throw new Fault('search.unknown-parameter', `A read has no parameter ${quoted(stranger[0])}.`, {
      expression: stranger[0],
    });
  const ifNoneMatch = headerOf(headers, 'if-none-match');
  return {
    is: instance.versionId === undefined ? 'read' : 'vread',
    plan,
    conditions: ifNoneMatch === undefined ? {} : { ifNoneMatch },
  };
}

function readPlan(
  instance: { readonly type: ResourceType; readonly id: string; readonly versionId?: string },
  pairs: readonly Pair[],
): ReadPlan {
  const values = (name: string): readonly string[] => pairs.filter(([own]) => own === name).map(([, value]) => value);
  const rendering = parseRendering(instance.type, values('_summary')[0], values('_elements'), false);
  const { type, id, versionId } = instance;
  return { interaction: 'read', type, id, where: [], ...rendering, ...(versionId === undefined ? {} : { versionId }) };
}
