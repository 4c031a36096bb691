import { hash } from 'node:crypto';
import type { Branch, Column, Entry, MemberKey, Rendering, Row } from '../../contracts/index.ts';
import {
  jsonNamesAsked,
  mandatoryElements,
  patientPathOf,
  summaryElements,
  type JsonObject,
} from '../../fhir/index.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import type { ElementMap } from '../model/nodes.ts';
import { patientHits } from '../model/patient-hits.ts';
import { leaves, rootOf, type Hit } from '../model/walk.ts';
import { objectForm } from './object-form.ts';
import {
  activeText,
  joined,
  keptOverlay,
  linkText,
  PERSON_ELEMENTS,
  withIdentifiers,
  type Overlay,
} from './overlay.ts';
import { compileClaims, metaWriter } from './meta.ts';
import { createSlots, type Slots } from './slots.ts';
import { compileObject, createChild, type ChildPlan, type Compiled, type RenderContext } from './tree.ts';

/** One branch compiled for one way of rendering: which columns to select, and how a row becomes JSON text. */
export interface BranchRendering {
  readonly columns: readonly Column[];
  readonly children: readonly ChildPlan[];
  readonly subsetted: boolean;
  keyOf(row: Row): readonly (string | null)[];
  /** The persons' members that a row (with its children) refers to, for the page's link read. */
  patientsIn(row: Row, page: RenderContext): readonly MemberKey[];
  /** The patients that the row is about, for audit: of a type that is in nobody's compartment, all that what is written of it names. */
  subjectsOf(row: Row, page: RenderContext): readonly MemberKey[];
  /** Native keys that a row's reference parameter holds, with the branch they belong to. */
  referencesOf(code: string): (row: Row, page: RenderContext) => readonly MemberKey[];
  /** Throws Damaged. `overlay` replaces elements of a patient by those of its person. */
  write(
    id: string,
    row: Row,
    page: RenderContext,
    overlay?: Overlay,
  ): Pick<Entry, 'text' | 'versionId' | 'lastUpdated'>;
  /** What `write` writes, as an object whose numbers remember how they were written; `versionId` is that of the text. Throws Damaged. */
  object(id: string, row: Row, page: RenderContext, versionId: string | undefined, overlay?: Overlay): JsonObject;
  /** As `object`, with at least the elements that it was compiled to be judged on. */
  judged(id: string, row: Row, page: RenderContext, overlay?: Overlay): JsonObject;
  slotsOf(columns: readonly Column[]): readonly number[];
}

export type { Overlay };

/** The identity of a rendering, for caching. */
export function renderingKey(rendering: Rendering, judgedOn: readonly string[]): string {
  return `${rendering.summary}|${rendering.elements?.toSorted().join() ?? '*'}|${judgedOn.toSorted().join()}`;
}

