import { defineConfig } from 'vitest/config';
import { common, LONG, root } from './vitest.config.ts';

/** What takes too long to run with every change: `npm run test:long`. */
export default defineConfig({
  root,
  test: { ...common, include: LONG, globalSetup: ['test/build-program.ts'], maxWorkers: 3 },
});
