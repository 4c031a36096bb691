import type {
  CodeableConcept,
  Coding,
  ContactPoint,
  Identifier,
  Period,
  Quantity,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import type { Codec, Many, ResourceType } from '../../contracts/index.ts';
import type { Lines } from './lines.ts';

/** FHIR's datatypes have only optional members, so that most are assignable to each other: their names tell them apart. */
type Same<A, B> = [keyof A] extends [keyof B] ? ([keyof B] extends [keyof A] ? true : false) : false;
type Primitive = string | number | boolean;

/** Datatypes that are searched as a whole, so they are declared as a whole: a system belongs to its value, a start to its end. */
type IsWhole<T> =
  Same<T, Identifier> extends true
    ? true
    : Same<T, CodeableConcept> extends true
      ? true
      : Same<T, Coding> extends true
        ? true
        : Same<T, ContactPoint> extends true
          ? true
          : Same<T, Quantity> extends true
            ? true
            : Same<T, Period> extends true
              ? true
              : Same<T, Reference> extends true
                ? true
                : false;

/** Elements that the record layer writes itself, or that a mapping cannot have. */
type NotMapped = 'resourceType' | 'id' | 'meta' | 'implicitRules' | 'contained' | 'resource';

/** A to-many child table whose rows are entries of `T`. */
export interface ManyOf<T> extends Omit<Many, 'element' | '__type'> {
  readonly element: NodeOf<T>;
}

/** How one FHIR value may be declared: mirrors its type down to codecs. */
export type NodeOf<T> = [T] extends [Primitive]
  ? Codec<T> | (string extends T ? Lines : never)
  : [T] extends [readonly (infer E)[]]
    ? readonly (NodeOf<E> | ManyOf<E>)[] | ManyOf<E>
    : IsWhole<T> extends true
      ? Codec<T>
      : Codec<T> | ElementsOf<T>;

export type ElementsOf<T> = {
  readonly [K in keyof T as K extends NotMapped ? never : K]: NodeOf<Exclude<T[K], undefined>>;
};

export type ResourceOf<T extends ResourceType> = Extract<Resource, { resourceType: T }>;

type Medication = { readonly medicationCodeableConcept: Codec } | { readonly medicationReference: Codec };

/** Choices of which R4 requires one; the generated FHIR types cannot say so. */
interface RequiredChoices {
  MedicationAdministration: Medication;
  MedicationDispense: Medication;
  MedicationRequest: Medication;
  MedicationStatement: Medication;
  Immunization: { readonly occurrenceDateTime: Codec } | { readonly occurrenceString: Codec };
}

/** The declared elements of a resource: missing required elements, unknown elements, wrong codes and wrong datatypes do not compile. */
export type ResourceElements<T extends ResourceType> = ElementsOf<ResourceOf<T>> &
  (T extends keyof RequiredChoices ? RequiredChoices[T] : unknown);
