import type { Chunk, Cursor, Entry, Issue } from '../../contracts/index.ts';

/** What was fetched and written together: some matches, then what they include. */
export interface Block {
  readonly entries: readonly Entry[];
  readonly issues: readonly Issue[];
  /** Only in the first block of a page. */
  readonly total?: number;
  /** Where the page would go on after this block; none at the end of the matches. */
  readonly next?: Cursor;
  /** Systems that answered, by id. */
  readonly systems: readonly string[];
}

/**
 * Seals a page's blocks into chunks of at most so many characters of text, or of one entry that is longer. Where it cuts depends on the texts alone. A
 * chunk is sealed only when something comes after it, so the last one is never an empty one behind others.
 */
export async function* sealChunks(blocks: AsyncIterable<Block>, charactersMax: number): AsyncGenerator<Chunk> {
  let open = openChunk();
  let next: Cursor | undefined;
  for await (const block of blocks) {
    next = block.next;
    open.total ??= block.total;
    for (const entry of block.entries) {
      if (open.entries.length > 0 && open.characters + entry.text.length > charactersMax) {
        yield sealed(open, false);
        open = openChunk();
      }
      open.entries.push(entry);
      open.characters += entry.text.length;
      addAll(open.systems, block.systems);
    }
    addAll(open.systems, block.systems);
    open.issues.push(...block.issues);
  }
  const last = sealed(open, true);
  yield next === undefined ? last : { ...last, next };
}

interface OpenChunk {
  readonly entries: Entry[];
  readonly issues: Issue[];
  readonly systems: Set<string>;
  characters: number;
  total: number | undefined;
}

function openChunk(): OpenChunk {
  return { entries: [], issues: [], systems: new Set(), characters: 0, total: undefined };
}

function sealed({ entries, issues, systems, total }: OpenChunk, last: boolean): Chunk {
  return { entries, issues, ...(total === undefined ? {} : { total }), systems: [...systems], last };
}

function addAll(to: Set<string>, systems: readonly string[]): void {
  for (const system of systems) to.add(system);
}
