// Builds the benchmark and runs it: `npm run bench`. The figures go to stdout and to .bench/result.json.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

const root = new URL('../..', import.meta.url).pathname;
rmSync(`${root}.bench`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['bench.ts', 'plan-account.ts', 'plan-floor.ts', 'create-operators.ts', 'create-floor.ts'].map(
    (file) => `test/bench/${file}`,
  ),
  outdir: '.bench/programs',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // As in the shipped bundle; the floor gets the same.
  banner: { js: 'const require=process.getBuiltinModule;' },
});
const { runBenchmark } = await import(`${root}.bench/programs/bench.mjs`);
await runBenchmark(root);
