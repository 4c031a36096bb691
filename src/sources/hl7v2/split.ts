/** A header begins a line, or follows the byte order mark of a file; no letter or digit follows its name. */
const MESSAGE = /(?:^|[\r\n\v])(?:\xef\xbb\xbf)?[ \t]*(MSH[^A-Za-z0-9\s])/g;
/** Segments that hold messages together in a file, and the bytes of MLLP. */
const WRAPPERS = /(?:^|(?<=[\r\n]))(?:FHS|BHS|BTS|FTS)[^\r\n]*[\r\n]*|[\v\x1c]/g;

/**
 * The messages of a file, each as its bytes: one, several after another, a batch without its wrapping segments, or frames of MLLP. In: the bytes of the file.
 * Out: none where no line begins with MSH.
 */
export function splitMessages(file: Buffer): readonly Buffer[] {
  // Latin-1 gives each byte one character, whatever the encoding of the messages is.
  const text = file.toString('latin1');
  const starts = [...text.matchAll(MESSAGE)].map((match) => match.index + match[0].length - (match[1]?.length ?? 0));
  return starts.map((start, at) =>
    Buffer.from(text.slice(start, starts[at + 1] ?? text.length).replaceAll(WRAPPERS, ''), 'latin1'),
  );
}
