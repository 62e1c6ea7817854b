import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { liveAccount } from '../support/live-account.ts';
import { PROJECT, runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function schemaOf(...args: string[]): Promise<ValidateFunction> {
  const run = await runProgram(['schema', ...args]);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const schema = JSON.parse(run.stdout);
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  // Formats are for people here; what they mean is in the patterns.
  return new Ajv2020({
    allowUnionTypes: true,
    validateFormats: false,
    keywords: ['errorMessage', 'patternErrorMessage', 'defaultSnippets'],
  }).compile(schema);
}

function expectValid(validate: ValidateFunction, value: unknown): void {
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

/** Beside configurations there are seeds for the simulator, and pipelines. */
const EXAMPLES = readdirSync(path.join(PROJECT, 'examples'), { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.ya?ml$/.test(name) && !/^(?:simulator|github-actions|gitlab-ci|elsewhere)\b/.test(name),
);

describe('chaportctl schema', () => {
  it('describes the configuration when nothing is said, and accepts every example', async () => {
    const validate = await schemaOf();
    expect(EXAMPLES.length).toBeGreaterThan(2);
    for (const name of EXAMPLES) {
      expectValid(
        validate,
        parse(readFileSync(path.join(PROJECT, 'examples', name), 'utf8'), { merge: true }),
      );
    }
    expect(validate(parse('version: 1\noperators: [{ mail: a@b.c }]'))).toBe(false);
  });

  it('describes the plans and reports that the program writes', async () => {
    const [plan, report] = [await schemaOf('plan'), await schemaOf('report')];
    const { env } = await liveAccount();
    const cwd = temporaryFolder({
      'chaport.yaml': `version: 1
account: { owner: owner@acme.example }
policy: { prune: [webhooks], maxDeletes: 9 }
operators:
  - { email: jon.snow@acme.example, jobTitle: King, status: away }
  - { email: new@acme.example, name: New, role: admin }
  - { email: alliser@acme.example, state: absent }
webhooks:
  - { url: "https://hooks.acme.example/new?key=\${secret:HOOK_KEY}", events: [chat.started] }
`,
    });
    const secrets = { ...env, HOOK_KEY: 'very-s3cret' };
    const planned = await runProgram(['plan', '--format', 'json'], { env: secrets, cwd });
    const document = JSON.parse(planned.stdout);
    expect(document.changes.length).toBeGreaterThan(5);
    expectValid(plan, document);
    const applied = await runProgram(['apply', '-y', '--format', 'json'], { env: secrets, cwd });
    expectValid(report, JSON.parse(applied.stdout));
    expect(plan({ ...document, changes: [{ action: 'burn' }] })).toBe(false);
    expect(report(document)).toBe(false);
  });

  it('knows no other documents', async () => {
    const { code, stdout, stderr } = await runProgram(['schema', 'account']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Error: schema takes "config", "plan", "report" or "evidence", not "account"$/m);
  });
});
