import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createStatementNames } from '../../../src/sources/sql/connect/statement-names.ts';

describe('the names of a session', () => {
  it('are parsed when the session lacks them, and never more than the bound, whatever fails', () => {
    const step = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fails: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), (max, steps) => {
        const names = createStatementNames(max);
        /** As a server would: Close of an unknown name is no error, Parse of a known one is. */
        const session = new Set<string>();
        for (const { name, fails } of steps) {
          const { isNew, close } = names.use(name);
          for (const closed of close) session.delete(closed);
          if (isNew) expect(session.has(name)).toBe(false);
          // A failure leaves open whether the name was learnt.
          if (!fails || name < 'd') session.add(name);
          if (fails) names.doubt(name);
          else expect(session.has(name)).toBe(true);
          expect(session.size).toBeLessThanOrEqual(max + 1);
        }
        for (const name of [...session]) for (const closed of names.use(name).close) session.delete(closed);
        expect(session.size).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('give up the one that was used longest ago', () => {
    const names = createStatementNames(2);
    expect(['a', 'b', 'a', 'c', 'a', 'b'].map((name) => names.use(name))).toEqual([
      { isNew: true, close: [] },
      { isNew: true, close: [] },
      { isNew: false, close: [] },
      { isNew: true, close: ['b'] },
      { isNew: false, close: [] },
      { isNew: true, close: ['c'] },
    ]);
  });
});
