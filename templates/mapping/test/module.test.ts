import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openSite } from 'fascia/testing';

const site = await openSite();
after(() => site.close());

test('new-mapping: a person of its sample is found by the number', async () => {
  const [found, ...others] = await site.matches('Patient', 'identifier=https://example.org/sid/new-mapping|N-1');
  assert.equal(found?.birthDate, '1970-01-31');
  assert.deepEqual(others, []);
});
