import { defineConfig } from 'vitest/config';

/** What `npm run test:membrane` makes through Membrane: whatever reads or changes an account. */
const ACCOUNTS = [
  'test/e2e/{apply,apply-fault,apply-go-on,apply-report,drift,export,overlooked,ping,plan,saved-plan}.test.ts',
  'test/examples/examples.test.ts',
];
/** A suite of its own, with its own modes: `npm run test:faults`. */
const FAULTS = ['test/faults/**/*.test.ts'];
/**
 * Another: the pipelines in their runners, the package as it is installed, real shells, the doctor's
 * probes, the commands that write files, the examples applied twice.
 */
export const LONG = [
  'test/{library,package,pipelines}/**/*.test.ts',
  'test/e2e/{completion,doctor,environments,export,import,init,schema,simulate}.test.ts',
  'test/examples/{demo,examples}.test.ts',
];
/** `npm run test:fuzz` reads them. */
const FUZZ = ['test/fuzz/**/*.test.ts', 'test/config/large-files.test.ts'];
/** A part of `npm run test:membrane`. */
const MEMBRANE = ['test/e2e/membrane.test.ts'];

export const root = new URL('..', import.meta.url).pathname;
/** It puts other modules in the place of ours, so it keeps them to itself. */
const ALONE = ['test/toy-kind/**/*.test.ts'];
// No other test leaves a trace in a module: to load them anew for each file would take longer than most tests.
export const common = { testTimeout: 60_000, hookTimeout: 60_000, isolate: false };

export default defineConfig({
  root,
  test: {
    // Here and not in the projects: the program is built once.
    globalSetup: ['test/build-program.ts'],
    // Most of the time goes to waiting for real processes.
    maxWorkers: 3,
    projects: [
      {
        root,
        test: {
          ...common,
          name: 'direct',
          include: ['test/**/*.test.ts'],
          exclude: [...ALONE, ...FAULTS, ...LONG, ...FUZZ, ...MEMBRANE],
        },
      },
      { root, test: { ...common, name: 'alone', include: ALONE, isolate: true } },
      {
        root,
        test: {
          ...common,
          name: 'membrane',
          include: process.env.CHAPORTCTL_VIA === 'membrane' ? [...ACCOUNTS, ...MEMBRANE] : [],
          env: { CHAPORTCTL_VIA: 'membrane' },
        },
      },
    ],
  },
});
