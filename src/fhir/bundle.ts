import { hash } from 'node:crypto';
import type { Entry, IgnoredParameter, Issue, ResourceType } from '../contracts/index.ts';
import { operationOutcome, type OutcomeIssue } from './outcome.ts';
import { queryStringOf, type Pair } from './search/index.ts';

/** One page of a search, ready to be written. */
export interface Searchset {
  /** Absolute URL of the API, without a slash at its end. */
  readonly base: string;
  /** Absolute URL that answers the same again. */
  readonly self: string;
  /** Absolute URL of the next page. */
  readonly next?: string;
  readonly entries: readonly Entry[];
  /** Rows that could not be mapped. */
  readonly issues: readonly Issue[];
  readonly ignored: readonly IgnoredParameter[];
  readonly total?: number;
}

/**
 * The JSON text of a searchset Bundle (https://hl7.org/fhir/R4/bundle.html#searchset). Resource texts go in verbatim: decimals keep their digits.
 * What is to be said about the page stands in one OperationOutcome entry.
 */
export function searchsetBundle(page: Searchset): string {
  const total = page.total === undefined ? '' : `"total":${page.total},`;
  const next = page.next === undefined ? '' : `,${linkText('next', page.next)}`;
  // A base may hold anything that a Host header may; types and ids are letters, digits, '-' and '.'.
  const before = `{"fullUrl":${JSON.stringify(`${page.base}/`).slice(0, -1)}`;
  let entries = '';
  for (const entry of page.entries) entries += `${entries === '' ? '' : ','}${before}${resourceEntry(entry)}`;
  const outcome = outcomeEntry(page);
  if (outcome !== undefined) entries += `${entries === '' ? '' : ','}${outcome}`;
  const list = entries === '' ? '' : `,"entry":[${entries}]`;
  return `{"resourceType":"Bundle","type":"searchset",${total}"link":[${linkText('self', page.self)}${next}]${list}}`;
}

/** The self link of a search: the parameters that were applied, and no others. */
export function searchUrl(base: string, type: ResourceType, applied: readonly Pair[]): string {
  return applied.length === 0 ? `${base}/${type}` : `${base}/${type}?${queryStringOf(applied)}`;
}

/** The link of a page. It holds the sealed token alone, so that no search value stands in a URL of ours. */
export function pageUrl(base: string, type: ResourceType, token: string): string {
  return `${base}/${type}?_page=${encodeURIComponent(token)}`;
}

function linkText(relation: string, url: string): string {
  return `{"relation":"${relation}","url":${JSON.stringify(url)}}`;
}

function resourceEntry({ type, id, mode, text }: Entry): string {
  return `${type}/${id}","resource":${text},"search":{"mode":"${mode}"}}`;
}

function outcomeEntry({ issues, ignored }: Searchset): string | undefined {
  if (issues.length + ignored.length === 0) return undefined;
  const text = operationOutcome([...ignored.map(ignoredIssue), ...issues.map(rowIssue)]);
  return `{"fullUrl":"${urnOf(text)}","resource":${text},"search":{"mode":"outcome"}}`;
}

function ignoredIssue({ name, reason }: IgnoredParameter): OutcomeIssue {
  const diagnostics = `The parameter was ignored: ${reason}.`;
  return { severity: 'warning', code: 'not-supported', diagnostics, expression: name };
}

function rowIssue({ code, diagnostics, expression }: Issue): OutcomeIssue {
  return { severity: 'warning', code, diagnostics, ...(expression === undefined ? {} : { expression }) };
}

/** An outcome has no URL of its own, but an entry needs one: a UUID of its text (version 8, https://www.rfc-editor.org/rfc/rfc9562#section-5.8). */
function urnOf(text: string): string {
  const hex = hash('sha256', text, 'hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
