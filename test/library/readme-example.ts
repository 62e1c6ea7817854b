import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../support/run-program.ts';

/** The code under the heading "As a library" of the README, word for word. */
export function readmeExample(): string {
  const readme = readFileSync(path.join(PROJECT, 'README.md'), 'utf8');
  const section = /^## As a library\n(.*?)(?=^## |(?![\s\S]))/ms.exec(readme)?.[1] ?? '';
  const code = /^```(?:js|ts)\n(.*?)^```$/ms.exec(section)?.[1];
  if (code === undefined) throw new Error('the README has no code under "As a library"');
  return code;
}
