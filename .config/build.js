// Bundles the program and the library into dist/: ESM, one chunk a command, so that each loads only what it uses.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

// Only for the package: a running program still loads chunks of the build before.
if (process.argv.includes('--clean')) rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
await build({
  absWorkingDir: new URL('..', import.meta.url).pathname,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  keepNames: true,
  sourcemap: 'external',
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  // CommonJS parts of the bundle (undici, deep-diff) ask for Node's modules with require.
  banner: { js: "import{createRequire as createRequireOfNode}from'node:module';const require=createRequireOfNode(import.meta.url);" },
});
