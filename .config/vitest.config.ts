import { defineConfig } from 'vitest/config';

/** End-to-end tests that every run makes through Membrane too; `npm run test:membrane` makes all of them. */
const CORE = ['test/e2e/{apply,saved-plan}.test.ts'];
const EVERYTHING = ['test/e2e/**/*.test.ts', 'test/examples/**/*.test.ts'];
/** They reach no account, or choose the way themselves. */
const WITHOUT_A_WAY = ['test/e2e/{completion,fmt,membrane,simulate,validate}.test.ts'];
const membrane = process.env.CHAPORTCTL_VIA === 'membrane' ? EVERYTHING : CORE;

const root = new URL('..', import.meta.url).pathname;
const limits = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  root,
  test: {
    // Here and not in the projects: the program is built once.
    globalSetup: ['test/build-program.ts'],
    // Most of the time goes to waiting for real processes.
    maxWorkers: 3,
    projects: [
      { root, test: { ...limits, name: 'direct', include: ['test/**/*.test.ts'] } },
      {
        root,
        test: {
          ...limits,
          name: 'membrane',
          include: membrane,
          exclude: WITHOUT_A_WAY,
          env: { CHAPORTCTL_VIA: 'membrane' },
        },
      },
    ],
  },
});