/** `judgedOn`: top-level elements that are read beside those that are written, because a criterion is judged on them. */
export function compileRendering(
  entry: CatalogueBranch,
  rendering: Rendering,
  version: string,
  judgedOn: readonly string[] = [],
): BranchRendering {
  const { branch } = entry;
  const kept = keptElements(branch, rendering);
  const subsetted = isSubset(rendering);
  const slots = createSlots();
  const children: ChildPlan[] = [];
  const keySlots = branch.key.map((column) => slots.of(column));
  const isPatient = branch.type === 'Patient';
  const parts = compileParts(branch, kept, slots, children);
  const { identifiers, active, body } = parts;
  const updated = branch.lastUpdated?.compile((column) => slots.of(column));
  const asOf = branch.asOf?.compile((column) => slots.of(column));
  const meta = metaWriter(entry, subsetted);
  const claims = compileClaims(branch, slots, children);
  const { patients, subjects } = patientReaders(entry, kept, children, slots);
  const form = { type: branch.type, updated, asOf, claims, meta };
  const object = objectForm({ ...form, ...parts, kept });
  const seen = keptElements(branch, { summary: 'false', elements: judgedOn });
  const isJudgedApart = subsetted && judgedOn.length > 0;
  const judged = isJudgedApart
    ? objectForm({ ...form, ...compileParts(branch, seen, slots, children), kept: seen })
    : object;
  const ownMember = (row: Row): MemberKey => ({ branch: branch.prefix, key: keySlots.map((slot) => row[slot] ?? '') });
  return {
    columns: slots.columns,
    children,
    subsetted,
    keyOf: (row) => keySlots.map((slot) => row[slot] ?? null),
    patientsIn: (row, page) => {
      const members = membersOf(patients, row, page);
      return isPatient ? [ownMember(row), ...members] : members;
    },
    subjectsOf: (row, page) => (isPatient ? [ownMember(row)] : membersOf(subjects, row, page)),
    referencesOf: (code) => {
      const readers = (entry.params.get(code)?.hits ?? []).map((hit) => memberReader(hit, children, slots));
      return (row, page) => readers.flatMap((reader) => reader.read(row, page));
    },
    slotsOf: (columns) => columns.map((column) => slots.of(column)),
    write(id, row, page, fullOverlay) {
      const overlay = fullOverlay && keptOverlay(fullOverlay, kept);
      const own = identifiers?.write(row, page) ?? '';
      const elements = joined(
        withIdentifiers(own, overlay),
        activeText(overlay, active?.write(row, page) ?? ''),
        body.write(row, page),
        linkText(overlay),
      );
      const lastUpdated = updated?.(row, page) ?? '';
      const claimed = claims(row, page);
      const { versionId, written } = subsetted
        ? { versionId: undefined, written: elements }
        : versioned(`${version}${claimed.profile}${claimed.security}${claimed.tag}`, elements);
      const text = `{"resourceType":"${branch.type}","id":"${id}","meta":${meta({ versionId, lastUpdated, asOf: asOf?.(row, page) ?? '', ...claimed })}${written === '' ? '' : `,${written}`}}`;
      return {
        text,
        ...(versionId === undefined ? {} : { versionId }),
        // A patient's links and foreign identifiers may change later than its row: of such a one no time of change is known.
        ...(lastUpdated === '' || fullOverlay !== undefined ? {} : { lastUpdated: lastUpdated.slice(1, -1) }),
      };
    },
    object,
    judged: (id, row, page, overlay) => judged(id, row, page, undefined, overlay),
  };
}

/** Hashing makes one flat string of the hundreds of pieces that elements are: `written` is part of it, so that they are not put together a second time. */
function versioned(before: string, elements: string): { readonly versionId: string; readonly written: string } {
  const hashed = before + elements;
  const versionId = hash('sha256', hashed, 'hex').slice(0, 16);
  return { versionId, written: hashed.slice(before.length) };
}

function isSubset({ elements, summary }: Rendering): boolean {
  return elements !== undefined || (summary !== 'false' && summary !== 'count');
}

/** What is written of a resource. Identifiers and `active` of a patient are apart, because they belong to the person. */
function compileParts(
  { type }: Branch,
  kept: ElementMap,
  slots: Slots,
  children: ChildPlan[],
): { readonly identifiers: Compiled | undefined; readonly active: Compiled | undefined; readonly body: Compiled } {
  const isPatient = type === 'Patient';
  const part = (names: (name: string) => boolean): Compiled =>
    compileObject(
      Object.fromEntries(Object.entries(kept).filter(([name]) => names(name))),
      slots,
      children,
      type,
      true,
    );
  return {
    body: part((name) => !isPatient || !PERSON_ELEMENTS.has(name)),
    identifiers: isPatient ? part((name) => name === 'identifier') : undefined,
    active: isPatient ? part((name) => name === 'active') : undefined,
  };
}

function membersOf(readers: readonly MemberReader[], row: Row, page: RenderContext | undefined): readonly MemberKey[] {
  const [only] = readers;
  return readers.length === 1 && only !== undefined
    ? only.read(row, page)
    : readers.flatMap((reader) => reader.read(row, page));
}

