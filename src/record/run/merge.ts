import type { Row } from '../../contracts/index.ts';

export type SortKey = number | string;

/** One branch's rows in native order, with the key that orders them across branches. */
export interface Stream<T> {
  readonly of: T;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => SortKey;
}

export interface Merged<T> {
  readonly taken: readonly { readonly of: T; readonly row: Row }[];
  /** Streams with rows left over. */
  readonly left: ReadonlySet<T>;
}

/** Takes the first `count` rows of all streams: by key, ties by the order of streams. A stream's own order is never changed. */
export function mergeStreams<T>(streams: readonly Stream<T>[], count: number, descending: boolean): Merged<T> {
  const heads = streams.map((stream) => ({ stream, next: 0, key: keyAt(stream, 0) }));
  const taken: { of: T; row: Row }[] = [];
  while (taken.length < count) {
    let best: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.key === undefined) continue;
      if (best?.key === undefined || compareKeys(head.key, best.key) * (descending ? -1 : 1) < 0) best = head;
    }
    const row = best?.stream.rows[best.next];
    if (best === undefined || row === undefined) break;
    taken.push({ of: best.stream.of, row });
    best.next++;
    best.key = keyAt(best.stream, best.next);
  }
  return { taken, left: new Set(heads.filter((head) => head.key !== undefined).map((head) => head.stream.of)) };
}

function keyAt<T>(stream: Stream<T>, index: number): SortKey | undefined {
  const row = stream.rows[index];
  return row === undefined ? undefined : stream.keyOf(row);
}

/** Numbers by value, texts by code point: the order that the databases use. */
export function compareKeys(a: SortKey, b: SortKey): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareCodePoints(String(a), String(b));
}

function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above every other UTF-16 unit. */
function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
