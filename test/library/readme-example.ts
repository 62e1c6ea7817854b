import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../support/run-program.ts';

/** The first code of the page on the library, word for word. */
export function readmeExample(): string {
  const page = readFileSync(path.join(PROJECT, 'examples/library/README.md'), 'utf8');
  const code = /^```(?:js|ts)\n(.*?)^```$/ms.exec(page)?.[1];
  if (code === undefined) throw new Error('the page on the library has no code');
  return code;
}
