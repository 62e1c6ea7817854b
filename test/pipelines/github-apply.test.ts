import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/model/report-schema.ts';
import { writesOf } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { GithubPlatform } from './github-platform.ts';
import { runWorkflow, type WorkflowRun } from './run-workflow.ts';
import { aTeam, PRODUCTION, WANTED } from './team.ts';

const HEAD = 'a'.repeat(40);
const MERGE = 'c'.repeat(40);

async function mergedPullRequest() {
  const team = await aTeam(WANTED, undefined, PRODUCTION);
  const platform = new GithubPlatform();
  const env = { CHAPORT_BASE_URL: team.simulator.url, FAKE_GITHUB_URL: await platform.start() };
  const apply = async (run: Partial<WorkflowRun> = {}) => {
    const { workspace, secrets } = team;
    const github = { ref: 'refs/heads/main', sha: MERGE };
    const { apply: job } = await runWorkflow('apply.yml', {
      platform,
      env,
      workspace,
      secrets,
      github,
      ...run,
    });
    if (!job) throw new Error('there is no job apply');
    return job;
  };
  const digestNow = async () => {
    const run = { cwd: team.workspace, env: { ...team.env, HOOK_KEY: team.secrets.HOOK_KEY ?? '' } };
    const { stdout } = await runProgram(['plan', '--format', 'json'], run);
    return (JSON.parse(stdout) as { digest: string }).digest;
  };
  /** The pull request was planned, then merged. */
  const approve = async (digest?: string) => {
    platform.setStatus(HEAD, { state: 'success', description: digest ?? (await digestNow()) });
    platform.merge(7, HEAD, MERGE);
  };
  const jobTitle = () =>
    team.simulator.account.operators.find(({ email }) => email === 'jon.snow@acme.example')?.jobTitle;
  return { team, platform, apply, approve, digestNow, jobTitle };
}

