import { defineConfig } from 'vitest/config';

/** The loader under 100,000 mutated inputs, in 256 MiB, and all samples of the properties: `npm run test:fuzz`. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: [
      'test/fuzz/**/*.fuzz.test.ts',
      'test/config/large-files.test.ts',
      'test/{property,rota}/**/*.property.test.ts',
      'test/model/{addresses,urls}.test.ts',
      'test/model/masking/build-mask.test.ts',
    ],
    pool: 'forks',
    execArgv: ['--max-old-space-size=256'],
    env: { FUZZ_INPUTS: process.env.FUZZ_INPUTS ?? '100000' },
    testTimeout: 0,
  },
});
