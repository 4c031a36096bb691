export { contentTypeOf, type Format } from './negotiation.ts';
export { parseRequest } from './parse-request.ts';
export type { Preferences } from './prefer.ts';
export type {
  Asked,
  FhirRequest,
  IncomingRequest,
  Interaction,
  JsonResource,
  RequestBounds,
  SearchRequest,
  ValidateRequest,
} from './request.ts';
