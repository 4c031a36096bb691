import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openSite, siteChecks } from 'fascia/testing';

// The site on the samples of its systems, in a database of its own: no real system is asked.
const site = await openSite();
after(() => site.close());

// What every site owes its callers, whatever it serves: Fascia's own demo passes the same.
for (const { name, run } of siteChecks(site)) test(name, run);

// What this site alone can know: facts of its samples.
test('Ada Lindqvist is found by her number and by her name', async () => {
  const [ada] = await site.matches('Patient', 'identifier=A-1001');
  assert.equal(ada?.birthDate, '1950-03-09');
  assert.equal(ada.gender, 'female');
  const namesakes = await site.matches('Patient', 'family=lindq&_sort=birthdate');
  assert.deepEqual(
    namesakes.map((patient) => patient.name?.[0]?.given?.[0]),
    ['Erik', 'Ada'],
  );
});

test('results are found by LOINC, and keep the code of the laboratory', async () => {
  const results = await site.matches(
    'Observation',
    'patient.identifier=A-1001&code=http://loinc.org|2345-7&_sort=-date',
  );
  assert.deepEqual(
    results.map((result) => result.valueQuantity?.value),
    [98, 102],
  );
  assert.equal(results[0]?.code.coding?.[1]?.code, 'GLU');
});
