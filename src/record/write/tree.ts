import {
  Damaged,
  type Codec,
  type JoinedText,
  type Many,
  type Node,
  type PageContext,
  type Row,
} from '../../contracts/index.ts';
import { setWritten, type JsonValue } from '../../fhir/index.ts';
import { isCodec, isList, isMany, type ElementMap } from '../model/nodes.ts';
import { createSlots, type Slots } from './slots.ts';

/** What the writers of a page share: references, the rows of to-many children, and the person of a patient row. */
export interface RenderContext extends PageContext {
  childRows(child: ChildPlan, owner: Row): readonly Row[];
}

export type RenderWriter = (row: Row, page: RenderContext) => string;

/** An object or array under construction. */
export type Holder = Record<string, JsonValue> | JsonValue[];

/**
 * The same value as an object: puts it under a name of a holder, or at the end of an array, and says whether it is there. Every leaf is read from
 * the text that its codec writes, so that text and object cannot tell different things.
 */
export type RenderBuilder = (holder: Holder, name: string, row: Row, page: RenderContext) => boolean;

/** A to-many child of a rendering: one statement per page, grouped by the owner's columns. */
export interface ChildPlan {
  readonly many: Many;
  readonly slots: Slots;
  /** Where the owner's rows hold the columns that children are tied by. */
  readonly ownerSlots: readonly number[];
  /** Where the child's rows hold them. */
  readonly childSlots: readonly number[];
}

const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

export interface Compiled {
  readonly write: RenderWriter;
  readonly build: RenderBuilder;
  /** The same text for every row. */
  readonly constant: boolean;
}

/** Compiles a declared tree to a writer of JSON text. `children` collects its to-many children. */
export function compileNode(node: Node, slots: Slots, children: ChildPlan[], path: string): Compiled {
  if (isCodec(node)) return compileCodec(node, slots, path);
  if (isMany(node)) {
    if (node.joined === undefined) throw new Error(`${path}: a to-many child stands only inside a repeating element.`);
    return compileJoined(node, node.joined, slots, children, path);
  }
  if (isList(node)) return compileList(node, slots, children, path);
  return compileObject(node, slots, children, path, false);
}

function compileCodec(codec: Codec, slots: Slots, path: string): Compiled {
  const write = codec.compile((column) => slots.of(column));
  if (codec.constant !== undefined) return { write, build: buildLeaf(write), constant: true };
  const guarded: RenderWriter = (row, page) => {
    try {
      return write(row, page);
    } catch (error) {
      if (error instanceof Damaged) throw new Damaged(path, error.message);
      throw error;
    }
  };
  return { write: guarded, build: buildLeaf(guarded), constant: false };
}

/** Neighbouring rows often have the same code or status: what was read for the last one is put again, as nobody changes it. */
function buildLeaf(write: RenderWriter): RenderBuilder {
  let last: { readonly text: string; readonly value: JsonValue } | undefined;
  return (holder, name, row, page) => {
    const text = write(row, page);
    if (text === '') return false;
    if (last?.text === text && typeof last.value !== 'number') place(holder, name, last.value);
    else last = { text, value: setWritten(holder, Array.isArray(holder) ? holder.length : name, text) };
    return true;
  };
}

function place(holder: Holder, name: string, value: JsonValue): void {
  if (Array.isArray(holder)) holder.push(value);
  else holder[name] = value;
}

function compileList(nodes: readonly Node[], slots: Slots, children: ChildPlan[], path: string): Compiled {
  const parts = nodes.map((node) =>
    isMany(node) ? compileMany(node, slots, children, path) : compileNode(node, slots, children, path),
  );
  const [only] = parts;
  const constant = parts.every((part) => part.constant);
  const build: RenderBuilder = (holder, name, row, page) => {
    const list: JsonValue[] = [];
    for (const part of parts) part.build(list, '', row, page);
    if (list.length > 0) place(holder, name, list);
    return list.length > 0;
  };
  if (parts.length === 1 && only !== undefined) {
    const { write } = only;
    return { constant, build, write: (row, page) => bracket(write(row, page)) };
  }
  return {
    constant,
    build,
    write(row, page) {
      let text = '';
      for (const part of parts) {
        const value = part.write(row, page);
        if (value !== '') text = text === '' ? value : `${text},${value}`;
      }
      return bracket(text);
    },
  };
}

function bracket(text: string): string {
  return text === '' ? '' : `[${text}]`;
}

