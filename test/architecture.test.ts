import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';

/** Who may import whom (docs/architecture.md). A folder may always import itself. `*`: everything. */
const mayImport: Readonly<Record<string, readonly string[] | '*'>> = {
  'src/core': [],
  'src/contracts': ['src/core'],
  'src/fhir': ['src/core', 'src/contracts'],
  'src/store': ['src/core', 'src/contracts'],
  'src/terminology': ['src/core', 'src/contracts', 'src/fhir', 'src/store'],
  'src/mappings': ['src/core', 'src/contracts', 'src/mappings/kit'],
  'src/mappings/kit': ['src/core', 'src/contracts'],
  'src/sources': ['src/core', 'src/contracts', 'src/fhir', 'src/store', 'src/terminology'],
  'src/record': ['src/core', 'src/contracts', 'src/fhir', 'src/store', 'src/terminology'],
  'src/security': ['src/core', 'src/contracts', 'src/fhir', 'src/store'],
  'src/audit': ['src/core', 'src/contracts', 'src/fhir', 'src/store'],
  'src/operations': ['src/core', 'src/contracts', 'src/fhir', 'src/store', 'src/terminology', 'src/record'],
  'src/documents': ['src/core', 'src/contracts', 'src/fhir', 'src/store', 'src/terminology'],
  'src/feeds': ['src/core', 'src/contracts', 'src/fhir', 'src/store', 'src/terminology', 'src/sources'],
  'src/delivery': ['src/core', 'src/contracts', 'src/fhir', 'src/store', 'src/terminology', 'src/documents'],
  'src/stewardship': ['src/core', 'src/contracts', 'src/fhir', 'src/store', 'src/terminology', 'src/record'],
  'src/http': [
    ...['src/core', 'src/contracts', 'src/fhir', 'src/terminology', 'src/record', 'src/security', 'src/audit'],
    ...['src/operations', 'src/documents', 'src/feeds', 'src/delivery', 'src/stewardship'],
  ],
  'src/web': [],
  'src/app': '*',
  'src/cli': [
    ...[
      'src/core',
      'src/contracts',
      'src/fhir',
      'src/store',
      'src/terminology',
      'src/mappings',
      'src/sources',
      'src/record',
    ],
    ...[
      'src/security',
      'src/audit',
      'src/operations',
      'src/documents',
      'src/feeds',
      'src/delivery',
      'src/stewardship',
      'src/app',
    ],
  ],
  'src/testing': ['src/core', 'src/contracts', 'src/fhir', 'src/record', 'src/app'],
  demo: ['src/core'],
  'demo/site': ['published'],
  templates: ['published'],
  bench: '*',
  scripts: '*',
  test: '*',
  'test/oracle': [],
};

/** Packages that have a home. */
const homes: Readonly<Record<string, readonly string[]>> = {
  express: ['src/http', 'bench'],
  knex: ['src/sources/sql', 'src/store', 'demo', 'bench', 'test'],
  pg: ['src/sources/sql', 'src/store', 'demo', 'bench', 'test', 'scripts'],
  mysql2: ['src/sources/sql', 'bench', 'test'],
  jose: ['src/security', 'src/sources/upstream'],
  'fhir-kit-client': ['src/sources/upstream', 'test'],
  commander: ['src/cli'],
  pino: ['src/app'],
  'prom-client': ['src/app/metrics'],
  '@opentelemetry/api': ['src/app/traces'],
  '@opentelemetry/core': ['src/app/traces'],
  '@opentelemetry/exporter-trace-otlp-http': ['src/app/traces'],
  '@opentelemetry/resources': ['src/app/traces'],
  '@opentelemetry/sdk-trace-base': ['src/app/traces'],
  'csv-parse': ['src/sources/files'],
};

const root = dirname(import.meta.dirname);
const files = globSync('{src,demo,templates,bench,test,scripts}/**/*.ts', { cwd: root })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => !file.startsWith('test/golden/compile/'));

