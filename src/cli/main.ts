#!/usr/bin/env node
import { VERSION } from '../version.ts';

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--version') {
  // Nothing else is loaded for it.
  process.stdout.write(`${VERSION}\n`);
} else {
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(args);
}
