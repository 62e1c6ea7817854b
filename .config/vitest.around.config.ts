import { defineConfig } from 'vitest/config';
import { AROUND, common, root } from './vitest.config.ts';

/** What stands around the program: `npm run test:around`. */
export default defineConfig({
  root,
  test: { ...common, include: AROUND, globalSetup: ['test/build-program.ts'], maxWorkers: 3 },
});
