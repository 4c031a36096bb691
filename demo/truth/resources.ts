import type { Native, RowOf, TruthDecimal, TruthResource, TruthValue } from './types.ts';

type Elements = Readonly<Record<string, TruthValue | undefined>>;

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/';

/** A resource of a profile of US Core. Elements that are undefined are not there. */
export function usCore(native: Native, resourceType: string, profile: string, elements: Elements): TruthResource {
  return { native, resource: { resourceType, meta: { profile: [US_CORE + profile] }, ...known(elements) } };
}

/** As `usCore`, for types without a profile. */
export function plain(native: Native, resourceType: string, elements: Elements): TruthResource {
  return { native, resource: { resourceType, ...known(elements) } };
}

/** A resource with labels of who may see it. */
export function labelled(
  security: readonly TruthValue[] | undefined,
  { native, resource }: TruthResource,
): TruthResource {
  if (security === undefined) return { native, resource };
  const meta = (resource['meta'] ?? {}) as Elements;
  return { native, resource: { ...resource, meta: known({ ...meta, security }) } };
}

export function decimal(digits: string): TruthDecimal {
  return { decimal: digits };
}

/** A Reference to what is served of a row; undefined where there is no row. */
export function referenceTo(type: string, native: Native | undefined): { readonly reference: RowOf } | undefined {
  return native === undefined ? undefined : { reference: { rowOf: native, type } };
}

/** A CodeableConcept of codings of which some may be missing; undefined where nothing is left. */
export function concept(codings: readonly (TruthValue | undefined)[], text?: string): TruthValue | undefined {
  const coding = codings.filter((one) => one !== undefined);
  if (coding.length === 0 && text === undefined) return undefined;
  return known({ coding: coding.length === 0 ? undefined : coding, text });
}

/** The reason in the place of a primitive that must be there and is not known. */
export function unknownReason(): TruthValue {
  return {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
  };
}

/** The reason in the place of a CodeableConcept that must be there and is not known. */
export function unknownConcept(): TruthValue {
  return { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }] };
}

/** A list without what is missing; undefined where nothing is left. */
export function listOf(...values: readonly (TruthValue | undefined)[]): readonly TruthValue[] | undefined {
  const there = values.filter((value) => value !== undefined);
  return there.length === 0 ? undefined : there;
}

/** Leaves out what is not known. */
export function known(elements: Elements): Readonly<Record<string, TruthValue>> {
  return Object.fromEntries(
    Object.entries(elements).filter((entry): entry is [string, TruthValue] => entry[1] !== undefined),
  );
}
