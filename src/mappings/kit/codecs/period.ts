import type { Period } from '@medplum/fhirtypes';
import { and, not, or, type Codec } from '../../../contracts/index.ts';
import { columnsOf } from '../codec.ts';
import { objectText } from '../json-text.ts';
import { dateSearch, type TimeCodec, type TimeRange } from '../time-range.ts';

/** A Period of two dates; an end that is missing is infinite. Sorts by its start; a period without one sorts last. */
export function period(start: TimeCodec, end: TimeCodec): Codec<Period> {
  const present = or(start.range.present, end.range.present);
  const isOpen = (side: TimeCodec): ReturnType<typeof and> => and(present, not(side.range.present));
  const range: TimeRange = {
    present,
    lo: (op, instantMs, context) => {
      const bound = start.range.lo(op, instantMs, context);
      return op === '<' ? or(bound, isOpen(start)) : bound;
    },
    hi: (op, instantMs, context) => {
      const bound = end.range.hi(op, instantMs, context);
      return op === '>' ? or(bound, isOpen(end)) : bound;
    },
  };
  return {
    is: 'codec',
    columns: columnsOf(start, end),
    compile: (slot) => {
      const [writeStart, writeEnd] = [start.compile(slot), end.compile(slot)];
      return (row, page) =>
        objectText([
          ['start', writeStart(row, page)],
          ['end', writeEnd(row, page)],
        ]);
    },
    present,
    searches: { date: dateSearch(range) },
    ...(start.sort === undefined ? {} : { sort: start.sort }),
    parts: { start, end },
  };
}
