import { describe, expect, it } from '@jest/globals';
import type { Appointment } from '@medplum/fhirtypes';
import { errorsOf } from '../../../support/base-validity.ts';
import { message, PID, renderedOf, segment } from '../../../support/hl7-messages.ts';

const SCH = { 2: 'A1^SCHED', 7: 'CHECKUP^Check-up^HL70276', 9: '30', 10: 'MIN', 11: '^^^202603100900', 25: 'BOOKED' };
const sch = (more: Readonly<Record<number, string>> = {}): string => segment('SCH', { ...SCH, ...more });

const siu = (trigger: string, at: string, ...segments: readonly string[]): string =>
  message(`SIU^${trigger}`, at, ...segments);

function appointmentsOf(texts: readonly string[]): readonly Appointment[] {
  return renderedOf(texts).flatMap(({ resource }) => (resource.resourceType === 'Appointment' ? [resource] : []));
}
const appointmentOf = (...texts: readonly string[]): Appointment | undefined => appointmentsOf(texts)[0];

describe('an appointment of SIU messages', () => {
  const booked = siu(
    ...(['S12', '20260301'] as const),
    sch(),
    'NTE|1||bring films',
    PID,
    segment('AIS', { 3: 'CT^CT scan^L' }),
    segment('AIL', { 3: 'RAD^2' }),
    segment('AIP', { 3: '22^SMITH^ANN^^^DR' }),
  );

  it('has what SCH and its resources say', async () => {
    expect(appointmentOf(booked)).toEqual({
      resourceType: 'Appointment',
      identifier: [
        {
          type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'FILL' }] },
          ...{ system: 'https://meridian.example/authority/SCHED', value: 'A1', assigner: { display: 'SCHED' } },
        },
      ],
      status: 'booked',
      serviceType: [
        {
          coding: [{ system: 'https://meridian.example/authority/codes/L', code: 'CT', display: 'CT scan' }],
        },
      ],
      reasonCode: [
        {
          coding: [
            {
              ...{ system: 'http://terminology.hl7.org/CodeSystem/v2-0276', code: 'CHECKUP', display: 'Check-up' },
            },
          ],
        },
      ],
      start: '2026-03-10T09:00:00-04:00',
      end: '2026-03-10T13:30:00.000Z',
      comment: 'bring films',
      participant: [
        { actor: { reference: 'Patient/M7' }, status: 'accepted' },
        { actor: { identifier: { value: '22' }, display: 'DR ANN SMITH' }, status: 'accepted' },
        { actor: { display: 'RAD 2' }, status: 'accepted' },
      ],
    });
    expect(await errorsOf(appointmentOf(booked) as Appointment)).toEqual([]);
  });

  it.each([
    ['S12', 'BOOKED', 'booked'],
    ['S12', 'Pending', 'pending'],
    ['S14', 'complete', 'fulfilled'],
    ['S14', '', 'booked'],
    ['S15', 'BOOKED', 'cancelled'],
    ['S17', 'BOOKED', 'entered-in-error'],
    ['S26', 'BOOKED', 'noshow'],
  ])('of %s that says "%s" is %s', (trigger, filler, status) => {
    expect(appointmentOf(siu(trigger, '20260301', sch({ 25: filler }), PID))?.status).toBe(status);
  });

  it.each([
    ['an end that is said', sch({ 11: '^^^202603100900^202603101000' }), { end: '2026-03-10T10:00:00-04:00' }],
    ['a duration in hours', sch({ 9: '2', 10: 'HR' }), { end: '2026-03-10T15:00:00.000Z' }],
    ['an end before its start', sch({ 11: '^^^202603100900^202603090900' }), { end: '2026-03-10T13:30:00.000Z' }],
    ['no end', sch({ 9: '' }), { end: undefined, start: '2026-03-10T09:00:00-04:00' }],
    ['a unit that is none', sch({ 10: 'FORTNIGHT' }), { end: undefined }],
    ['a day alone', sch({ 11: '^^^20260310' }), { start: undefined, end: undefined }],
    ['nothing', sch({ 11: '', 9: '' }), { start: undefined, end: undefined }],
  ])('with %s is a valid one', async (_, text, times) => {
    for (const trigger of ['S12', 'S15']) {
      const appointment = appointmentOf(siu(trigger, '20260301', text, PID));
      expect({ start: appointment?.start, end: appointment?.end }).toMatchObject(times);
      expect(await errorsOf(appointment as Appointment)).toEqual([]);
    }
  });

  it('begins when its first resource does, where SCH does not say it', () => {
    const ais = segment('AIS', { 3: 'CT', 4: '202603110800', 7: '45', 8: 'MIN' });
    expect(appointmentOf(siu('S12', '20260301', sch({ 11: '', 9: '' }), PID, ais))).toMatchObject({
      ...{ start: '2026-03-11T08:00:00-04:00', end: '2026-03-11T12:45:00.000Z' },
    });
  });

  it('is the same one when it is moved and cancelled, in any order', () => {
    const moved = siu('S13', '20260302', sch({ 11: '^^^202603120900' }), PID);
    const cancelled = siu('S15', '20260303', sch({ 11: '^^^202603120900' }), PID);
    for (const order of [
      [booked, moved, cancelled],
      [cancelled, booked, moved, booked],
    ]) {
      expect(appointmentsOf(order)).toHaveLength(1);
      expect(appointmentOf(...order)).toMatchObject({ status: 'cancelled', start: '2026-03-12T09:00:00-04:00' });
    }
    expect(appointmentOf(moved, booked)?.start).toBe('2026-03-12T09:00:00-04:00');
  });

  it('keeps its time when a message does not say it, and loses who is taken out', () => {
    const missed = siu('S26', '20260303', sch({ 11: '', 9: '' }), PID, segment('AIP', { 2: 'D', 3: '22^SMITH' }));
    const appointment = appointmentOf(booked, missed);
    expect(appointment).toMatchObject({ status: 'noshow', start: '2026-03-10T09:00:00-04:00' });
    expect(appointmentOf(missed)?.participant).toHaveLength(1);
  });

  it('without a number is none', () => {
    expect(() => appointmentOf(siu('S12', '20260301', sch({ 2: '' }), PID))).toThrow('appointment-missing');
  });
});
