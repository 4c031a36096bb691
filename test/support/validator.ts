import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '@medplum/fhirtypes';

export interface Finding {
  readonly severity: string;
  readonly resource: string;
  readonly path: string;
  readonly message: string;
}

/**
 * Runs the official validator once. In: the folder of the shared material, a folder for its input, resources, further options. Out: the errors that it
 * found. Rejects when it could not run.
 */
export async function findingsOf(
  shared: string,
  folder: string,
  resources: readonly Resource[],
  options: readonly string[] = [],
): Promise<readonly Finding[]> {
  const file = join(folder, 'served.ndjson');
  writeFileSync(file, resources.map((resource) => JSON.stringify(resource)).join('\n'));
  const child = spawn(join(shared, 'validator', 'validate'), ['--errors-only', '--json', ...options, file]);
  let said = '';
  let told = '';
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (told += bytes.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0 && code !== 1) throw new Error(`the validator failed: ${told}`);
  return said
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Finding);
}

/** The findings, each kind once with an example; at most twenty. */
export function kindsOf(findings: readonly Finding[]): string[] {
  const kinds = new Map(
    findings.map(({ resource, path, message }) => [
      `${path.replace(/\[\d+\]/g, '')} ${message.slice(0, 60)}`,
      `${resource} ${path}: ${message}`,
    ]),
  );
  return [...kinds.values()].slice(0, 20);
}

export function nameOf(resource: Resource): string {
  return `${resource.resourceType}/${resource.id ?? ''}`;
}

/** The relative references (`Type/id`) anywhere in a resource. */
export function referencesIn(resource: Resource): string[] {
  return [...JSON.stringify(resource).matchAll(/"reference":"([A-Za-z]+\/[^"]+)"/g)].map(([, name]) => name ?? '');
}
