#!/usr/bin/env node
import type Module from 'node:module';
import { VERSION } from '../model/version.ts';

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--version') {
  // Nothing else is loaded for it.
  process.stdout.write(`${VERSION}\n`);
} else {
  keepCompiledCode();
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(args);
}

/** From Node 22.8 on, compiled code is kept from one run to the next, in Node's own folder for that. */
function keepCompiledCode(): void {
  const nodeModule: typeof Module & { enableCompileCache?: () => unknown } =
    process.getBuiltinModule('node:module');
  nodeModule.enableCompileCache?.();
}
