export { etagOf, isNotModified, lastModifiedOf, type Conditions } from './conditional.ts';
export { patientPathOf, type PatientPath } from './compartment.ts';
export {
  elementsOf,
  elementsWithin,
  isResourceType,
  jsonNamesAsked,
  jsonNamesOf,
  lacksRequired,
  mandatoryElements,
  resourceTypes,
  searchParameters,
  structureOf,
  summaryElements,
  type ComponentDefinition,
  type DefinedParamType,
  type ElementDefinition,
  type NamedElement,
  type SearchParameterDefinition,
} from './definitions/index.ts';
export { matcherOf, matches, type LocalCriterion, type ResourceForm } from './matches.ts';
export { queryValueOf } from './match/query-value.ts';
export type { MatchContext } from './match/element.ts';
export { faultSystem, operationOutcome, outcomeOf, type OutcomeIssue } from './outcome.ts';
export {
  escapeValue,
  parseSearch,
  queryStringOf,
  splitEscaped,
  unescapeValue,
  type Handling,
  type Pair,
  type ParsedSearch,
  type SearchInput,
} from './search/index.ts';
export {
  contentTypeOf,
  parseRequest,
  type Asked,
  type FhirRequest,
  type Format,
  type IncomingRequest,
  type Interaction,
  type JsonResource,
  type Preferences,
  type RequestBounds,
  type SearchRequest,
  type ValidateRequest,
} from './interaction/index.ts';
export { pageUrl, searchsetWriter, searchUrl, type SearchsetHead, type SearchsetPart } from './bundle.ts';
export { openPage, resumeSearch, sealPage, type PageOwner, type PageState } from './paging.ts';
export { createValidator, type Validator } from './validation.ts';
export { capabilityStatement, type Installation } from './capability.ts';
export { openApi } from './openapi/index.ts';
export {
  numberWritten,
  parseWritten,
  setWritten,
  writtenText,
  type JsonObject,
  type JsonValue,
} from './written-json.ts';
