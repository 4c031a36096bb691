import { describe, expect, it } from '@jest/globals';
import type { Criterion, SearchPlan } from '../../../src/contracts/index.ts';
import { narrow } from '../../../src/security/narrow.ts';

const compartment: Criterion = { is: 'compartment', patients: ['p.1'] };
const plan: SearchPlan = {
  interaction: 'search',
  type: 'Observation',
  where: [
    { is: 'chain', code: 'subject', targets: [{ type: 'Patient', where: [] }] },
    { is: 'has', code: 'x', source: { type: 'Observation', where: [] } },
  ],
  count: 10,
  total: 'none',
  summary: 'false',
  includes: [{ direction: 'revinclude', code: 'subject', other: { type: 'MedicationDispense', where: [] } }],
  ignored: [],
};

describe('narrow', () => {
  it('leaves a plan alone under the open access', () => {
    expect(narrow(plan, { reach: { is: 'open' }, agent: 'loopback' })).toEqual(plan);
  });

  it('puts the same compartment into the search and every plan inside it', () => {
    const narrowed = narrow(plan, { reach: { is: 'patient', patient: 'p.1' }, agent: 'test' });
    expect(narrowed.where[0]).toEqual(compartment);
    expect(narrowed.where[1]).toMatchObject({ is: 'chain', targets: [{ where: [compartment] }] });
    expect(narrowed.where[2]).toMatchObject({ is: 'has', source: { where: [compartment] } });
    expect(narrowed.includes[0]?.other.where).toEqual([compartment]);
  });
});
