import { CsvError, parse, type Parser } from 'csv-parse';
import type { DelimitedLayout } from '../../../contracts/index.ts';
import { Fault } from '../../../core/index.ts';
import type { RawLine } from './raw-line.ts';

/** A record without an end, such as one whose quote is never closed, is given up here. */
const RECORD_LENGTH_MAX = 1_048_576;

/**
 * The records of texts of whole lines, as batches. Throws `file.quoting` where a quote stands where none may stand, or is not closed: what follows
 * could be anything.
 */
export async function* readDelimited(
  texts: AsyncIterable<string>,
  layout: DelimitedLayout,
): AsyncGenerator<readonly RawLine[]> {
  let batch: RawLine[] = [];
  let begins = 1;
  let isCut = false;
  const parser = parse({
    delimiter: layout.delimiter,
    quote: layout.quote ?? null,
    escape: layout.quote ?? null,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    max_record_size: RECORD_LENGTH_MAX,
    on_record: (fields: string[]) => {
      const [head = ''] = fields;
      if (fields.length > 1 || head !== '') batch.push({ line: begins, fields, head, isCut: false });
      begins += 1 + lineEndsIn(fields);
      // Nothing is passed on: the batch is taken after each write, so that the pace is the reader's.
      return null;
    },
  });
  const took = (): readonly RawLine[] => {
    const taken = batch;
    batch = [];
    return taken;
  };
  parser.on('error', () => undefined);
  try {
    for await (const text of texts) {
      await write(parser, text);
      isCut = !text.endsWith('\n');
      yield took();
    }
    await end(parser);
  } catch (error) {
    throw error instanceof CsvError
      ? new Fault('file.quoting', `quoting is broken in the record that begins at line ${begins}`)
      : error;
  } finally {
    parser.destroy();
  }
  yield took().map((line) => ({ ...line, isCut }));
}

/** The parser's own count takes a CRLF inside quotes for two lines. */
function lineEndsIn(fields: readonly string[]): number {
  let ends = 0;
  for (const field of fields) {
    for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) ends += 1;
  }
  return ends;
}

function write(parser: Parser, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

function end(parser: Parser): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('error', reject);
    parser.end(resolve);
  });
}
