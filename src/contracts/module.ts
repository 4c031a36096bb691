import type { Resource } from '@medplum/fhirtypes';
import type { Codec, Node } from './codec.ts';
import type { Column, TableAlias } from './column.ts';
import type { FileDelivery } from './files.ts';
import type { Join, Predicate } from './predicate.ts';

export type ResourceType = Resource['resourceType'];

/**
 * One resource type over one table (or join) of a system. `key` is the native primary key: unique among the branch's rows, and the order of paging.
 * The id in the API is `<prefix>.<key>`; a key that is a patient-facing identifier is masked (encrypted reversibly).
 */
export interface Branch {
  readonly type: ResourceType;
  /** Short and unique in the installation: lower-case letters and digits, at most 6. */
  readonly prefix: string;
  readonly from: TableAlias;
  readonly joins: readonly Join[];
  /** Which rows of the table are this branch; the table's own `live` filter is added everywhere. */
  readonly where?: Predicate;
  readonly key: readonly Column[];
  readonly maskKey: boolean;
  readonly profiles: readonly string[];
  /** What the profiles require and a row may lack: a row that lacks one of these is served without claiming them. */
  readonly profileNeeds?: readonly Codec[];
  /** Elements of its profiles that the source does not hold, with all their parts, as FHIRPath without the type: for the table of profiles. */
  readonly absentInSource: readonly string[];
  readonly elements: Readonly<Record<string, Node>>;
  /** `meta.lastUpdated`, only where a column is declared. */
  readonly lastUpdated?: Codec;
  /** When the source was read that the row comes from, where it is a copy: a FHIR dateTime, written as the extension lastSourceSync of `meta`. */
  readonly asOf?: Codec;
  /** Codings of `meta.security` and `meta.tag`, searched by `_security` and `_tag`. They are written whatever elements are asked for. */
  readonly labels?: Labels;
  /** The branch, by its prefix, whose resources this one tells of: it is as visible as they are. Only what is derived from a branch has it. */
  readonly about?: string;
  /** Patient branches only. */
  readonly person?: PersonDeclaration;
}

export interface Labels {
  readonly security?: readonly Codec[];
  readonly tag?: readonly Codec[];
}

/** How the linker finds that two patients are one person. Links are certain or they are candidates; nothing is guessed. */
export interface PersonDeclaration {
  /** Rows of this branch that are known, in this system, to be secondary (merged away, or a member of an earlier system's patient): excluded from search by this predicate. */
  readonly secondary: Predicate;
  /** Native key of the surviving row of the same branch, all NULL where the row was not merged. */
  readonly mergedInto?: readonly Column[];
  /** Certain: the native key of the same person in another branch, all NULL where none is declared. */
  readonly sameAs?: readonly PersonLink[];
  /** Uncertain: never merged, shown as `Patient.link` of type `seealso`. */
  readonly candidates?: readonly PersonLink[];
}

export interface PersonLink {
  readonly branch: string;
  readonly key: readonly Column[];
  readonly when?: Predicate;
}

/** Who answers for a module. A module without all of it does not start. */
export interface Stewardship {
  readonly owner: string;
  readonly clinicalSteward: string;
  readonly contact: string;
  readonly serviceLevel: string;
  /** `YYYY-MM-DD` */
  readonly reviewDate: string;
}

/** One legacy system: data and small functions, no SQL outside the declared hatches, no HTTP. */
export interface MappingModule {
  /** The folder's name; also the system's name in configuration and in answers. */
  readonly id: string;
  readonly title: string;
  readonly stewardship: Stewardship;
  readonly branches: readonly Branch[];
  /** A department that delivers files: what fills the tables that the branches read. */
  readonly files?: FileDelivery;
}
