import type { Config } from 'jest';

const base: Config = {
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['development', 'node', 'node-addons'] },
  moduleNameMapper: { '^fascia/mapping$': '<rootDir>/src/mappings/kit/index.ts' },
};

/** Suites over the demo hospital share one embedded database, and each answer of its servers is held against the description of the API. */
const withDemo: Config = {
  ...base,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/openapi/every-test.ts'],
};

const config: Config = {
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/sequencer.ts',
  workerIdleMemoryLimit: '1GB',
  testTimeout: 120_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/unit/**/*.test.ts', '<rootDir>/test/*.test.ts', '<rootDir>/test/oracle/**/*.test.ts'],
    },
    { ...withDemo, displayName: 'suites', testMatch: ['<rootDir>/test/suites/**/*.test.ts'] },
    { ...withDemo, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
    { ...withDemo, displayName: 'conformance', testMatch: ['<rootDir>/test/conformance/**/*.test.ts'] },
    { ...withDemo, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.test.ts'] },
  ],
};

export default config;
