import type { ElementMap } from '../model/nodes.ts';

/** What a person adds to a patient's own row: identifiers of all certain members, links, and whether it is secondary. */
export interface Overlay {
  readonly identifiers: readonly string[];
  readonly links: readonly string[];
  readonly secondary: boolean;
}

/** Elements of a Patient that its person may change. */
export const PERSON_ELEMENTS: ReadonlySet<string> = new Set(['identifier', 'active', 'link']);

/** The patient's identifiers with those of the person's other members that it does not have itself. */
export function withIdentifiers(own: string, overlay: Overlay | undefined): string {
  if (overlay === undefined || overlay.identifiers.length === 0) return own;
  const inner = own === '' ? '' : own.slice('"identifier":['.length, -1);
  const extra = overlay.identifiers.filter((text) => !inner.includes(text));
  return `"identifier":[${joined(inner, ...extra)}]`;
}

export function activeText(overlay: Overlay | undefined, own: string): string {
  return overlay?.secondary === true ? '"active":false' : own;
}

export function linkText(overlay: Overlay | undefined): string {
  return overlay === undefined || overlay.links.length === 0 ? '' : `"link":[${overlay.links.join()}]`;
}

/** A person changes only the elements that are rendered at all. */
export function keptOverlay({ identifiers, links, secondary }: Overlay, kept: ElementMap): Overlay {
  return {
    identifiers: 'identifier' in kept ? identifiers : [],
    links: 'link' in kept ? links : [],
    secondary: secondary && 'active' in kept,
  };
}

/** The texts that are not empty, between commas. */
export function joined(...texts: readonly string[]): string {
  let all = '';
  for (const text of texts) if (text !== '') all += all === '' ? text : `,${text}`;
  return all;
}
