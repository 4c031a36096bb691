import { readFileSync } from 'node:fs';
import type { Resource } from '@medplum/fhirtypes';
import ehr from '../../demo/site/mappings/meridian-ehr/index.ts';
import pharmacy from '../../demo/site/mappings/meridian-pharmacy/index.ts';
import radiology from '../../demo/site/mappings/meridian-radiology/index.ts';
import type { MappingModule } from '../../src/contracts/index.ts';
import type { Folding } from '../oracle/index.ts';

const typesOf = (modules: readonly MappingModule[]): readonly string[] => [
  ...new Set(modules.flatMap(({ branches }) => branches.map(({ type }) => type))),
];

/** The types that the demo site serves. */
export const siteTypes = typesOf([ehr, pharmacy, radiology]);

/** Those of the two databases, whose rows change one by one. */
export const databaseTypes = typesOf([ehr, pharmacy]);

/** Those of which radiology's nightly files hold rows, which change all at once. */
export const fileTypes = typesOf([radiology]);

interface SiteSetting {
  readonly folding: Readonly<Record<string, Folding>>;
  readonly codeSystem: Readonly<Record<string, string>>;
  readonly valueless: readonly string[];
}

/** What the demo site declares about strings and codes, told to the oracle in words of its own. */
const setting = JSON.parse(readFileSync('test/oracle/meridian.json', 'utf8')) as SiteSetting;

/** `Type.param` that only `:missing` finds: the demo's reasons of stays are texts, and a token search looks at codes. */
export const valuelessParameters = setting.valueless;

export function foldingOf(type: string, code: string, resource: Resource): Folding {
  const [prefix = ''] = (resource.id ?? '').split('.');
  return setting.folding[`${type}.${code}@${prefix}`] ?? setting.folding[`${type}.${code}`] ?? 'lower';
}

export function codeSystemOf(type: string, code: string): string | undefined {
  return setting.codeSystem[`${type}.${code}`];
}
