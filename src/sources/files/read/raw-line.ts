/** The fields of one line as they stand in the file, and the line on which it begins, from 1. */
export interface RawLine {
  readonly line: number;
  /** None, where a line of fixed width has another width. */
  readonly fields: readonly string[];
  /** What the line begins with: its first field, or its whole text where widths are fixed. */
  readonly head: string;
  /** The text ended without a line end behind it: true of the last line at most. */
  readonly isCut: boolean;
}
