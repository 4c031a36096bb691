import { describe, expect, it } from '@jest/globals';
import { generatePopulation } from '../../../demo/index.ts';
import { dayOf } from '../../../demo/model/calendar.ts';
import { radiologyRecords } from '../../../demo/model/population.ts';
import type { RadiologyStudy } from '../../../demo/model/studies.ts';
import { extractOf } from '../../../demo/radiology/files.ts';

const CHOICES = { seed: 1, patients: 300, anchorDate: '2026-11-20' };
const people = [...generatePopulation({ ...CHOICES, throughDate: '2026-11-19' }).people()];
const records = people.flatMap(({ radiology }) => radiology ?? []);
const studies = records.flatMap((record) => record.studies);
const sound = studies.filter(({ damage, isImpossible }) => damage === undefined && !isImpossible);

const UGLINESS: Readonly<Record<string, (study: RadiologyStudy) => boolean>> = {
  'study that is not verified yet': ({ statusCode }) => statusCode === 'R',
  'study that did not take place': ({ statusCode, started }) => statusCode === 'C' && started === undefined,
  'study noted by mistake': ({ statusCode }) => statusCode === 'E',
  'study of no known status': ({ statusCode }) => statusCode === null,
  'study without an accession': ({ accession }) => accession === null,
  'study without a modality': ({ modality }) => modality === null,
  'modality without a meaning': ({ modality }) => modality === 'DEXA',
  'study without a code': ({ examCode }) => examCode === null,
  'study without a description': ({ description }) => description === null,
  'study whose series are counted only': ({ seriesCount, series }) => seriesCount !== null && series.length === 0,
  'study that nobody counted': ({ seriesCount, series }) => seriesCount === null && series.length > 0,
  'study that nobody asked for': ({ referrer }) => referrer === null,
  'body part without a meaning': ({ series }) => series.some(({ bodyPart }) => bodyPart === 'TAP'),
  'series without a number': ({ series }) => series.some(({ number }) => number === null),
  'series with too many images': ({ series }) => series.some(({ images }) => images === null),
  'series of both sides': ({ series }) => series.some(({ laterality }) => laterality === 'B'),
};

describe('the studies of radiology', () => {
  it.each(Object.entries(UGLINESS))('have: %s', (_, holds) => {
    expect(sound.some(holds)).toBe(true);
  });

  it('have numbers and UIDs of their own, and UIDs that DICOM allows', () => {
    expect(new Set(studies.map(({ number }) => number)).size).toBe(studies.length);
    const uids = studies.flatMap(({ uid, series }) => [uid, ...series.map((one) => one.uid)]);
    expect(new Set(uids).size).toBe(uids.length);
    for (const uid of uids) expect(uid).toMatch(/^(?=.{1,64}$)[0-2](?:\.(?:0|[1-9]\d*))+$/);
  });

  it('show the scans of each cancer under the accession and at the time of their reports', () => {
    const reports = new Map(people.flatMap(({ documents }) => documents.map((one) => [one.accession, one] as const)));
    const scans = sound.filter(({ accession }) => accession?.startsWith('D'));
    expect(scans.length).toBeGreaterThan(20);
    for (const { accession, started } of scans) {
      const report = reports.get(accession ?? '');
      expect(report?.section).toBe('RAD');
      if (started !== undefined && report?.performed !== undefined) expect(started).toEqual(report.performed);
    }
  });

  it('were done before the night of their extract, and later nights only add and verify', () => {
    const [before, after] = ['2026-11-20', '2026-12-20'].map(
      (today) =>
        new Map(
          [...radiologyRecords(CHOICES, today)].flatMap((one) => one.studies.map((study) => [study.number, study])),
        ),
    ) as [Map<string, RadiologyStudy>, Map<string, RadiologyStudy>];
    expect(after.size).toBeGreaterThan(before.size);
    for (const { number, statusCode, started } of before.values()) {
      expect(started?.day ?? 0).toBeLessThan(dayOf('2026-11-20'));
      const later = after.get(number)?.statusCode;
      expect([statusCode, later]).toEqual([statusCode, statusCode === 'R' ? 'V' : statusCode]);
    }
  });

  it('are files of one night that say how many lines they have', () => {
    const [, , csv, fixed] = [...extractOf(records, dayOf('2026-11-20')).values()].map((bytes) =>
      bytes.toString('latin1').split('\r\n').slice(0, -1),
    ) as [string[], string[], string[], string[]];
    expect(csv).toHaveLength(studies.length + 2);
    expect(csv.at(-1)).toBe(`*END;${String(studies.length)};20261120`);
    expect(new Set(fixed.map((line) => line.length))).toEqual(new Set([130]));
    expect(fixed.at(-1)?.trim()).toBe(`ENDE${String(fixed.length - 1).padStart(8, '0')}20261120`);
  });
});