/** Mandatory elements always stay (https://hl7.org/fhir/R4/search.html#elements). `link` and `active` of patients belong to the person. */
function keptElements(branch: Branch, rendering: Rendering): ElementMap {
  const all: ElementMap =
    branch.type === 'Patient' ? { identifier: [], active: [], link: [], ...branch.elements } : branch.elements;
  const wanted = wantedNames(branch, rendering);
  if (wanted === undefined) return rendering.summary === 'data' ? without(all, 'text') : all;
  const names = new Set([...wanted, ...mandatoryElements(branch.type)]);
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
}

function wantedNames(branch: Branch, rendering: Rendering): Iterable<string> | undefined {
  if (rendering.elements !== undefined)
    return rendering.elements.flatMap((name) => jsonNamesAsked(branch.type, name) ?? []);
  if (rendering.summary === 'true') return summaryElements(branch.type);
  return rendering.summary === 'text' ? ['text'] : undefined;
}

function without(elements: ElementMap, name: string): ElementMap {
  return Object.fromEntries(Object.entries(elements).filter(([key]) => key !== name));
}

interface MemberReader {
  readonly type: string;
  read(row: Row, page: RenderContext | undefined): readonly MemberKey[];
}

/** Reads the native keys of one reference. A child that the rendering does not show is selected for its keys alone. */
function memberReader(hit: Hit, children: ChildPlan[], ownerSlots: Slots): MemberReader {
  const reference = hit.codec.reference;
  if (reference === undefined) return { type: '', read: () => [] };
  const { type, branch } = reference.target;
  const [many] = hit.via;
  const member = (row: Row, slots: readonly number[]): readonly MemberKey[] => {
    const key = slots.map((slot) => row[slot] ?? null);
    return key.includes(null) ? [] : [{ branch, key: key as readonly string[] }];
  };
  if (many === undefined) {
    const slots = reference.key.map((column) => ownerSlots.of(column));
    let last: readonly MemberKey[] = [];
    // The same array for the same key, so that what is found for it is found once.
    return { type, read: (row) => (isKeyOf(last[0], row, slots) ? last : (last = member(row, slots))) };
  }
  const known = children.find((candidate) => candidate.many === many);
  const child = known ?? createChild(many, ownerSlots);
  if (known === undefined) children.push(child);
  const slots = reference.key.map((column) => child.slots.of(column));
  return {
    type,
    read: (row, page) => (page?.childRows(child, row) ?? []).flatMap((childRow) => member(childRow, slots)),
  };
}

function isKeyOf(member: MemberKey | undefined, row: Row, slots: readonly number[]): boolean {
  if (member === undefined) return false;
  for (let i = 0; i < slots.length; i += 1) if (member.key[i] !== row[slots[i] ?? -1]) return false;
  return true;
}

function collectReferences(elements: ElementMap, type: string): readonly Hit[] {
  return leaves(rootOf(elements, type)).filter((hit) => hit.codec.reference !== undefined);
}

/** `patients`: all whom the row refers to, or is about. `subjects`: whom it is about, for audit. */
function patientReaders(
  entry: CatalogueBranch,
  kept: ElementMap,
  children: ChildPlan[],
  slots: Slots,
): { readonly patients: readonly MemberReader[]; readonly subjects: readonly MemberReader[] } {
  const readerOf = (hit: Hit): MemberReader => memberReader(hit, children, slots);
  const named = collectReferences(kept, entry.branch.type)
    .map(readerOf)
    .filter(({ type }) => type === 'Patient');
  const subjects = subjectHits(entry)?.map(readerOf) ?? named;
  return { patients: entry.of === undefined ? named : [...new Set([...named, ...subjects])], subjects };
}

/** Where a resource names the patient that it is about. Undefined: it is about all whom it names. */
function subjectHits({ of, ...asked }: CatalogueBranch): readonly Hit[] | undefined {
  const entry = of ?? asked;
  const path = patientPathOf(entry.branch.type);
  if (path === undefined || (of !== undefined && entry.branch.type === 'Patient')) return undefined;
  return patientHits(entry.branch, entry.params).filter((hit) => hit.via.length === 0);
}
