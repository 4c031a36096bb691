/** The facts that a perfect mapping of both databases serves, made from the clinical model alone. Everything is plain JSON. */

/** A row (or, for LABEAV, a group) by its table and key texts, in the order of the table's key. */
export interface Native {
  readonly table: string;
  readonly key: readonly string[];
}

export interface TruthIdentifier {
  /** Of a patient alone. */
  readonly use?: 'usual' | 'secondary' | 'old';
  readonly system: string;
  readonly value: string;
}

export interface TruthCoding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export interface TruthQuantity {
  /** The decimal as it must be written, trailing zeros kept. */
  readonly number: string;
  readonly comparator?: '<' | '<=' | '>=' | '>';
  /** As the system writes it. */
  readonly unit?: string;
  readonly ucum?: string;
}

export interface TruthAddress {
  readonly use?: string;
  readonly line: readonly string[];
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly start?: string;
  readonly end?: string;
}

export interface TruthTelecom {
  readonly system: 'phone' | 'email';
  readonly use?: 'home' | 'mobile';
  readonly value: string;
}

/** A value of a resource: JSON, with stand-ins for what JSON cannot say (`decimal`) and for ids, which only the server knows (`rowOf`). */
export type TruthValue =
  | string
  | number
  | boolean
  | TruthDecimal
  | RowOf
  | readonly TruthValue[]
  | { readonly [element: string]: TruthValue | undefined };

/** Stands where a decimal must be written with these digits. */
export interface TruthDecimal {
  readonly decimal: string;
}

/** Stands where a reference leads to a row: `Type/id` as the server writes it, for registrations and customers the person's Patient. */
export interface RowOf {
  readonly rowOf: Native;
  readonly type: string;
}

/**
 * A resource as a perfect mapping serves it, whole: it is compared element by element, and nothing else may be served. Left out are what the
 * server makes by itself: `id`, and of `meta` the version and the source.
 */
export interface TruthResource {
  readonly native: Native;
  readonly resource: { readonly resourceType: string; readonly [element: string]: TruthValue | undefined };
}

export interface TruthMember {
  readonly native: Native;
  readonly identifier: TruthIdentifier;
}

/** One Patient of the API. */
export interface TruthPerson {
  /** The row that is served as the Patient. */
  readonly native: Native;
  readonly identifier: TruthIdentifier;
  /** Of all certain members, the primary's first. */
  readonly identifiers: readonly TruthIdentifier[];
  /** Rows of the same person that can only be read, with `active` false and a link `replaced-by`. */
  readonly secondaries: readonly TruthMember[];
  /** Rows of people who may be the same: `link` of type `seealso`. */
  readonly candidates: readonly TruthMember[];
  readonly active: boolean;
  readonly family?: string;
  readonly given: readonly string[];
  readonly gender: 'male' | 'female' | 'other' | 'unknown';
  readonly birthDate?: string;
  /** A FHIR dateTime, as exact as it is known. */
  readonly deceased?: string;
  readonly addresses: readonly TruthAddress[];
  readonly telecom: readonly TruthTelecom[];
  readonly maritalStatus?: TruthCoding;
  /** BCP 47 */
  readonly language?: string;
  readonly generalPractitioner?: Native;
  readonly managingOrganization?: Native;
  readonly lastUpdated?: string;
  readonly labs: readonly TruthLab[];
  readonly dispenses: readonly TruthDispense[];
  /** Everything else that is served about the person. */
  readonly resources: readonly TruthResource[];
}

export interface TruthLab {
  readonly native: Native;
  readonly identifier?: TruthIdentifier;
  /** The registration that the row names; the reference that is served leads to the person. */
  readonly registration: Native;
  readonly status: string;
  readonly codings: readonly TruthCoding[];
  /** A FHIR dateTime: a date, or a time with the hospital's offset. */
  readonly effective?: string;
  readonly issued?: string;
  readonly value:
    | { readonly is: 'quantity'; readonly quantity: TruthQuantity }
    | { readonly is: 'text'; readonly text: string }
    | { readonly is: 'absent' };
  readonly low?: TruthQuantity;
  readonly high?: TruthQuantity;
  readonly rangeText?: string;
  readonly interpretation?: TruthCoding;
  readonly specimen?: Native;
  readonly performers: readonly Native[];
  /** The labels of who may see it. */
  readonly security?: readonly TruthValue[];
}

export interface TruthDispense {
  readonly native: Native;
  readonly identifier: TruthIdentifier;
  readonly status: string;
  readonly codings: readonly TruthCoding[];
  readonly text: string;
  readonly quantity?: TruthQuantity;
  readonly daysSupply?: number;
  readonly whenPrepared?: string;
  readonly whenHandedOver?: string;
  readonly dosage?: string;
  readonly performer: Native;
}

/** A row that cannot be mapped: a warning of the page, 502 when read. */
export interface TruthDamage {
  readonly native: Native;
  readonly kind: string;
  /** FHIRPath of the element that fails. */
  readonly element: string;
}

/** A row that must never be served, and is no warning either. */
export interface TruthAbsence {
  readonly native: Native;
  readonly reason:
    'deleted' | 'patient-deleted' | 'superseded' | 'voided' | 'not-a-result' | 'line-rejected' | 'of-another-kind';
}

/** What belongs to nobody, beside practitioners and organizations. */
export interface SharedTruth {
  readonly resources: readonly TruthResource[];
  readonly damaged: readonly TruthDamage[];
  readonly notServed: readonly TruthAbsence[];
}

/** What is true of one member of the population: usually one Patient; none when the record is deleted; two when nobody declared them the same. */
export interface Truth {
  readonly number: number;
  readonly story?: string;
  readonly persons: readonly TruthPerson[];
  readonly damaged: readonly TruthDamage[];
  readonly notServed: readonly TruthAbsence[];
}

export interface TruthPractitioner {
  readonly native: Native;
  readonly identifiers: readonly TruthIdentifier[];
  readonly family: string;
  readonly given: readonly string[];
  readonly active: boolean;
}

export interface TruthOrganization {
  readonly native: Native;
  readonly identifiers: readonly TruthIdentifier[];
  readonly name: string;
  readonly active?: boolean;
  readonly type?: TruthCoding;
  readonly phone?: string;
  readonly postalCode?: string;
  readonly partOf?: Native;
}
