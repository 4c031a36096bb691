import type { Branch, Row } from '../../contracts/index.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import type { Slots } from './slots.ts';
import { compileNode, type ChildPlan, type RenderContext } from './tree.ts';

/** The codings of a row's labels, as the inside of their lists. */
export interface LabelTexts {
  readonly security: string;
  readonly tag: string;
}

export interface MetaTexts extends LabelTexts {
  readonly versionId: string | undefined;
  readonly lastUpdated: string;
  readonly asOf: string;
}

export type MetaWriter = (texts: MetaTexts) => string;
export type LabelWriter = (row: Row, page: RenderContext) => LabelTexts;

const none: LabelTexts = { security: '', tag: '' };

/** Labels say who may see a resource, so that they are written whatever elements are asked for. */
export function compileLabels({ labels, type }: Branch, slots: Slots, children: ChildPlan[]): LabelWriter {
  if (labels === undefined) return () => none;
  const list = (name: 'security' | 'tag'): ((row: Row, page: RenderContext) => string) => {
    const { write } = compileNode(labels[name] ?? [], slots, children, `${type}.meta.${name}`);
    return (row, page) => write(row, page).slice(1, -1);
  };
  const [security, tag] = [list('security'), list('tag')];
  return (row, page) => ({ security: security(row, page), tag: tag(row, page) });
}

/** When the data were last taken from their source (https://hl7.org/fhir/extensions/StructureDefinition-lastSourceSync.html); no part of the version. */
const LAST_SOURCE_SYNC = 'http://hl7.org/fhir/StructureDefinition/lastSourceSync';
const SUBSETTED = '{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}';

export function metaWriter({ branch, moduleId }: CatalogueBranch, subsetted: boolean): MetaWriter {
  const source = `"source":"urn:fascia:system:${moduleId}"`;
  const profiles = branch.profiles.length === 0 ? '' : `,"profile":${JSON.stringify(branch.profiles)}`;
  return ({ versionId, lastUpdated, asOf, security, tag }) => {
    const tags = subsetted ? (tag === '' ? SUBSETTED : `${tag},${SUBSETTED}`) : tag;
    const before =
      (asOf === '' ? '' : `"extension":[{"url":"${LAST_SOURCE_SYNC}","valueDateTime":${asOf}}],`) +
      (versionId === undefined ? '' : `"versionId":"${versionId}",`) +
      (lastUpdated === '' ? '' : `"lastUpdated":${lastUpdated},`);
    const after = (security === '' ? '' : `,"security":[${security}]`) + (tags === '' ? '' : `,"tag":[${tags}]`);
    return `{${before}${source}${profiles}${after}}`;
  };
}
