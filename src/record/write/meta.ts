import type { Branch, Row } from '../../contracts/index.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import type { Slots } from './slots.ts';
import { compileNode, type ChildPlan, type RenderContext } from './tree.ts';

/** What `meta` says of a row, as the inside of its lists: the profiles that it claims, and its labels. */
export interface ClaimTexts {
  readonly profile: string;
  readonly security: string;
  readonly tag: string;
}

export interface MetaTexts extends ClaimTexts {
  readonly versionId: string | undefined;
  readonly lastUpdated: string;
  readonly asOf: string;
}

export type MetaWriter = (texts: MetaTexts) => string;
export type ClaimWriter = (row: Row, page: RenderContext) => ClaimTexts;

type TextWriter = (row: Row, page: RenderContext) => string;

/** Labels say who may see a resource, so that they are written whatever elements are asked for; so is what it claims to be. */
export function compileClaims(branch: Branch, slots: Slots, children: ChildPlan[]): ClaimWriter {
  const labels = (name: 'security' | 'tag'): TextWriter => {
    const codings = branch.labels?.[name] ?? [];
    if (codings.length === 0) return () => '';
    const path = `${branch.type}.meta.${name}`;
    const writers = codings.map((coding) => compileNode([coding], slots, children, path).write);
    return (row, page) => distinct(writers, row, page);
  };
  const [profile, security, tag] = [compileProfiles(branch, slots), labels('security'), labels('tag')];
  return (row, page) => ({ profile: profile(row, page), security: security(row, page), tag: tag(row, page) });
}

/** The labels of a resource are a set (https://hl7.org/fhir/R4/resource.html#Meta): what two columns tell is told once. */
function distinct(writers: readonly TextWriter[], row: Row, page: RenderContext): string {
  let all = '';
  for (const write of writers) {
    const text = write(row, page);
    if (text === '') continue;
    const label = text.slice(1, -1);
    if (all === '') all = label;
    else if (!all.includes(label)) all += `,${label}`;
  }
  return all;
}

/** A row that lacks what the profiles require claims none. Its elements count unmapped codes themselves. */
function compileProfiles({ profiles, profileNeeds = [] }: Branch, slots: Slots): TextWriter {
  const all = JSON.stringify(profiles).slice(1, -1);
  const needs = profileNeeds.map((codec) => codec.compile((column) => slots.of(column)));
  if (needs.length === 0) return () => all;
  return (row, page) => {
    const silent = { reference: page.reference.bind(page), unmapped: () => undefined };
    return needs.every((write) => write(row, silent) !== '') ? all : '';
  };
}

/** When the data were last taken from their source (https://hl7.org/fhir/extensions/StructureDefinition-lastSourceSync.html); no part of the version. */
const LAST_SOURCE_SYNC = 'http://hl7.org/fhir/StructureDefinition/lastSourceSync';
const SUBSETTED = '{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}';

export function metaWriter({ moduleId }: CatalogueBranch, subsetted: boolean): MetaWriter {
  const source = `"source":"urn:fascia:system:${moduleId}"`;
  return ({ versionId, lastUpdated, asOf, profile, security, tag }) => {
    const tags = subsetted ? (tag === '' ? SUBSETTED : `${tag},${SUBSETTED}`) : tag;
    const before =
      (asOf === '' ? '' : `"extension":[{"url":"${LAST_SOURCE_SYNC}","valueDateTime":${asOf}}],`) +
      (versionId === undefined ? '' : `"versionId":"${versionId}",`) +
      (lastUpdated === '' ? '' : `"lastUpdated":${lastUpdated},`);
    const after =
      (profile === '' ? '' : `,"profile":[${profile}]`) +
      (security === '' ? '' : `,"security":[${security}]`) +
      (tags === '' ? '' : `,"tag":[${tags}]`);
    return `{${before}${source}${after}}`;
  };
}
