import { hash } from 'node:crypto';
import type { Entry, IgnoredParameter, Issue, ResourceType } from '../contracts/index.ts';
import { operationOutcome, type OutcomeIssue } from './outcome.ts';
import { queryStringOf, type Pair } from './search/index.ts';

/** What is known of a page before its first entry. */
export interface SearchsetHead {
  /** Absolute URL of the API, without a slash at its end. */
  readonly base: string;
  /** Absolute URL that answers the same again. */
  readonly self: string;
  readonly ignored: readonly IgnoredParameter[];
}

/** The part of a page that one chunk brings. */
export interface SearchsetPart {
  readonly entries: readonly Entry[];
  /** Rows that could not be mapped. */
  readonly issues: readonly Issue[];
  /** Only in the first part. */
  readonly total?: number;
  /** Absolute URL of the next page; only in the last part. */
  readonly next?: string;
  readonly last: boolean;
}

/**
 * Writes the JSON text of a searchset Bundle (https://hl7.org/fhir/R4/bundle.html#searchset) part by part: the texts of all parts together are the
 * same however the entries were divided. Resource texts go in verbatim: decimals keep their digits. What is known only at the end comes at the
 * end: one OperationOutcome entry with what is to be said about the page, then the links.
 */
export function searchsetWriter({ base, self, ignored }: SearchsetHead): (part: SearchsetPart) => string {
  // A base may hold anything that a Host header may; types and ids are letters, digits, '-' and '.'.
  const before = `{"fullUrl":${JSON.stringify(`${base}/`).slice(0, -1)}`;
  const issues: Issue[] = [];
  let isBegun = false;
  let separator = ',"entry":[';
  return (part) => {
    let text = isBegun ? '' : `{"resourceType":"Bundle","type":"searchset"${totalText(part)}`;
    isBegun = true;
    for (const entry of part.entries) {
      text += `${separator}${before}${resourceEntry(entry)}`;
      separator = ',';
    }
    issues.push(...part.issues);
    if (!part.last) return text;
    const outcome = outcomeEntry(issues, ignored);
    if (outcome !== undefined) text += `${separator}${outcome}`;
    const list = separator === ',' || outcome !== undefined ? ']' : '';
    const next = part.next === undefined ? '' : `,${linkText('next', part.next)}`;
    return `${text}${list},"link":[${linkText('self', self)}${next}]}`;
  };
}

function totalText({ total }: SearchsetPart): string {
  return total === undefined ? '' : `,"total":${total}`;
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

function outcomeEntry(issues: readonly Issue[], ignored: readonly IgnoredParameter[]): string | undefined {
  if (issues.length + ignored.length === 0) return undefined;
  const text = operationOutcome([...ignored.map(ignoredIssue), ...issues.map(rowIssue)]);
  return `{"fullUrl":"${urnOf(text)}","resource":${text},"search":{"mode":"outcome"}}`;
}

function ignoredIssue({ name, reason }: IgnoredParameter): OutcomeIssue {
  const diagnostics = `The parameter was ignored: ${reason}.`;
  return { severity: 'warning', code: 'not-supported', diagnostics, expression: name };
}

function rowIssue({ severity, code, diagnostics, expression }: Issue): OutcomeIssue {
  return { severity: severity ?? 'warning', code, diagnostics, ...(expression === undefined ? {} : { expression }) };
}

/** An outcome has no URL of its own, but an entry needs one: a UUID of its text (version 8, https://www.rfc-editor.org/rfc/rfc9562#section-5.8). */
function urnOf(text: string): string {
  const hex = hash('sha256', text, 'hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
