/** What an author of a legacy mapping uses, published as `fascia/mapping`. */
export * from './columns.ts';
export * from './predicates.ts';
export { applicationIdentifier, type ApplicationIdentifierOptions } from './application-identifier.ts';
export * from './branch.ts';
export * from './feed.ts';
export * from './module.ts';
export { component, type ComponentSpec } from './component.ts';
export { descending, groupBy, isFirst, joinFirst, type Grouping, type Order, type OrderStep } from './first-row.ts';
export { lines, type Lines, type LinesSpec } from './lines.ts';
export { many, type ManySpec } from './many.ts';
export { unpivot, type UnpivotedColumn } from './unpivot.ts';
export { delimited, field, fileTable, fixedWidth, type Field, type FileTableSpec } from './files/file-table.ts';
export type { FieldOptions } from './files/readers.ts';
export type { ElementsOf, ManyOf, NodeOf, ResourceElements } from './element-types.ts';
export type { MappedOptions, Policy } from './mapped.ts';
export { ucum, type Unit, type UnitColumn, type UnitSpec } from './units.ts';
export type { TimeCodec } from './time-range.ts';
export {
  absent,
  orAbsent,
  orAbsentConcept,
  orAbsentElement,
  reasonIfAbsent,
  required,
  type AbsentReason,
} from './codecs/absent.ts';
export { base64 } from './codecs/base64.ts';
export { booleanOf, code, flag, type CodeOptions } from './codecs/code.ts';
export {
  codeableConcept,
  coding,
  mappedCoding,
  type CodeMap,
  type CodingSpec,
  type ConceptSpec,
  type MappedCodingSpec,
} from './codecs/coding.ts';
export { constant, constantString } from './codecs/constant.ts';
export { civilDate, instantTime, localDateTime, type UnknownDates } from './codecs/dates.ts';
export { derive, withSearch, type DeriveSpec } from './codecs/derive.ts';
export { derivedCoding, type DerivedCodingSpec } from './codecs/derived-coding.ts';
export { contactPoint, identifier, type ContactPointSpec, type IdentifierSpec } from './codecs/identifier.ts';
export { localCode, type LocalCodeSpec } from './codecs/local-code.ts';
export { localCoding, type LocalCodingSpec } from './codecs/local-coding.ts';
export { narrative } from './codecs/narrative.ts';
export { ordinalDate, type OrdinalDateOptions } from './codecs/ordinal-date.ts';
export { decimalNumber, integerNumber, positiveInt } from './codecs/number.ts';
export { packedConcept, type PackedSpec } from './codecs/packed.ts';
export { onlyWith } from './codecs/only-with.ts';
export { period } from './codecs/period.ts';
export {
  blankReason,
  decimalQuantity,
  resultText,
  textQuantity,
  unitCode,
  type NumberInTextOptions,
  type ResultText,
  type ResultTextSpec,
} from './codecs/quantity.ts';
export { reference, type ReferenceOptions } from './codecs/reference.ts';
export { resourceUrl } from './codecs/resource-url.ts';
export { namePart, string } from './codecs/string.ts';
export { capitals } from './text-match.ts';
export { textDateTime } from './codecs/text-date-time.ts';
export { uri } from './codecs/uri.ts';
export { ymd, type YmdOptions } from './codecs/ymd.ts';
export { ymdTime, type YmdTimeSpec } from './codecs/ymd-time.ts';
export { always, and, Damaged, never, not, or } from '../../contracts/index.ts';
export type {
  Branch,
  Codec,
  Column,
  ColumnType,
  DialectSql,
  FileDelivery,
  FileTable,
  Folding,
  Join,
  Many,
  MappingModule,
  Node,
  PageContext,
  PersonDeclaration,
  PersonLink,
  Predicate,
  Row,
  SearchContext,
  Searches,
  SlotOf,
  SortForm,
  Stewardship,
  Table,
  TableAlias,
  Writer,
} from '../../contracts/index.ts';
