import type { Resource } from '@medplum/fhirtypes';
import { advertisedParameter, referencedBy, referrersBy, type Ground } from './criteria.ts';
import type { IncludePath, Query } from './query.ts';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

/** `Type/id` of everything that these matches include, seen with the caller's eyes. https://hl7.org/fhir/R4/search.html#include */
export function includedWith(
  ground: Ground,
  world: World,
  type: string,
  query: Query,
  matches: readonly Resource[],
): Set<string> {
  return new Set([
    ...query.includes.flatMap((path) => referredTo(ground, world, type, path, matches)),
    ...query.revincludes.flatMap((path) => referring(ground, world, type, path, matches)),
  ]);
}

function referredTo(
  ground: Ground,
  world: World,
  type: string,
  path: IncludePath,
  matches: readonly Resource[],
): string[] {
  const { source, code, target } = path;
  const parameter = advertisedParameter(ground, source, code);
  if (source !== type || parameter.type !== 'reference') refuse('_include');
  return matches
    .flatMap((match) => referencedBy(ground, parameter, match))
    .filter((r) => (target === undefined || target === r.type) && world.at(r.type, r.id))
    .map((r) => `${r.type}/${r.id}`);
}

function referring(
  ground: Ground,
  world: World,
  type: string,
  path: IncludePath,
  matches: readonly Resource[],
): string[] {
  const { source, code, target } = path;
  const parameter = advertisedParameter(ground, source, code);
  if (parameter.type !== 'reference' || (target !== undefined && target !== type)) refuse('_revinclude');
  const referrers = referrersBy(ground, world, parameter);
  return matches
    .flatMap((match) => referrers.get(`${type}/${match.id ?? ''}`) ?? [])
    .map((resource) => `${source}/${resource.id ?? ''}`);
}
