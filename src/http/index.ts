export { createApp, createHttpServer, type HttpParts } from './app.ts';
export type { CorsPolicy } from './cors.ts';
export type { Answer, Call, Handler, Limits, Traced } from './exchange.ts';
export type { FeedState, RowCounts, ServerState, SystemState } from './state.ts';
export type { FeedStatus, StatusDocument } from './status.ts';
export type { Example, LandingParts, Story } from './landing.ts';
export { createFhirHandler, type FhirParts, type Verify } from './fhir.ts';
