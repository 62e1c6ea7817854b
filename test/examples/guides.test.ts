import { chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROGRAM, PROJECT, runCommand, SHORT_RUN } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  freePort,
  isAsPrinted,
  outputsOf,
  shellScriptOf,
  stepsOf,
  withOutputs,
  withoutChance,
} from './guide.ts';

/** `UPDATE_GUIDES=1` writes what the commands print now into the pages. */
const UPDATES = process.env.UPDATE_GUIDES === '1';

/** Pages by their place in the project; each runs in a copy of the folder that it stands in. */
const PAGES = [
  'README.md',
  ...readdirSync(path.join(PROJECT, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('examples', name)),
].filter((name) => stepsOf(readFileSync(path.join(PROJECT, name), 'utf8')).length > 0);

/** The program under its own name, beside Node and the tools of any machine. */
function sandboxOf(page: string): { cwd: string; env: Record<string, string> } {
  const root = temporaryFolder({
    'bin/chaportctl': `#!/bin/sh\nexec '${process.execPath}' ${SHORT_RUN.join(' ')} '${PROGRAM}' "$@"\n`,
  });
  chmodSync(path.join(root, 'bin/chaportctl'), 0o755);
  // A page may lead to the files of another one. The README of the project stands in no such folder.
  cpSync(path.join(PROJECT, 'examples'), path.join(root, 'examples'), { recursive: true });
  const cwd = page === 'README.md' ? temporaryFolder() : path.join(root, path.dirname(page));
  const PATH = [path.join(root, 'bin'), path.dirname(process.execPath), process.env.PATH].join(':');
  return { cwd, env: { PATH, HOME: root, LC_ALL: 'C.UTF-8' } };
}

describe.each(PAGES)('%s', (name) => {
  test('prints what it says', { timeout: 90_000 }, async () => {
    const file = path.join(PROJECT, name);
    const page = readFileSync(file, 'utf8');
    const steps = stepsOf(page);
    const port = await freePort();
    const run = await runCommand('bash', ['--norc', '-c', shellScriptOf(steps, port)], {
      ...sandboxOf(name),
      limit: 80_000,
    });
    const outputs = outputsOf(run.stdout, port);
    if (UPDATES) writeFileSync(file, withOutputs(page, steps, outputs));
    const runs = stepsOf(UPDATES ? readFileSync(file, 'utf8') : page).flatMap((step) =>
      step.does === 'run' ? step : [],
    );
    expect(outputs).toHaveLength(runs.length);
    for (const [index, { command, printed }] of runs.entries()) {
      const output = outputs[index] ?? '';
      if (isAsPrinted(printed, output)) continue;
      expect(`$ ${command}\n${withoutChance(output)}`).toBe(`$ ${command}\n${withoutChance(printed)}`);
    }
  });
});
