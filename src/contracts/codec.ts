import type { Column, TableAlias } from './column.ts';
import type { Join, Predicate } from './predicate.ts';
import type { DateValue, NumberValue, QuantityValue, StringValue, TokenValue, UriValue } from './search-value.ts';

/** One row of a statement: canonical texts in column order. */
export type Row = readonly (string | null)[];

/** What a writer may ask of the page that it writes for. */
export interface PageContext {
  /** The written reference (`Type/id`) for a native key, or the empty string for a key that is damaged or leads nowhere. Patients are written as their person. */
  reference(target: ReferenceTarget, key: readonly string[]): string;
  /** A code without a map was met: counted for the stewards, never logged with its value. */
  unmapped(element: string): void;
}

/** Writes the JSON text of one value from a row; the empty string means the value is absent. Throws Damaged when the row cannot be mapped. */
export type Writer = (row: Row, page: PageContext) => string;

/** What a codec may ask when it lowers a search value. */
export interface SearchContext {
  /** The server's declared zone (IANA), for values and civil dates without an offset. */
  readonly zone: string;
  readonly nowMs: number;
}

/**
 * The inverse of a codec: a search value becomes a predicate on stored columns, in their stored form, so that legacy indexes are used.
 * Obligation: for every row that is not damaged, the predicate holds exactly when the written value matches by the specification.
 */
export interface Searches {
  readonly token?: (value: TokenValue) => Predicate;
  readonly string?: (value: StringValue) => Predicate;
  readonly date?: (value: DateValue, context: SearchContext) => Predicate;
  readonly number?: (value: NumberValue) => Predicate;
  readonly quantity?: (value: QuantityValue) => Predicate;
  readonly uri?: (value: UriValue) => Predicate;
}

/** `lower` and `upper`: folded texts, by the case of their letters, whose orders differ. `text`: as stored. */
export type SortScale = 'time' | 'number' | 'text' | 'lower' | 'upper';

/**
 * How a codec sorts. `columns` is the native order; `canonical` maps a row to a key that compares alike in TypeScript (number, or text by
 * code point) and never decreases along the native order. `present`: the rows that have a key; the others come last, by id.
 */
export interface SortForm {
  /** Keys of one scale compare with each other. A parameter sorts only where all branches that have it share one. */
  readonly scale: SortScale;
  readonly columns: readonly Column[];
  readonly present: Predicate;
  readonly compile: (slot: SlotOf, context: SearchContext) => (row: Row) => number | string;
}

/** The position of a column in the rows that a writer will be given. */
export type SlotOf = (column: Column) => number;

/** The branch (by its id prefix) whose native key the columns hold. */
export interface ReferenceTarget {
  readonly type: string;
  readonly branch: string;
}

/** One FHIR value, declared once over stored columns: how it is written, searched, sorted, and where it comes from. `T` is its FHIR type. */
export interface Codec<T = unknown> {
  readonly is: 'codec';
  readonly columns: readonly Column[];
  readonly compile: (slot: SlotOf) => Writer;
  /** Holds exactly when the writer yields text. Required for everything that is searchable. */
  readonly present?: Predicate;
  readonly searches?: Searches;
  readonly sort?: SortForm;
  /** The value, where it is the same for every row: predicates on it fold away before any SQL. */
  readonly constant?: T;
  /** A reference: its target and the columns that hold the target's native key. */
  readonly reference?: { readonly target: ReferenceTarget; readonly key: readonly Column[] };
  /**
   * The elements inside a datatype that is declared as a whole (`system` of an Identifier), for paths and for folding `where(system='phone')`: all that it
   * ever writes beside extensions. Without them nobody can tell what is inside, so that a search that looks there is judged on what was written.
   */
  readonly parts?: Readonly<Record<string, Node>>;
  /** A primitive that is required and may be missing: the reason written in its place (https://hl7.org/fhir/R4/extension-data-absent-reason.html). */
  readonly absentReason?: string;
  /** For the generated documentation. */
  readonly note?: { readonly codeMap?: string; readonly policy?: string; readonly folding?: string };
  /** Carries `T` for the compiler only. */
  readonly __type?: T;
}

/** A to-many child table: one batched statement per page; searching through it is EXISTS. Written in `order`, then by nothing else: `order` must be total. */
export interface Many<T = unknown> {
  readonly is: 'many';
  readonly from: TableAlias;
  readonly joins: readonly Join[];
  /** (child column, column of the owning row), in the order of the owner's key. */
  readonly on: readonly (readonly [child: Column, owner: Column])[];
  readonly where?: Predicate;
  readonly order: readonly Column[];
  readonly element: Node;
  /** The rows are no entries but one string: their strings, joined. For a text that is stored line by line. */
  readonly joined?: JoinedText;
  readonly __type?: T;
}

export interface JoinedText {
  readonly separator: string;
  /** How the whole is written: as it is, or its UTF-8 bytes as base64Binary has them. */
  readonly encoding: 'text' | 'base64';
}

/** The declared tree of one resource: FHIR element names down to codecs. An array lists the entries of a repeating element, in order. */
export type Node = Codec | Many | readonly Node[] | { readonly [element: string]: Node };

/** A row that cannot be mapped. It becomes a warning of the page's outcome entry (or 502 on read) and does not break the page. */
export class Damaged extends Error {
  readonly element: string;
  /** `element` is a FHIRPath such as `Observation.status`; `reason` is a short phrase without the value. */
  constructor(element: string, reason: string) {
    super(reason);
    this.name = 'Damaged';
    this.element = element;
  }
}
