import { describe, expect, it, afterAll, beforeAll } from '@jest/globals';
import type { Codec, Labels, Node } from '../../src/contracts/index.ts';
import { inspectBranch, type CatalogueBranch } from '../../src/record/index.ts';
import { isCodec, isList, isMany } from '../../src/record/model/nodes.ts';
import { createSealer } from '../../src/security/index.ts';
import { testPatients } from '../support/demo-home.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';

/** What a declaration writes is nothing for every row: a part of a datatype, a second coding, one of several alternatives. */
class Watch {
  readonly #written = new Map<string, boolean>();

  /** The same declaration, which is remembered where it writes something. */
  node(node: Node, path: string): Node {
    if (isList(node)) return node.map((one, i) => this.node(one, `${path}[${String(i)}]`));
    if (isMany(node)) return { ...node, element: this.node(node.element, path) };
    if (isCodec(node)) return this.#codec(node, path);
    return Object.fromEntries(Object.entries(node).map(([name, one]) => [name, this.node(one, `${path}.${name}`)]));
  }

  unwritten(): readonly string[] {
    return [...this.#written].flatMap(([path, isWritten]) => (isWritten ? [] : [path]));
  }

  #codec(codec: Codec, path: string): Codec {
    const parts = partsIn(partsOf(codec), path);
    for (const [place] of [[path] as const, ...parts]) this.#written.set(place, this.#written.get(place) ?? false);
    return {
      ...codec,
      compile: (slot) => {
        const write = codec.compile(slot);
        const inner = parts.map(([place, part]) => [place, part.compile(slot)] as const);
        return (row, page) => {
          const text = write(row, page);
          if (text !== '') this.#written.set(path, true);
          for (const [place, writePart] of inner)
            if (this.#written.get(place) === false && writePart(row, page) !== '') this.#written.set(place, true);
          return text;
        };
      },
    };
  }
}

/** The codecs inside a datatype, as far as it tells them, each with its place. */
function partsIn(node: Node, path: string): readonly (readonly [path: string, codec: Codec])[] {
  if (isList(node)) return node.flatMap((one, i) => partsIn(one, `${path}[${String(i)}]`));
  if (isMany(node)) return [];
  if (isCodec(node)) return [[path, node], ...partsIn(partsOf(node), path)];
  return Object.entries(node).flatMap(([name, one]) => partsIn(one, `${path}.${name}`));
}

/** A code map need not have displays. */
function partsOf({ parts = {}, note }: Codec): Node {
  const { display, ...others } = parts;
  return note?.codeMap === undefined && display !== undefined ? parts : others;
}

function watchedEntry(entry: CatalogueBranch, watch: Watch): CatalogueBranch {
  const { branch } = entry;
  const { elements, labels } = branch;
  return {
    ...entry,
    branch: {
      ...branch,
      elements: watch.node(elements, branch.type) as typeof elements,
      ...(labels === undefined
        ? {}
        : { labels: watch.node({ ...labels }, `${branch.type}.meta`) as unknown as Labels }),
    },
  };
}

/** Among fewer people some rare rows are missing. */
const PATIENTS = 300;

(testPatients < PATIENTS ? describe.skip : describe)('the declarations of the demo', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer();
  });
  afterAll(() => server.stop());

  it('all write something for some row, each part and each alternative of them', async () => {
    const { catalogue } = server.running.installation.record;
    const sealer = createSealer(Buffer.alloc(32, 7));
    const options = { catalogue, sealer, most: 1_000_000, validate: undefined, onRows: () => {} };
    const dead: string[] = [];
    for (const entry of catalogue.branches.filter(({ of }) => of === undefined)) {
      const watch = new Watch();
      await inspectBranch(watchedEntry(entry, watch), options, new AbortController().signal);
      dead.push(...watch.unwritten().map((path) => `${entry.moduleId}: ${path} (${entry.branch.prefix})`));
    }
    expect(dead).toEqual([]);
  });
});
