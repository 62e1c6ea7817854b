/**
 * Whether the tests notice when the program is broken: `npm run test:mutation`; with `-- --mutate FILE,FILE` for
 * some files. What was found is kept in `.stryker-tmp`, so that the next run tries only what changed.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: '.config/vitest.mutation.config.ts' },
  mutate: ['src/planner/**/*.ts', 'src/executor/**/*.ts', 'src/model/kinds/**/*.ts'],
  coverageAnalysis: 'perTest',
  // What a module does when it is loaded would need every test in a process of its own.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: '.stryker-tmp/incremental.json',
  concurrency: 2,
  disableTypeChecks: false,
  // There is none: TypeScript 7 has no JS API with which its paths could be rewritten.
  tsconfigFile: 'no-tsconfig.json',
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: '.stryker-tmp/report.json' },
  clearTextReporter: { allowColor: false, reportTests: false },
  thresholds: { high: 96, low: 92, break: 92 },
};
