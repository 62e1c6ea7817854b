import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { liveAccount, writesOf } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BASE = 'version: 1\noperators:\n  - { email: ben@acme.example, name: Ben }\n';
const TOP =
  'include: [../base]\noverrides:\n  operators:\n    - { email: ben@acme.example, jobTitle: Chief }\n';
const SEED = { owner: 'owner@acme.example', operators: [{ email: 'ben@acme.example', name: 'Ben' }] };

test('`CHAPORT_FILES` names the files, and what they include is read but never written over', async () => {
  const cwd = temporaryFolder({
    'base/people.yaml': BASE,
    'prod/chaport.yaml': TOP,
    'more ü.yaml': 'operators: []\n',
    'chaport.yaml': 'not: read\n',
  });
  const { env, simulator } = await liveAccount(SEED);
  const files = ['prod', 'more ü.yaml'].join(path.delimiter);
  const run = { cwd, env: { ...env, CHAPORT_FILES: files } };

  const over = await runProgram(['plan', '--out', 'base/people.yaml'], run);
  expect(over).toMatchObject({ code: 1, stderr: expect.stringContaining('is what this run reads') });
  expect(readFileSync(path.join(cwd, 'base/people.yaml'), 'utf8')).toBe(BASE);

  const planned = await runProgram(['plan'], run);
  expect(planned.stdout).toContain('base/people.yaml:3, overridden in prod/chaport.yaml:4');
  const applied = await runProgram(['apply', '-y', '--report', 'report.json'], run);
  expect(applied.code).toBe(0);
  expect(writesOf(simulator)).toHaveLength(1);
  const report = JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8'));
  expect(report.config.files).toEqual(['prod/chaport.yaml', 'more ü.yaml', 'base/people.yaml']);
});

test('`export --into` and `fmt` leave alone what the file includes, and what lies beside it', async () => {
  const loose = BASE.replace('name: Ben', 'name: "Ben"');
  const cwd = temporaryFolder({
    'base/people.yaml': loose,
    'prod/chaport.yaml': TOP,
    'chaport.yaml': 'not: read\n',
  });
  const { env } = await liveAccount({
    ...SEED,
    operators: [...SEED.operators, { email: 'new@acme.example', name: 'New' }],
  });
  const target = ['export', '--kind', 'operator', '--into', 'prod/chaport.yaml'];
  expect(await runProgram(target, { cwd, env })).toMatchObject({ code: 0 });
  const written = readFileSync(path.join(cwd, 'prod/chaport.yaml'), 'utf8');
  expect(written).toContain('new@acme.example');
  expect(written.match(/ben@acme/g)).toHaveLength(1);
  expect(await runProgram(['fmt', 'prod'], { cwd, env })).toMatchObject({ code: 0 });
  expect(readFileSync(path.join(cwd, 'base/people.yaml'), 'utf8')).toBe(loose);
  expect(await runProgram(['validate', '-f', 'prod'], { cwd, env })).toMatchObject({ code: 0 });
});
