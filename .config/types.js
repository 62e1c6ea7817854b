// Writes the declarations of the library into dist/types/: those that its entry reaches, and no others.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const target = path.join(root, 'dist/types');
const emitted = mkdtempSync(path.join(tmpdir(), 'chaportctl-types-'));
try {
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', root];
  const compiler = path.join(root, 'node_modules/.bin/tsc');
  execFileSync(compiler, ['-p', path.join(root, '.config/types.json'), ...options, '--outDir', emitted], {
    stdio: 'inherit',
  });
  rmSync(target, { recursive: true, force: true });
  copyReached(path.join(emitted, 'src'), 'index.ts', new Set());
} finally {
  rmSync(emitted, { recursive: true, force: true });
}

/** The compiler writes a declaration for every source file; most are the program's own business. */
function copyReached(folder, module, copied) {
  if (copied.has(module)) return;
  copied.add(module);
  const name = module.replace(/\.ts$/, '.d.ts');
  const text = readFileSync(path.join(folder, name), 'utf8');
  // Every TypeScript finds index.d.ts by index.js; not every one does by index.ts.
  const rewritten = text.replace(/((?:from|import\()\s*)'([^']+)'/g, (_whole, before, specifier) => {
    if (!specifier.startsWith('.')) throw new Error(`${name} needs the types of ${specifier}`);
    copyReached(folder, path.join(path.dirname(module), specifier), copied);
    return `${before}'${specifier.replace(/\.ts$/, '.js')}'`;
  });
  const file = path.join(target, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, rewritten);
}
