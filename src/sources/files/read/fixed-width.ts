import type { FixedWidthLayout } from '../../../contracts/index.ts';
import type { RawLine } from './raw-line.ts';

/** The lines of texts of whole lines, as batches. */
export async function* readFixedWidth(
  texts: AsyncIterable<string>,
  layout: FixedWidthLayout,
): AsyncGenerator<readonly RawLine[]> {
  const places = Object.values(layout.fields).map(([position, width]) => [position - 1, position - 1 + width] as const);
  let line = 0;
  for await (const text of texts) {
    const isWhole = text.endsWith('\n');
    const lines = (isWhole ? text.slice(0, -1) : text).split('\n');
    yield lines.flatMap((raw, i): readonly RawLine[] => {
      line += 1;
      const head = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (head === '') return [];
      const fields = head.length === layout.width ? places.map(([from, to]) => head.slice(from, to)) : [];
      return [{ line, fields, head, isCut: !isWhole && i === lines.length - 1 }];
    });
  }
}