describe('architecture', () => {
  it('knows every folder', () => {
    expect(files.filter((file) => areaOf(file) === undefined)).toEqual([]);
  });

  it('imports only what the table of docs/architecture.md allows, through index.ts', () => {
    const findings = files.flatMap((file) => importsOf(file).flatMap((specifier) => judge(file, specifier)));
    if (findings.length > 0) throw new Error(`${findings.join('\n')}\n\n${lesson}`);
  });

  it('has a table without cycles', () => {
    const visit = (area: string, path: readonly string[]): void => {
      if (path.includes(area)) throw new Error(`cycle: ${[...path, area].join(' → ')}`);
      const next = mayImport[area] ?? [];
      if (next === '*') return;
      for (const one of next)
        if (one !== area && !(area === 'src/mappings' && one === 'src/mappings/kit')) visit(one, [...path, area]);
    };
    for (const area of Object.keys(mayImport)) visit(area, []);
  });
});

const lesson =
  'Each folder stands on those below it only, so that it can be read, tested and replaced without the rest. If the work shows that the table is wrong,\n' +
  'change it in test/architecture.test.ts and docs/architecture.md in one commit, with the reason as an ADR. There is no exception list.';

/** The most specific row of the table for a path. */
function areaOf(file: string): string | undefined {
  const areas = Object.keys(mayImport).filter((area) => file.startsWith(`${area}/`));
  return areas.sort((left, right) => right.length - left.length)[0];
}

function importsOf(file: string): string[] {
  return ts
    .preProcessFile(readFileSync(join(root, file), 'utf8'), true, true)
    .importedFiles.map((found) => found.fileName);
}

function judge(file: string, specifier: string): string[] {
  const area = areaOf(file) ?? '';
  if (!specifier.startsWith('.')) return judgePackage(file, area, specifier);
  const target = relative(root, join(root, dirname(file), specifier))
    .split(sep)
    .join('/');
  const targetArea = areaOf(target);
  if (targetArea === undefined || targetArea === area) return mappingsApart(file, target);
  const allowed = mayImport[area] ?? [];
  if (allowed !== '*' && !allowed.includes(targetArea)) {
    return [
      `${file}: may not import ${target} (${area} may import ${allowed.length === 0 ? 'nothing else' : allowed.join(', ')})`,
    ];
  }
  const isTest = /^(test|bench|scripts)\//.test(file);
  const isEntry = target === `${targetArea}/index.ts` || isSubIndex(target, targetArea);
  return isTest || isEntry
    ? []
    : [`${file}: imports ${target}; from another folder import ${targetArea}/index.ts only`];
}

/** Sources and mappings hold several parts, each with an index of its own. */
function isSubIndex(target: string, area: string): boolean {
  return ['src/sources', 'src/mappings'].includes(area) && /^[^/]+\/index\.ts$/.test(target.slice(area.length + 1));
}

/** One mapping never knows another. */
function mappingsApart(file: string, target: string): string[] {
  const own = /^(src\/mappings|demo\/site\/mappings)\/([^/]+)\//.exec(file);
  const other = /^(src\/mappings|demo\/site\/mappings)\/([^/]+)\//.exec(target);
  return own === null || other === null || own[2] === other[2]
    ? []
    : [`${file}: may not import ${target} (one mapping never knows another)`];
}

function judgePackage(file: string, area: string, specifier: string): string[] {
  const isMapping = file.startsWith('demo/site/mappings/') || file.startsWith('templates/site/mappings/');
  if (specifier.startsWith('node:') || builtinModules.includes(specifier))
    return isMapping ? [`${file}: may not import ${specifier} (a module is data and small functions)`] : [];
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const isSite = area === 'demo/site' || area === 'templates';
  if (isSite && name !== 'fascia')
    return [`${file}: may not import ${specifier} (a site uses the published names only)`];
  if (name === 'fascia')
    return isSite || area === 'test'
      ? []
      : [`${file}: may not import ${specifier} (only a site imports the package by name)`];
  const home = homes[name];
  return home === undefined || home.some((folder) => file.startsWith(`${folder}/`))
    ? []
    : [`${file}: may not import ${name} (its home is ${home.join(', ')})`];
}
