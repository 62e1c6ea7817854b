import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT, runProgram } from '../support/run-program.ts';

/** Files of the product's own: workflows and seeds have no `version: 1`. */
const FILES = readdirSync(path.join(PROJECT, 'examples'), { recursive: true, encoding: 'utf8' })
  .map((name) => path.join('examples', name))
  .filter(
    (name) => /\.ya?ml$/.test(name) && /^version: 1$/m.test(readFileSync(path.join(PROJECT, name), 'utf8')),
  );

test('`chaportctl fmt --check` finds every file of the examples in its canonical form', async () => {
  expect(FILES.length).toBeGreaterThan(10);
  const { code, stdout, stderr } = await runProgram([
    'fmt',
    '--check',
    ...FILES.flatMap((name) => ['-f', name]),
  ]);
  expect(code, stdout + stderr).toBe(0);
});