function compileMany(many: Many, ownerSlots: Slots, children: ChildPlan[], path: string): Compiled {
  const { child, element } = compileChild(many, ownerSlots, children, path);
  return {
    constant: false,
    build(holder, name, row, page) {
      let any = false;
      for (const childRow of page.childRows(child, row)) any = element.build(holder, name, childRow, page) || any;
      return any;
    },
    write(row, page) {
      let text = '';
      for (const childRow of page.childRows(child, row)) {
        const value = element.write(childRow, page);
        if (value !== '') text = text === '' ? value : `${text},${value}`;
      }
      return text;
    },
  };
}

/** The strings of all rows as one; absent where there is no row. */
function compileJoined(
  many: Many,
  { separator, encoding }: JoinedText,
  ownerSlots: Slots,
  children: ChildPlan[],
  path: string,
): Compiled {
  const { child, element } = compileChild(many, ownerSlots, children, path);
  const write: RenderWriter = (row, page) => {
    const texts = page.childRows(child, row).flatMap((childRow) => element.write(childRow, page) || []);
    if (texts.length === 0) return '';
    const whole = texts.map((text) => JSON.parse(text) as string).join(separator);
    return JSON.stringify(encoding === 'base64' ? Buffer.from(whole).toString('base64') : whole);
  };
  return { constant: false, write, build: buildLeaf(write) };
}

/** The plan of a to-many child, once for all its places, and the writer of one of its rows. */
function compileChild(
  many: Many,
  ownerSlots: Slots,
  children: ChildPlan[],
  path: string,
): { readonly child: ChildPlan; readonly element: Compiled } {
  const known = children.find((candidate) => candidate.many === many);
  const child = known ?? createChild(many, ownerSlots);
  const grandchildren: ChildPlan[] = [];
  const element = compileNode(many.element, child.slots, grandchildren, path);
  if (grandchildren.length > 0)
    throw new Error(`${path}: a to-many child inside a to-many child is not supported; join it instead.`);
  if (known === undefined) children.push(child);
  return { child, element };
}

export function createChild(many: Many, ownerSlots: Slots): ChildPlan {
  const slots = createSlots();
  return {
    many,
    slots,
    childSlots: many.on.map(([column]) => slots.of(column)),
    ownerSlots: many.on.map(([, owner]) => ownerSlots.of(owner)),
  };
}

/** A constant is written once, with its label, and not again for each row. */
function fixedText({ constant, write }: Compiled, label: string): string | undefined {
  const text = constant ? write([], NO_PAGE) : '';
  return text === '' ? undefined : label + text;
}

/** Constants ask nothing of their page. */
const NO_PAGE: RenderContext = { reference: () => '', unmapped: () => undefined, childRows: () => [] };

/** An object whose changing parts are all absent is absent, whatever constants stand beside them. */
export function compileObject(
  elements: ElementMap,
  slots: Slots,
  children: ChildPlan[],
  path: string,
  isRoot: boolean,
): Compiled {
  const parts = Object.entries(elements).map(([name, node]) => {
    const element = isMany(node) && node.joined === undefined ? [node] : node;
    const compiled = compileNode(element, slots, children, `${path}.${name}`);
    const reason = isCodec(node) ? node.absentReason : undefined;
    const absent = reason === undefined ? '' : `"_${name}":{"extension":[{"url":"${ABSENT}","valueCode":"${reason}"}]}`;
    const label = `"${name}":`;
    return { name, label, labelled: fixedText(compiled, label), absent, reason, ...compiled };
  });
  const constant = parts.every((part) => part.constant);
  return {
    constant,
    build(holder, name, row, page) {
      const object: Record<string, JsonValue> = isRoot ? (holder as Record<string, JsonValue>) : {};
      let changes = constant || isRoot;
      let isEmpty = true;
      for (const part of parts) {
        if (part.build(object, part.name, row, page)) {
          changes ||= !part.constant;
          isEmpty = false;
        } else if (part.reason !== undefined) {
          object[`_${part.name}`] = { extension: [{ url: ABSENT, valueCode: part.reason }] };
          isEmpty = false;
        }
      }
      const isThere = changes && !isEmpty;
      if (isThere && !isRoot) place(holder, name, object);
      return isThere;
    },
    write(row, page) {
      let text = '';
      let changes = constant || isRoot;
      for (const part of parts) {
        if (part.labelled !== undefined) {
          text = text === '' ? part.labelled : `${text},${part.labelled}`;
          continue;
        }
        const value = part.write(row, page);
        if (value !== '') {
          text = text === '' ? part.label + value : `${text},${part.label}${value}`;
          changes = true;
        } else if (part.absent !== '') {
          text = text === '' ? part.absent : `${text},${part.absent}`;
        }
      }
      if (isRoot) return text;
      return changes && text !== '' ? `{${text}}` : '';
    },
  };
}
