import { defineConfig } from 'vitest/config';

/** The packed program on each Node that it is made for: `npm run test:nodes`. Gets them from the registry. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/package/**/*.nodes.ts'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
