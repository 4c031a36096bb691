import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle, CapabilityStatement, OperationOutcome, Patient, Resource } from '@medplum/fhirtypes';
import { shapeOf } from '../../src/testing/shape.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';
import { matchesOf } from '../support/patients.ts';
import { isFull } from '../support/scale.ts';
import { findingsOf, kindsOf, nameOf, referencesIn, type Finding } from '../support/validator.ts';

/** The folder of the shared material; without it this suite is skipped. */
const shared = process.env['FASCIA_SHARED'];
const isWhole = process.env['FASCIA_VALIDATE_ALL'] !== undefined || isFull;

/** An independent validator judges what is served: one resource of each distinct shape, or all of them. */
(shared === undefined ? describe.skip : describe)('the validator (needs FASCIA_SHARED)', () => {
  let server: DemoServer;
  const folder = mkdtempSync(join(tmpdir(), 'fascia-validator-'));
  const served = new Map<string, Resource>();
  /** What is referred to and cannot be mapped: a read of it says so. */
  const unmapped: string[] = [];
  let statement: CapabilityStatement;

  beforeAll(async () => {
    server = await startDemoServer();
    statement = (await (await server.fetch('metadata')).json()) as CapabilityStatement;
    for (const { type = '' } of statement.rest?.[0]?.resource ?? []) {
      for (const resource of await matchesOf(server, `${type}?_count=500`)) served.set(nameOf(resource), resource);
    }
    for (const name of [...served.values()]
      .flatMap((resource) => referencesIn(resource))
      .filter((name) => !served.has(name))) {
      const read = await server.read(name);
      if (read.resourceType === 'OperationOutcome' && read.issue[0]?.code === 'exception') unmapped.push(name);
      else served.set(name, read);
    }
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const validate = async (resources: readonly Resource[]): Promise<readonly Finding[]> =>
    (await findingsOf(shared ?? '', folder, resources, ['--closed'])).filter(
      ({ message }) => !unmapped.some((name) => message.includes(`'${name}'`)),
    );

  it(
    `finds no error in ${isWhole ? 'any resource' : 'one resource of each shape'}, nor in what else is answered, and no reference that leads nowhere`,
    async () => {
      const answers = await otherAnswers();
      const chosen = new Map<string, Resource>();
      const choose = (resource: Resource): void => {
        if (chosen.has(nameOf(resource))) return;
        chosen.set(nameOf(resource), resource);
        chooseTargets(resource);
      };
      const chooseTargets = (resource: Resource): void => {
        for (const name of referencesIn(resource)) {
          const target = served.get(name);
          if (target !== undefined) choose(target);
        }
      };
      const shapes = new Set<string>();
      for (const resource of served.values()) {
        const shape = shapeOf(resource);
        if (isWhole || !shapes.has(shape)) choose(resource);
        shapes.add(shape);
      }
      for (const answer of answers) chooseTargets(answer);
      expect(shapes.size).toBeGreaterThan(20);
      expect(kindsOf(await validate([...chosen.values(), ...answers]))).toEqual([]);
    },
    isWhole ? 3_600_000 : 600_000,
  );

  /** Bundles, OperationOutcomes and the CapabilityStatement. */
  async function otherAnswers(): Promise<readonly Resource[]> {
    const [patient] = [...served.values()].filter(
      (resource): resource is Patient => resource.resourceType === 'Patient',
    );
    const paths = [
      'Patient?_count=3',
      'Patient?_count=3&_total=accurate&_sort=birthdate&nosuch=x',
      'Patient?_summary=count',
      'Patient?_count=4&_summary=true',
      'Patient?_count=4&_elements=name,identifier,gender',
      'Observation?_count=4&_summary=data',
      'Observation?code=2345-7&_count=3&_include=Observation:subject&_include=Observation:performer',
      `Patient?_id=${patient?.id ?? ''}&_revinclude=Observation:subject&_revinclude=MedicationDispense:subject`,
      'MedicationDispense?_count=5',
      'Observation?_count=500',
      'Practitioner?name=nobody-has-this-name',
      'Patient/nobody',
      'Condition/1',
      'Patient?birthdate=x',
      'Patient?nosuch=x',
      'Observation?_count=-1',
      'nothing/here/at/all',
    ];
    const answers = await Promise.all(paths.map(async (path) => (await (await server.fetch(path)).json()) as Resource));
    const first = (await server.search('Observation?_count=2')) as Bundle;
    const next = first.link?.find(({ relation }) => relation === 'next')?.url ?? '';
    const validated = await server.fetch('Patient/$validate', {
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Patient', birthDate: 5 }),
    });
    const outcome = (await validated.json()) as OperationOutcome;
    return [...answers, first, await server.search(next), statement, outcome];
  }
});
