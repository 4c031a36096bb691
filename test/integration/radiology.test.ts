import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Appointment, Bundle, DiagnosticReport, ImagingStudy, Patient } from '@medplum/fhirtypes';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deliverRadiology, generatePopulation, truthsOf } from '../../demo/index.ts';
import { testPatients, testSeed } from '../support/demo-home.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';

const choices = { patients: testPatients, seed: testSeed, anchorDate: '2026-11-20' };

/** The lines of a file that are data, as texts of its encoding. */
function linesOf(path: string): readonly string[] {
  return readFileSync(path, 'latin1').split('\r\n').slice(0, -1);
}

describe('the nightly files of radiology', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fascia-radiology-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are there once a night, whole, and those of some nights ago are cleared away', () => {
    expect(deliverRadiology({ ...choices, folder, today: '2026-11-20' })).toBe(true);
    expect(deliverRadiology({ ...choices, folder, today: '2026-11-20' })).toBe(false);
    for (const today of ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24'])
      expect(deliverRadiology({ ...choices, folder, today })).toBe(true);
    const names = readdirSync(folder).sort();
    expect(names.filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(names.filter((name) => name.startsWith('RADPAT')).map((name) => name.slice(7, 15))).toEqual(
      ['21', '22', '23', '24'].map((day) => `202611${day}`),
    );
    const patients = linesOf(join(folder, 'RADPAT_20261124.TXT'));
    expect(new Set(patients.map((line) => line.length))).toEqual(new Set([90]));
    expect(patients.at(-1)?.trim()).toBe(`ENDE${String(patients.length - 1).padStart(8, '0')}20261124`);
  });

  it('move the status of what has happened meanwhile, and add what was booked', () => {
    const statusById = (day: string): ReadonlyMap<string, string> =>
      new Map(
        linesOf(join(folder, `RADAPPT_${day}.CSV`))
          .slice(1, -1)
          .map((line) => [line.split(';')[0] ?? '', /;([A-Z]);\d\d\//.exec(line)?.[1] ?? '']),
      );
    const before = statusById('20261124');
    deliverRadiology({ ...choices, folder, today: '2026-12-24' });
    const after = statusById('20261224');
    expect([...before.keys()].filter((id) => !after.has(id))).toEqual([]);
    expect(after.size).toBeGreaterThan(before.size);
    const moved = [...before].filter(([id, status]) => after.get(id) !== status);
    expect(moved.length).toBeGreaterThan(0);
    for (const [id, status] of moved) expect([status, after.get(id)]).toEqual(['B', expect.stringMatching(/[DN]/)]);
  });
});

describe('appointments of radiology', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer();
  });
  afterAll(() => server.stop());

  it('are found by the person whom the hospital knows, with the day of their extract', async () => {
    const booked = (await server.search('Appointment?status=booked&date=ge2026-11-20&_count=100')) as Bundle;
    const first = booked.entry?.[0]?.resource as Appointment;
    const reference = first.participant[0]?.actor?.reference ?? '';
    expect(first.meta?.extension?.[0]?.valueDateTime).toBe('2026-11-20');
    const patient = await server.read<Patient>(reference);
    const systems = patient.identifier?.map(({ system }) => system);
    expect(systems).toContain('https://meridian.example/sid/radiology-patient');
    const own = (await server.search(`Appointment?patient=${reference}&_include=Appointment:patient`)) as Bundle;
    expect(own.entry?.map(({ resource }) => resource?.id)).toEqual(expect.arrayContaining([first.id, patient.id]));
    const mrn = patient.identifier?.find(({ system }) => system === 'https://meridian.example/sid/mrn');
    const chained = (await server.search(`Appointment?patient.identifier=${mrn?.value ?? ''}`)) as Bundle;
    expect(chained.entry?.map(({ resource }) => resource?.id)).toContain(first.id);
  });

  it('tell operators when they were delivered and which lines were wrong', async () => {
    const status = (await (await fetch(`${server.running.url}/status`)).json()) as {
      readonly systems: readonly {
        readonly id: string;
        readonly files?: { readonly loaded?: { readonly rejected: number } };
      }[];
    };
    const population = generatePopulation({ ...choices, throughDate: '2026-11-19' });
    const rejected = [...truthsOf(population)].flatMap(({ notServed }) =>
      notServed.filter(({ reason }) => reason === 'line-rejected'),
    );
    expect(rejected.length).toBeGreaterThan(0);
    const files = status.systems.find(({ id }) => id === 'meridian-radiology')?.files;
    expect(files).toMatchObject({ asOf: '2026-11-20', rejected: rejected.length });
  });
});

describe('studies of radiology', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer();
  });
  afterAll(() => server.stop());

  const found = async <R extends ImagingStudy | DiagnosticReport>(search: string): Promise<readonly R[]> =>
    ((await server.search(search)) as Bundle).entry?.map(({ resource }) => resource as R) ?? [];

  it('are found by their UID, the UID of a series, their modality and what was examined', async () => {
    const scans = await found<ImagingStudy>('ImagingStudy?modality=CT&bodysite=12921003&_sort=-started&_count=20');
    const [scan] = scans;
    const uid = scan?.identifier?.find(({ system }) => system === 'urn:dicom:uid')?.value ?? '';
    expect(uid).toMatch(/^urn:oid:2\.25\.\d+$/);
    const ids = [`identifier=urn:dicom:uid|${uid}`, `series=${scan?.series?.at(-1)?.uid ?? ''}`].map((one) =>
      found<ImagingStudy>(`ImagingStudy?${one}`),
    );
    for (const one of await Promise.all(ids)) expect(one.map(({ id }) => id)).toEqual([scan?.id]);
    const local = await found<ImagingStudy>(
      'ImagingStudy?modality=https://meridian.example/cs/radiology-modality|DEXA&_count=5',
    );
    expect(local.map(({ procedureCode }) => procedureCode?.[0]?.coding?.[0]?.code)).toContain('DXA');
    expect(await found('ImagingStudy?modality=https://meridian.example/cs/radiology-modality|CT')).toEqual([]);
  });

  it("carry the accession of the hospital's report, and are of the same person", async () => {
    const scans = await found<ImagingStudy>('ImagingStudy?bodysite=12921003&_count=50');
    const accessions = scans.flatMap(({ identifier = [] }) =>
      identifier.filter(({ system }) => system === 'https://meridian.example/sid/document'),
    );
    expect(accessions.length).toBeGreaterThan(0);
    const [{ system = '', value = '' } = {}] = accessions;
    const [report] = await found<DiagnosticReport>(`DiagnosticReport?identifier=${system}|${value}`);
    const [scan] = await found<ImagingStudy>(`ImagingStudy?identifier=${system}|${value}`);
    expect(report?.subject?.reference).toBe(scan?.subject.reference);
  });

  it('name the practitioner of the hospital who asked for them', async () => {
    const bundle = (await server.search(
      'ImagingStudy?status=available&_include=ImagingStudy:referrer&_count=20',
    )) as Bundle;
    const asked = bundle.entry?.map(({ resource }) => resource).filter((one) => one?.resourceType === 'Practitioner');
    const name = asked?.[0]?.name?.[0]?.family ?? '';
    expect(name).not.toBe('');
    const own = await found<ImagingStudy>(
      `ImagingStudy?referrer:Practitioner.family:exact=${encodeURIComponent(name)}`,
    );
    expect(own.map(({ referrer }) => referrer?.reference)).toContain(`Practitioner/${asked?.[0]?.id ?? ''}`);
  });
});
