import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { FORK_STATUS, readWorkflow, WORKFLOWS, type WorkflowName, workflowText } from './workflow-file.ts';

/** Its JSON schemas are imported in a way that Node does not take, so it is bundled first. */
async function complaintsOfGithub(name: WorkflowName): Promise<string[]> {
  const outfile = `${temporaryFolder()}/parser.mjs`;
  const contents = `
    import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
    export async function complaints(name, content) {
      const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
      const template = value ? await convertWorkflowTemplate(context, value) : {};
      return [...context.errors.getErrors(), ...(template.errors ?? [])].map(String);
    }`;
  await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
  const parser: { complaints(name: string, content: string): Promise<string[]> } = await import(outfile);
  return parser.complaints(name, workflowText(name));
}

const stepsOf = (name: WorkflowName) => Object.values(readWorkflow(name).jobs).flatMap(({ steps }) => steps);

/** What opens the account. */
const CREDENTIALS: Record<(typeof WORKFLOWS)[number], string> = {
  'validate-and-plan.yml': 'CHAPORT_TOKEN',
  'apply.yml': 'CHAPORT_TOKEN',
  'drift.yml': 'CHAPORT_TOKEN',
  'membrane.yml': 'MEMBRANE_WORKSPACE_SECRET',
  'statuses.yml': 'CHAPORT_TOKEN',
};

describe.each(WORKFLOWS)('examples/github-actions/%s', (name) => {
  test("GitHub's own parser takes the workflow", async () => {
    expect(await complaintsOfGithub(name)).toEqual([]);
  });

  test('every action is pinned to a commit and says its version', () => {
    const uses = workflowText(name).match(/(?<=- | {8})uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(1);
    for (const line of uses) expect(line).toMatch(/^uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('no script holds an expression, so nothing foreign can become a command', () => {
    for (const { run = '' } of stepsOf(name)) expect(run).not.toContain('${{');
  });

  test('secrets and the token are given to single steps that need them', () => {
    const { env, jobs } = readWorkflow(name);
    expect(JSON.stringify(env)).not.toMatch(/secrets\.|github\.token/);
    for (const job of Object.values(jobs)) {
      expect(JSON.stringify({ ...job, steps: [] })).not.toMatch(/secrets\.|github\.token/);
      for (const { run = '', env: given = {} } of job.steps) {
        expect('GH_TOKEN' in given, run).toBe(/\bgh (api|run)\b/.test(run));
        expect(CREDENTIALS[name] in given, run).toBe(/^\s*chaportctl (plan|apply|ping)\b/m.test(run));
      }
    }
  });

  test('the checkout leaves no credentials behind', () => {
    const checkouts = stepsOf(name).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const step of checkouts) expect(step.with).toMatchObject({ 'persist-credentials': 'false' });
  });

  test('chaportctl is never installed by a bare name from a public registry', () => {
    expect(readWorkflow(name).env.CHAPORTCTL).toMatch(/^\.\/.+\.tgz$/);
    for (const { run = '' } of stepsOf(name)) {
      if (run.includes('npm ')) expect(run).toBe('npm install --global --ignore-scripts "$CHAPORTCTL"');
    }
  });
});

test('what runs for forks with the rights of main checks nothing out, and sets a status alone', async () => {
  expect(await complaintsOfGithub(FORK_STATUS)).toEqual([]);
  const { jobs, on } = readWorkflow(FORK_STATUS);
  const plan = readWorkflow('validate-and-plan.yml');
  expect(on).toEqual({ workflow_run: { workflows: [plan.name], types: ['completed'] } });
  expect(jobs.status?.permissions).toEqual({ statuses: 'write' });
  expect(jobs.status?.strategy).toEqual(plan.jobs.plan?.strategy);
  for (const { uses, run = '' } of stepsOf(FORK_STATUS)) {
    expect(uses).toBeUndefined();
    expect(run).not.toContain('${{');
  }
});

test('each job may do what it needs and nothing else', () => {
  const permissions = WORKFLOWS.flatMap((name) =>
    Object.entries(readWorkflow(name).jobs).map(([id, job]) => [id, job.permissions]),
  );
  expect(Object.fromEntries(permissions)).toEqual({
    validate: { contents: 'read' },
    plan: { contents: 'read', 'pull-requests': 'write', statuses: 'write' },
    apply: { actions: 'read', contents: 'read', 'pull-requests': 'read', statuses: 'read' },
    drift: { contents: 'read', actions: 'read', issues: 'write' },
    membrane: { contents: 'read' },
    statuses: { contents: 'read' },
  });
});

test('two applies cannot overlap, none is stopped half-way, and no other workflow can push one out', () => {
  const groups = WORKFLOWS.flatMap((name) => {
    const { concurrency, jobs } = readWorkflow(name);
    return [concurrency, ...Object.values(jobs).map((job) => job.concurrency)].flatMap((one) => one ?? []);
  });
  const group = 'chaport-apply-${{ matrix.env }}';
  expect(readWorkflow('apply.yml').jobs.apply?.concurrency).toEqual({ group, 'cancel-in-progress': false });
  expect(groups.filter((one) => one.group === group)).toHaveLength(1);
});

test('every job knows its environment by one name, and reads the files of that one', () => {
  for (const name of ['validate-and-plan.yml', 'apply.yml', 'drift.yml'] as const) {
    for (const { env, strategy } of Object.values(readWorkflow(name).jobs)) {
      expect(env).toEqual({
        CHAPORT_ENV: '${{ matrix.env }}',
        CHAPORT_FILES: 'environments/${{ matrix.env }}',
      });
      expect(strategy?.['fail-fast']).toBe(false);
    }
  }
});

test('a pull request never runs with the rights of the main branch', () => {
  for (const name of WORKFLOWS)
    expect(Object.keys(readWorkflow(name).on)).not.toContain('pull_request_target');
  expect(readWorkflow('apply.yml').on).not.toHaveProperty('pull_request');
});
