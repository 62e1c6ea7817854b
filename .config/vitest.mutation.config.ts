import { defineConfig } from 'vitest/config';

/**
 * The tests that judge mutants of the planner, the executor and the kinds: `npm run test:mutation`. They need no
 * built program, and say the same each time: what draws its inputs by lot or holds a clock to them is left out.
 */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/{planner,model,executor,export,render,toy-kind}/**/*.test.ts'],
    exclude: [
      'test/**/*.property.test.ts',
      'test/export/adopt.test.ts',
      'test/planner/hostile-globs.test.ts',
    ],
    testTimeout: 30_000,
  },
});
