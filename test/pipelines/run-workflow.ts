import path from 'node:path';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type GithubPlatform, REPOSITORY } from './github-platform.ts';
import { pipelineCommands, runScript, textOf } from './pipeline-commands.ts';
import { type Contexts, holds, interpolate, listIn } from './workflow-expressions.ts';
import { readWorkflow, type Workflow, type WorkflowName, type WorkflowStep } from './workflow-file.ts';

export interface WorkflowRun {
  platform: GithubPlatform;
  /** What a checkout brings. */
  workspace: string;
  /** Of the runner: where the platform and the account are. */
  env: Record<string, string>;
  /** `event`, `ref`, `sha`, … */
  github: Record<string, unknown>;
  secrets?: Record<string, string>;
  inputs?: Record<string, string>;
  /** Of the jobs of a matrix that of this environment runs. */
  environment?: string;
  /** The token of a pull request from a fork may only read, whatever the workflow says. */
  readOnly?: boolean;
}

export interface JobResult {
  conclusion: 'success' | 'failure' | 'skipped';
  /** Everything that the steps printed. */
  log: string;
  summary: string;
  /** By step id. */
  outputs: Record<string, Record<string, string>>;
}

type Job = NonNullable<Workflow['jobs'][string]>;

/** Runs the jobs of an example in their order, as GitHub would. */
export async function runWorkflow(name: WorkflowName, run: WorkflowRun): Promise<Record<string, JobResult>> {
  const workflow = readWorkflow(name);
  const results: Record<string, JobResult> = {};
  const { environment = 'production', ...rest } = run;
  const github = { run_id: String(run.platform.nextId()), ...run.github };
  for (const [id, job] of Object.entries(workflow.jobs)) {
    const needs = Object.fromEntries(
      Object.entries(results).map(([name, { conclusion }]) => [name, { result: conclusion }]),
    );
    const waitsForFailed = job.needs !== undefined && results[job.needs]?.conclusion !== 'success';
    const one = { ...rest, github, needs, environment };
    const { contexts } = contextsOf(job, one, '');
    results[id] =
      holds(job.if, contexts, waitsForFailed) && environmentsOf(job, contexts).includes(environment)
        ? await runJob(workflow, job, one)
        : { conclusion: 'skipped', log: '', summary: '', outputs: {} };
  }
  return results;
}

interface JobRun extends WorkflowRun {
  environment: string;
  needs: Contexts;
}

/** Those that the matrix has a job for; a job without a matrix is for all. */
function environmentsOf({ strategy }: Job, contexts: Contexts): readonly string[] {
  const listed = strategy?.matrix.env ?? [String(Object(contexts.matrix).env)];
  return typeof listed === 'string' ? listIn(listed, contexts) : listed;
}

async function runJob(workflow: Workflow, job: Job, run: JobRun): Promise<JobResult> {
  const temporary = temporaryFolder();
  const commands = pipelineCommands();
  const summaryFile = path.join(temporary, 'summary.md');
  const { contexts, token } = contextsOf(job, run, temporary);
  const result: JobResult = { conclusion: 'success', log: '', summary: '', outputs: {} };
  for (const [index, step] of job.steps.entries()) {
    const now = {
      ...contexts,
      steps: stepsContext(result.outputs),
      job: { status: result.conclusion },
    };
    if (!holds(step.if, now, result.conclusion === 'failure')) continue;
    if (step.uses !== undefined) {
      useAction(step, now, run);
      continue;
    }
    const outputFile = path.join(temporary, `output-${index}`);
    const { code, log } = await runScript(step.run ?? '', {
      cwd: run.workspace,
      commands,
      secrets: [token, ...Object.values(run.secrets ?? {})],
      env: {
        ...run.env,
        ...interpolated(workflow.env, now),
        ...interpolated(job.env ?? {}, now),
        ...interpolated(step.env ?? {}, now),
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_SHA: String(run.github.sha),
        GITHUB_OUTPUT: outputFile,
        GITHUB_STEP_SUMMARY: summaryFile,
        RUNNER_TEMP: temporary,
      },
    });
    result.log += log;
    if (step.id !== undefined) result.outputs[step.id] = readOutputs(outputFile);
    if (code !== 0) result.conclusion = 'failure';
  }
  result.summary = textOf(summaryFile);
  return result;
}

function contextsOf(job: Job, run: JobRun, temporary: string): { contexts: Contexts; token: string } {
  const entries = Object.entries(job.permissions);
  const permissions = run.readOnly ? entries.map(([area]) => [area, 'read'] as const) : entries;
  const token = run.platform.tokenFor(Object.fromEntries(permissions));
  const { inputs = {}, needs, environment } = run;
  // They stand in environments, which a job must name.
  const secrets = job.environment === undefined ? {} : (run.secrets ?? {});
  const github = {
    repository: REPOSITORY,
    server_url: 'https://github.example',
    event_name: Object.keys(inputs).length > 0 ? 'workflow_dispatch' : 'push',
    actor: 'olenna',
    ...run.github,
    token,
  };
  const matrix = { env: environment };
  const contexts = {
    github,
    secrets,
    inputs,
    needs,
    matrix,
    runner: { temp: temporary },
    steps: {},
    job: {},
  };
  return { token, contexts };
}

function stepsContext(outputs: JobResult['outputs']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(outputs).map(([id, values]) => [id, { outputs: values }]));
}

function interpolated(variables: Record<string, string>, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, interpolate(value, contexts)]),
  );
}

function readOutputs(file: string): Record<string, string> {
  const lines = textOf(file)
    .split('\n')
    .filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      if (at < 1) throw new Error(`not an output: ${line}`);
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

/** The workspace is there already; an artifact goes to the platform. */
function useAction({ uses = '', with: inputs = {} }: WorkflowStep, contexts: Contexts, run: JobRun): void {
  const [action] = uses.split('@');
  if (action === 'actions/checkout' || action === 'actions/setup-node') return;
  if (action !== 'actions/upload-artifact') throw new Error(`the tests do not know ${uses}`);
  const { name = '', path: file = '' } = interpolated(inputs, contexts);
  const content = textOf(file);
  if (content === '') return;
  run.platform.addArtifact(
    { name, file: path.basename(file), content },
    { branch: 'main', id: Number(run.github.run_id) },
  );
}
