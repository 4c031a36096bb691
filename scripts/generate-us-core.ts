/**
 * Writes `scripts/us-core.json`: the elements that each profile of US Core 7.0.0 marks as must support
 * (https://hl7.org/fhir/us/core/STU7/must-support.html). In: the unpacked package `hl7.fhir.us.core`.
 *
 *   node scripts/generate-us-core.ts FOLDER
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';

interface StructureDefinition {
  readonly url: string;
  readonly kind: string;
  readonly type: string;
  readonly snapshot: {
    readonly element: readonly { readonly path: string; readonly mustSupport?: boolean }[];
  };
}

const folder = argv[2];
if (folder === undefined) throw new Error('Name the folder of the unpacked package hl7.fhir.us.core.');

const profiles = readdirSync(folder)
  .filter((name) => name.startsWith('StructureDefinition-'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as StructureDefinition)
  .filter(({ kind, type }) => kind === 'resource' && type !== 'Extension')
  .sort((a, b) => (a.url < b.url ? -1 : 1));

const lines = profiles.map(({ url, snapshot }) => {
  const marked = snapshot.element.filter(({ mustSupport }) => mustSupport === true).map(({ path }) => path);
  return `  ${JSON.stringify(url)}: ${JSON.stringify([...new Set(marked)])}`;
});
writeFileSync(join(import.meta.dirname, 'us-core.json'), `{\n${lines.join(',\n')}\n}\n`);
