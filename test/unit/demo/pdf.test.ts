import { describe, expect, it } from '@jest/globals';
import { pdfOf } from '../../../demo/model/pdf.ts';

describe('the printed form of a report', () => {
  const text = pdfOf(['A (first) line', 'back\\slash', 'µ']).toString('latin1');

  it('has a table that leads to every object', () => {
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    expect(text.slice(start)).toMatch(/^xref\n0 6\n0000000000 65535 f \n/);
    const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
    expect(offsets).toHaveLength(5);
    offsets.forEach((offset, i) => {
      expect(text.slice(offset)).toMatch(new RegExp(`^${String(i + 1)} 0 obj\n<<[^]*?\nendobj\n`));
    });
  });

  it('states the length of its text, in which brackets are escaped', () => {
    const [, length, content] = /\/Length (\d+) >>\nstream\n([^]*)\nendstream/.exec(text) ?? [];
    expect(content).toHaveLength(Number(length));
    expect(content).toContain('(A \\(first\\) line) Tj');
    expect(content).toContain('(back\\\\slash) Tj');
    expect(content).toContain('(?) Tj');
  });

  it('is the same for the same lines, and one page however many there are', () => {
    expect(pdfOf(['x'])).toEqual(pdfOf(['x']));
    expect(pdfOf(Array.from({ length: 500 }, () => 'x')).length).toBeLessThan(3000);
  });
});
