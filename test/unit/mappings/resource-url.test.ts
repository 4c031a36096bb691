import { describe, expect, it } from '@jest/globals';
import { alias, integer, resourceUrl, table, text } from '../../../src/mappings/kit/index.ts';
import { never } from '../../../src/contracts/index.ts';

const scan = alias('s', table('SCAN', { ID: integer(), PAGE: integer(), NAME: text() }));

describe('the address of a Binary', () => {
  const codec = resourceUrl('Binary', 'sb', [scan.ID]);
  const keys = (values: readonly string[]): unknown =>
    expect.objectContaining({ ...(values.length === 1 ? { value: values[0] } : { values }) });

  it('is written from the key, and absent without one', () => {
    const write = codec.compile(() => 0);
    const page = {
      reference: (_: unknown, key: readonly string[]) => `Binary/sb.${key.join('-')}`,
      unmapped: () => undefined,
    };
    expect(write(['12'], page)).toBe('"Binary/sb.12"');
    expect(write([null], page)).toBe('');
  });

  it('is found by its text, and by what it lies below', () => {
    const find = codec.searches!.uri!;
    expect(find({ is: 'uri', mode: 'exact', value: 'Binary/sb.12' })).toEqual(keys(['12']));
    expect(find({ is: 'uri', mode: 'exact', value: 'Binary/other.12' })).toBe(never);
    expect(find({ is: 'uri', mode: 'above', value: 'Binary/sb.12/page' })).toEqual(keys(['12/page', '12', '12/']));
    expect(find({ is: 'uri', mode: 'below', value: 'Binary' })).toBe(codec.present);
  });

  it('is not searched where its key is more than one number', () => {
    expect(resourceUrl('Binary', 'sb', [scan.ID, scan.PAGE]).searches).toBeUndefined();
    expect(resourceUrl('Binary', 'sb', [scan.NAME]).searches).toBeUndefined();
  });
});
