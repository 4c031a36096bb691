import { describe, expect, it } from '@jest/globals';
import { alias, narrative, table, text } from '../../../src/mappings/kit/index.ts';
import { damaged, written } from './codec-harness.ts';

const t = alias('t', table('T', { SUMMARY: text() }));

describe('narrative', () => {
  it.each([
    ['words', ' Walk daily ', 'Walk daily'],
    ['what looks like markup', 'pH <7 & <b>rising</b>', 'pH &lt;7 &amp; &lt;b&gt;rising&lt;/b&gt;'],
    ['ends of lines', 'one\r\ntwo\nthree', 'one<br/>two<br/>three'],
    ['quotes', `the "plan" isn't`, `the "plan" isn't`],
  ])('writes %s as text', (_, stored, inside) => {
    expect(written(narrative(t.SUMMARY), { 't.SUMMARY': stored })).toEqual({
      status: 'additional',
      div: `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>`,
    });
  });

  it.each([null, '', '  '])('is absent where nothing was written: %j', (stored) => {
    expect(written(narrative(t.SUMMARY), { 't.SUMMARY': stored })).toBeUndefined();
  });

  it.each(['\t', 'a\u0007b'])('takes %j for damage', (stored) => {
    expect(written(narrative(t.SUMMARY), { 't.SUMMARY': stored })).toBe(damaged);
  });
});