describe('a merge on GitHub', () => {
  test('is applied where the plan is the one that was approved', async () => {
    const { apply, approve, jobTitle, platform } = await mergedPullRequest();
    await approve();
    const job = await apply();
    expect(job.log).toContain('1 to create');
    expect(job.conclusion).toBe('success');
    expect(jobTitle()).toBe('The Wall supervisor');
    expect(job.summary).toContain(
      '**The account is as the file says, but for 5 unmanaged objects, 1 of them an admin.**',
    );
    const [artifact] = platform.artifacts;
    expect(artifact?.name).toBe('chaport-report-production');
    expect(reportSchema.parse(JSON.parse(artifact?.content ?? '')).converged).toBe(true);
  });

  test('is refused, and changes nothing, where the account has changed since the review', async () => {
    const { apply, approve, digestNow, team, platform } = await mergedPullRequest();
    await approve();
    team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
    const before = team.simulator.snapshot();
    const job = await apply();
    expect(job.conclusion).toBe('failure');
    expect(job.log).toContain('::error title=Refused::Nothing was changed');
    expect(job.log).toContain('this is not the plan that was reviewed');
    expect(team.simulator.snapshot()).toEqual(before);
    expect(writesOf(team.simulator)).toEqual([]);
    expect(platform.artifacts).toEqual([]);
    // Whoever reads the summary finds there what to approve instead.
    expect(job.summary).toContain('Deserter');
    expect(job.summary).toContain('the plan that is shown is what would happen now');
    expect(job.summary).toContain('`chaportctl plan --format json` shows both');
    expect(job.summary).toContain(await digestNow());
  });

  test('is applied by hand with the digest that the refused run showed', async () => {
    const { apply, approve, team, jobTitle } = await mergedPullRequest();
    await approve();
    team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
    const { summary } = await apply();
    // The refusal above the plan names the one that was approved.
    const [digest = ''] = /(?<=, digest `)sha256:[0-9a-f]{64}/.exec(summary) ?? [];
    const job = await apply({ inputs: { environment: 'production', digest } });
    expect(job.conclusion).toBe('success');
    expect(jobTitle()).toBe('The Wall supervisor');
  });

  test('is not applied by a digest that anyone else than the workflow set', async () => {
    const { apply, digestNow, platform, team } = await mergedPullRequest();
    platform.setStatus(HEAD, { state: 'success', description: await digestNow(), login: 'mallory' });
    platform.merge(7, HEAD, MERGE);
    const job = await apply();
    expect(job.conclusion).toBe('failure');
    expect(job.log).toContain('::error title=No approved plan::');
    expect(writesOf(team.simulator)).toEqual([]);
  });

  test('is not applied by a plan that was made after the merge', async () => {
    const { apply, digestNow, platform, team } = await mergedPullRequest();
    platform.merge(7, HEAD, MERGE);
    platform.setStatus(HEAD, { state: 'success', description: await digestNow() });
    const job = await apply();
    expect(job.conclusion).toBe('failure');
    expect(writesOf(team.simulator)).toEqual([]);
  });

  test('is not applied by an older plan where the newest one was refused', async () => {
    const { apply, digestNow, platform, team } = await mergedPullRequest();
    platform.setStatus(HEAD, { state: 'success', description: await digestNow() });
    platform.setStatus(HEAD, { state: 'failure', description: 'A guard of the policy refuses this plan' });
    platform.merge(7, HEAD, MERGE);
    expect((await apply()).conclusion).toBe('failure');
    expect(writesOf(team.simulator)).toEqual([]);
  });

  test('finds its own pull request and status among others, page after page', async () => {
    const { apply, approve, platform, jobTitle } = await mergedPullRequest();
    const other = `sha256:${'0'.repeat(64)}`;
    for (const [index, letter] of ['1', '2', '3'].entries()) {
      platform.setStatus(letter.repeat(40), { state: 'success', description: other });
      platform.merge(index + 1, letter.repeat(40), 'd'.repeat(40));
    }
    await approve();
    for (let index = 0; index < 3; index += 1)
      platform.setStatus(HEAD, { state: 'success', description: other, login: 'ci-of-someone' });
    expect((await apply()).conclusion).toBe('success');
    expect(jobTitle()).toBe('The Wall supervisor');
  });

  test('of what no plan approved is not applied: the plan stands in the summary', async () => {
    const { apply, digestNow, team } = await mergedPullRequest();
    const job = await apply();
    expect(job.conclusion).toBe('failure');
    expect(job.log).toContain('::error title=No approved plan::');
    expect(job.summary).toContain(await digestNow());
    expect(writesOf(team.simulator)).toEqual([]);
  });

  test('that asks for nothing needs no approval', async () => {
    const { apply, team } = await mergedPullRequest();
    team.write('version: 1\noperators:\n  - email: jon.snow@acme.example\n    jobTitle: Steward\n');
    expect((await apply()).conclusion).toBe('success');
  });

  test('that fails half-way says so, and keeps its report', async () => {
    const { apply, approve, platform, team } = await mergedPullRequest();
    await approve();
    team.simulator.addFault({ call: 'POST operators', kind: '400' });
    const job = await apply();
    expect(job.conclusion).toBe('failure');
    expect(job.log).toContain('::error title=Not finished::');
    expect(job.summary).toContain('### Not applied');
    expect(reportSchema.parse(JSON.parse(platform.artifacts[0]?.content ?? '')).converged).toBe(false);
  });

  test('is not applied from another branch, nor with something that is no digest', async () => {
    const { apply, team } = await mergedPullRequest();
    const elsewhere = await apply({ github: { ref: 'refs/heads/feature', sha: MERGE } });
    expect(elsewhere.conclusion).toBe('skipped');
    const job = await apply({ inputs: { environment: 'production', digest: '$(touch pwned)' } });
    expect(job.conclusion).toBe('failure');
    expect(job.log).toContain('::error title=Not a digest::');
    expect(team.simulator.account.requests).toEqual([]);
  });

  test('plans, approves and applies from the pull request to the account', async () => {
    const { team, platform, apply, jobTitle } = await mergedPullRequest();
    const env = { CHAPORT_BASE_URL: team.simulator.url, FAKE_GITHUB_URL: await platform.start() };
    const pull_request = { number: 7, head: { sha: HEAD, repo: { full_name: 'acme/chaport' } } };
    team.write(WANTED.replace('The Wall supervisor', 'King in the North'));
    await runWorkflow('validate-and-plan.yml', {
      platform,
      env,
      workspace: team.workspace,
      secrets: team.secrets,
      github: { ref: 'refs/pull/7/merge', sha: 'e'.repeat(40), event: { pull_request } },
    });
    platform.merge(7, HEAD, MERGE);
    expect((await apply()).conclusion).toBe('success');
    expect(jobTitle()).toBe('King in the North');
  });
});
