import { readFileSync } from 'node:fs';
import type { Resource } from '@medplum/fhirtypes';
import ehr from '../../demo/site/mappings/meridian-ehr/index.ts';
import pharmacy from '../../demo/site/mappings/meridian-pharmacy/index.ts';
import type { Folding } from '../oracle/index.ts';

/** The types that the demo site serves. */
export const siteTypes: readonly string[] = [
  ...new Set([ehr, pharmacy].flatMap(({ branches }) => branches.map(({ type }) => type))),
];

interface SiteSetting {
  readonly folding: Readonly<Record<string, Folding>>;
  readonly codeSystem: Readonly<Record<string, string>>;
}

/** What the demo site declares about strings and codes, told to the oracle in words of its own. */
const setting = JSON.parse(readFileSync('test/oracle/meridian.json', 'utf8')) as SiteSetting;

export function foldingOf(type: string, code: string, resource: Resource): Folding {
  const [prefix = ''] = (resource.id ?? '').split('.');
  return setting.folding[`${type}.${code}@${prefix}`] ?? setting.folding[`${type}.${code}`] ?? 'lower';
}

export function codeSystemOf(type: string, code: string): string | undefined {
  return setting.codeSystem[`${type}.${code}`];
}
