import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { tallyRows } from '../../../src/app/tally-rows.ts';
import type { NamedEvent } from '../../../src/core/index.ts';

const place = { system: 'ehr', branch: 'p', element: 'Patient.birthDate' };
const damaged: NamedEvent = { event: 'row.damaged', ...place, reason: 'no such day' };
const unmapped: NamedEvent = { event: 'code.unmapped', ...place, element: 'Patient.gender' };
const periodMs = 600_000;

describe('what rows met', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is told once for each place and period, with the times since it was told before', async () => {
    const told: NamedEvent[] = [];
    const tally = tallyRows((event) => void told.push(event));
    for (let i = 0; i < 1_000; i++) tally.heard(damaged);
    tally.heard(unmapped);
    tally.heard({ ...damaged, reason: 'control characters' });
    expect(told).toEqual([]);
    await jest.advanceTimersByTimeAsync(periodMs);
    expect(told.splice(0)).toEqual([
      { ...damaged, event: 'rows.damaged', times: 1_000 },
      { ...unmapped, event: 'codes.unmapped', times: 1 },
      { ...damaged, event: 'rows.damaged', reason: 'control characters', times: 1 },
    ]);
    tally.heard(damaged);
    await jest.advanceTimersByTimeAsync(periodMs);
    expect(told.splice(0)).toEqual([{ ...damaged, event: 'rows.damaged', times: 1 }]);
    await jest.advanceTimersByTimeAsync(periodMs);
    expect(told).toEqual([]);
    tally.heard(unmapped);
    await tally.stop();
    expect(told).toEqual([{ ...unmapped, event: 'codes.unmapped', times: 1 }]);
  });

  it('is counted by system since the start, told or not', async () => {
    const tally = tallyRows(() => undefined);
    tally.heard(damaged);
    await jest.advanceTimersByTimeAsync(periodMs);
    tally.heard(damaged);
    tally.heard(unmapped);
    tally.heard({ ...unmapped, system: 'pharmacy' });
    tally.heard({ event: 'server.stopped' });
    expect(tally.of('ehr')).toEqual({
      damaged: [{ branch: 'p', element: 'Patient.birthDate', reason: 'no such day', times: 2 }],
      unmapped: [{ branch: 'p', element: 'Patient.gender', times: 1 }],
    });
    expect(tally.of('pharmacy').unmapped).toHaveLength(1);
    expect(tally.of('other')).toEqual({ damaged: [], unmapped: [] });
    await tally.stop();
  });
});
