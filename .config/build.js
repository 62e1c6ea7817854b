// Bundles the program and the library into dist/: ESM, one chunk a command, so that each loads only what it uses.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { writeLicences } from './licences.js';

const root = new URL('..', import.meta.url).pathname;
const isPackage = process.argv.includes('--clean');
// Only for the package: a running program still loads chunks of the build before.
if (isPackage) rmSync(`${root}dist`, { recursive: true, force: true });

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Names stay, for traces that can be reported; to shorten them and give them back takes 6 % of a start.
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  // For `node --enable-source-maps dist/cli.js`; the package goes without.
  sourcemap: isPackage ? false : 'linked',
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  alias: {
    // yargs measures its help with it, and its table of emoji takes longer to read than the help to write.
    'string-width': 'fast-string-width',
    // The same code; the build for Node looks at environment variables, and the library reads none.
    yaml: './node_modules/yaml/browser/dist/index.js',
  },
  // CommonJS parts of the bundle (undici) ask for Node's modules with require, and for nothing else.
  banner: { js: 'const require=process.getBuiltinModule;' },
});
writeLicences(metafile, root);
