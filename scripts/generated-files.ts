import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createDescriptions, loadConfig, loadModules } from '../src/app/index.ts';
import type { SqlSystem } from '../src/contracts/index.ts';
import { buildCatalogue, mappingPage, profilePage, type ProfileElements } from '../src/record/index.ts';

const root = dirname(import.meta.dirname);
const origin = 'http://localhost:8080';

/**
 * Everything that is generated and committed, by path: CapabilityStatement, OpenAPI description, and a page for each mapping of the demo site. It
 * connects to nothing.
 */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const modules = await loadModules(loadConfig({}, root).modules);
  const catalogue = buildCatalogue(modules.map((module) => ({ module, system: unconnected(module.id) })));
  const descriptions = createDescriptions(() => catalogue.served);
  return new Map([
    ['capability-statement/demo.json', indented(descriptions.capabilities(`${origin}/fhir`))],
    ['openapi/fascia.json', indented(descriptions.openApi(origin))],
    ['docs/mappings/us-core.md', profilePage('US Core 7.0.0, by profile and element', usCore(), catalogue)],
    ...modules.map((module) => [`docs/mappings/${module.id}.md`, mappingPage(module, catalogue)] as const),
  ]);
}

/** Made by `generate-us-core.ts`. */
function usCore(): ProfileElements {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'us-core.json'), 'utf8')) as ProfileElements;
}

function indented(json: string): string {
  return `${JSON.stringify(JSON.parse(json), null, 2)}\n`;
}

/** A system that is only named: what is generated depends on declarations alone. */
function unconnected(id: string): SqlSystem {
  const refuse = (): never => {
    throw new Error('nothing is read while generating');
  };
  return {
    id,
    hopKeysMax: 0,
    run: refuse,
    stream: refuse,
    describe: refuse,
    explain: refuse,
    health: refuse,
    close: () => Promise.resolve(),
  };
}
