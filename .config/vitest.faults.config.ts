import { defineConfig } from 'vitest/config';

/** Everything that can go wrong with an apply, in full: `npm run test:faults`. Ends with the numbers for the README. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/faults/**/*.test.ts', 'test/executor/**/*.test.ts'],
    globalSetup: ['test/build-program.ts', 'test/faults/print-tally.ts'],
    // 'ci': the same kinds, of what is random fewer samples.
    env: { CHAPORTCTL_FAULTS: process.env.CHAPORTCTL_FAULTS ?? 'full' },
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
