import type { Coding } from '@medplum/fhirtypes';
import type {
  Branch,
  Codec,
  Column,
  Join,
  Labels,
  Node,
  PersonDeclaration,
  Predicate,
  ResourceType,
} from '../../contracts/index.ts';
import { compileInner } from './codec.ts';
import { tableOf, type AnyAlias } from './columns.ts';
import type { ResourceElements } from './element-types.ts';

export interface BranchSpec<T extends ResourceType> {
  /** Lower-case letters and digits, at most 6, unique in the installation: it begins every id. */
  readonly prefix: string;
  readonly from: AnyAlias;
  readonly joins?: readonly Join[];
  /** Which rows of the table are this branch, beside those that its alias declares live. */
  readonly where?: Predicate;
  readonly key: readonly [Column, ...Column[]];
  /** Encrypts the key in ids: for keys that patients or staff know, such as a record number. */
  readonly maskKey?: boolean;
  readonly profiles?: readonly string[];
  /** What the profiles require and a row may lack, such as a time: a row that lacks one of these is served without claiming them. */
  readonly profileNeeds?: readonly Codec[];
  /** Must-support elements of its profiles that the source does not hold, with all their parts, such as `telecom`: the table of profiles tells them from what is open. */
  readonly absentInSource?: readonly string[];
  readonly elements: ResourceElements<T>;
  readonly lastUpdated?: Codec<string>;
  /** When the source was read, where the table is a copy of it: the column that its file declares as `asOf`. */
  readonly asOf?: Codec<string>;
  /** Codings of `meta.security` (who may see it) and `meta.tag`: constants, or codings of columns. */
  readonly labels?: { readonly security?: readonly Codec<Coding>[]; readonly tag?: readonly Codec<Coding>[] };
  readonly person?: PersonDeclaration;
}

/** Declares one resource type over one table or join. A wrong declaration does not compile, and the message names the element. */
export function defineBranch<const T extends ResourceType>(type: T, spec: BranchSpec<T>): Branch {
  const {
    prefix,
    from,
    joins = [],
    where,
    key,
    maskKey = false,
    profiles = [],
    profileNeeds = [],
    absentInSource = [],
    elements,
    lastUpdated,
    asOf,
    labels,
    person,
  } = spec;
  return {
    type,
    prefix,
    from: tableOf(from),
    joins,
    ...(where === undefined ? {} : { where }),
    key,
    maskKey,
    profiles,
    ...(profileNeeds.length === 0 ? {} : { profileNeeds }),
    absentInSource,
    elements: bindElements(elements, type),
    ...(lastUpdated === undefined ? {} : { lastUpdated: bindCodec(lastUpdated, `${type}.meta.lastUpdated`) }),
    ...(asOf === undefined ? {} : { asOf: bindCodec(asOf, `${type}.meta`) }),
    ...(labels === undefined ? {} : { labels: bindLabels(labels, type) }),
    ...(person === undefined ? {} : { person }),
  };
}

function bindLabels({ security = [], tag = [] }: Labels, type: ResourceType): Labels {
  return {
    security: security.map((codec) => bindCodec(codec, `${type}.meta.security`)),
    tag: tag.map((codec) => bindCodec(codec, `${type}.meta.tag`)),
  };
}

/** Tells each codec the path of its element, so that unmapped codes are counted by element. */
function bind(node: Node, path: string): Node {
  if (Array.isArray(node)) return (node as readonly Node[]).map((entry) => bind(entry, path));
  if ('is' in node && node.is === 'codec') return bindCodec(node, path);
  if ('is' in node && node.is === 'many') {
    const child = node;
    return { ...child, element: bind(child.element, path) };
  }
  return bindElements(node as Readonly<Record<string, Node>>, path);
}

function bindElements(elements: Readonly<Record<string, Node>>, path: string): Readonly<Record<string, Node>> {
  return Object.fromEntries(Object.entries(elements).map(([name, node]) => [name, bind(node, `${path}.${name}`)]));
}

function bindCodec(codec: Codec, path: string): Codec {
  return { ...codec, compile: (slot) => compileInner(codec, slot, path) };
}
