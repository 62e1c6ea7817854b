import { describe, expect, test } from 'vitest';
import type { Seed } from '../../src/simulator/index.ts';
import { writesOf } from '../support/live-account.ts';
import { GithubPlatform, REPOSITORY } from './github-platform.ts';
import { runWorkflow } from './run-workflow.ts';
import { aTeam, GUARDED, OF_ANOTHER_ACCOUNT, PRODUCTION, WANTED } from './team.ts';

const HEAD = 'a'.repeat(40);
const NEWER_HEAD = 'b'.repeat(40);

async function pullRequest(config?: string, seed?: Seed) {
  const team = await aTeam(config, seed, PRODUCTION);
  const platform = new GithubPlatform();
  const address = await platform.start();
  const env = { CHAPORT_BASE_URL: team.simulator.url, FAKE_GITHUB_URL: address };
  const push = (
    options: { sha?: string; from?: string; secrets?: Record<string, string>; actor?: string } = {},
  ) =>
    runWorkflow('validate-and-plan.yml', {
      platform,
      env,
      workspace: team.workspace,
      secrets: options.secrets ?? team.secrets,
      readOnly: options.from !== undefined,
      github: {
        ref: 'refs/pull/7/merge',
        sha: 'c'.repeat(40),
        actor: options.actor ?? 'olenna',
        event: {
          pull_request: {
            number: 7,
            head: { sha: options.sha ?? HEAD, repo: { full_name: options.from ?? REPOSITORY } },
          },
        },
      },
    });
  return { team, platform, push, address };
}

describe('a pull request on GitHub', () => {
  test('gets one comment with the plan, and a status with its digest', async () => {
    const { platform, push, team } = await pullRequest();
    const { validate, plan } = await push();
    expect([validate?.conclusion, plan?.conclusion]).toEqual(['success', 'success']);
    const [comment, ...others] = platform.commentsOn(7);
    expect(others).toEqual([]);
    expect(comment?.body).toMatch(
      /^<!-- chaportctl plan production -->\n### production\n\n\*\*This plan will\*\* invite /,
    );
    expect(comment?.body).toContain('The Wall supervisor');
    expect(comment?.body).toContain(`Planned for ${HEAD} in [this run]`);
    const digest = plan?.outputs.plan?.digest ?? '';
    expect(comment?.body).toContain(digest);
    expect(platform.statuses).toMatchObject([
      { sha: HEAD, context: 'chaport/plan (production)', state: 'success', description: digest },
    ]);
    expect(plan?.summary).toContain('The Wall supervisor');
    expect(writesOf(team.simulator)).toEqual([]);
  });

  test('has the same comment brought up to date by a second push, wherever it stands in the list', async () => {
    const { platform, push, team } = await pullRequest();
    for (const body of ['Nice', '<!-- chaportctl plan production --> forged', 'Good'])
      platform.commentsOn(7).push({ id: platform.nextId(), user: { login: 'mallory' }, body });
    await push();
    platform.commentsOn(7).push({ id: platform.nextId(), user: { login: 'olenna' }, body: 'LGTM' });
    team.write(WANTED.replace('The Wall supervisor', 'King in the North'));
    const { plan } = await push({ sha: NEWER_HEAD });
    expect(plan?.conclusion).toBe('success');
    const bodies = platform.commentsOn(7).map(({ body }) => body);
    expect(bodies).toHaveLength(5);
    expect(bodies[1]).toBe('<!-- chaportctl plan production --> forged');
    expect(bodies[3]).toContain('King in the North');
    expect(bodies[3]).not.toContain('The Wall supervisor');
    expect(platform.statuses[0]?.sha).toBe(NEWER_HEAD);
    expect(platform.statuses[0]?.description).not.toBe(platform.statuses[1]?.description);
  });

  test('from a fork is validated, and gets a clear note instead of a red cross', async () => {
    const { platform, push, team } = await pullRequest();
    const { validate, plan } = await push({ from: 'mallory/chaport', secrets: {} });
    expect([validate?.conclusion, plan?.conclusion]).toEqual(['success', 'success']);
    expect(plan?.log).toMatch(
      /^::notice title=No token, no plan::The file was validated\. It was not planned: /m,
    );
    expect(plan?.summary).toMatch(/^The file was validated\. It was not planned: /);
    expect(platform.commentsOn(7)).toEqual([]);
    expect(team.simulator.account.requests).toEqual([]);
  });

  test('from a fork has its status set afterwards, as one that nobody has planned', async () => {
    const { platform, team, address } = await pullRequest();
    const afterRun = (conclusion: string, full_name: string) =>
      runWorkflow('fork-status.yml', {
        platform,
        env: { FAKE_GITHUB_URL: address },
        workspace: team.workspace,
        github: {
          ref: 'refs/heads/main',
          sha: 'c'.repeat(40),
          event: {
            workflow_run: { head_sha: HEAD, html_url: '', conclusion, head_repository: { full_name } },
          },
        },
      });
    expect((await afterRun('success', 'mallory/chaport')).status?.conclusion).toBe('success');
    await afterRun('failure', 'mallory/chaport');
    expect((await afterRun('success', REPOSITORY)).status?.conclusion).toBe('skipped');
    expect(platform.statuses).toMatchObject([
      { sha: HEAD, context: 'chaport/plan (production)', state: 'failure' },
      { sha: HEAD, state: 'success', description: expect.stringMatching(/^Not planned: /) },
    ]);
  });

  test('of Dependabot gets the same note', async () => {
    const { platform, push } = await pullRequest();
    const { plan } = await push({ actor: 'dependabot[bot]', secrets: {} });
    expect(plan?.conclusion).toBe('success');
    expect(platform.statuses).toMatchObject([
      { state: 'success', description: expect.stringMatching(/^Not planned/) },
    ]);
    expect(plan?.log).toContain('::notice title=No token');
  });

  test('of a member fails where the secret was forgotten', async () => {
    const { push } = await pullRequest();
    const { plan } = await push({ secrets: {} });
    expect(plan?.conclusion).toBe('failure');
    expect(plan?.log).toContain('::error title=No token::The secret CHAPORT_TOKEN is not set');
  });

  test('with a mistake in the file is annotated at its line, and not planned', async () => {
    const { platform, push, team } = await pullRequest(WANTED.replace('jobTitle', 'jobtitle'));
    const { validate, plan } = await push();
    expect([validate?.conclusion, plan?.conclusion]).toEqual(['failure', 'failure']);
    expect(platform.statuses).toMatchObject([
      { state: 'failure', description: 'The files are wrong: see the job validate' },
    ]);
    expect(validate?.log).toMatch(
      /^::error file=environments\/production\/chaport\.yaml,line=6,col=5[,:].*jobTitle/m,
    );
    expect(platform.commentsOn(7)).toEqual([]);
    expect(team.simulator.account.requests).toEqual([]);
  });

  test('that a guard refuses says why in the comment, and goes red without an approved digest', async () => {
    const { platform, push } = await pullRequest(GUARDED);
    const { plan } = await push();
    expect(plan?.conclusion).toBe('failure');
    expect(plan?.outputs.plan?.refused).toBe('true');
    expect(platform.commentsOn(7)[0]?.body).toContain('> [!CAUTION]');
    expect(platform.statuses).toMatchObject([
      { state: 'failure', description: expect.not.stringMatching(/sha256/) },
    ]);
  });

  test('for another account goes red: there is no plan to comment on or to approve', async () => {
    const { platform, push } = await pullRequest(OF_ANOTHER_ACCOUNT);
    const { plan } = await push();
    expect(plan?.conclusion).toBe('failure');
    expect(plan?.log).toContain('is no operator of this account');
    expect(platform.commentsOn(7)).toEqual([]);
    expect(platform.statuses).toMatchObject([
      { state: 'failure', description: 'There is no plan: see the run' },
    ]);
  });

  test('whose token is wrong goes red and leaves the older comment as it was', async () => {
    const { platform, push, team } = await pullRequest();
    await push();
    const before = structuredClone(platform.commentsOn(7));
    const { plan } = await push({
      sha: NEWER_HEAD,
      secrets: { ...team.secrets, CHAPORT_TOKEN: 'another-token' },
    });
    expect(plan?.conclusion).toBe('failure');
    expect(platform.commentsOn(7)).toEqual(before);
    expect(platform.statuses.map(({ sha, state }) => [sha, state])).toEqual([
      [NEWER_HEAD, 'failure'],
      [HEAD, 'success'],
    ]);
  });

  test('with a plan that no comment can hold points to the summary', async () => {
    const leavers = Array.from({ length: 900 }, (_, index) => ({
      email: `agent-${index}.${'of-the-night-shift'.repeat(3)}@acme.example`,
      name: `Agent ${index}`,
    }));
    const entries = leavers.map(({ email }) => `  - { email: ${email}, state: absent }\n`).join('');
    const owner = { email: 'owner@acme.example', name: 'Olenna Tyrell', role: 'admin' };
    const { platform, push } = await pullRequest(`version: 1\noperators:\n${entries}`, {
      operators: [owner, ...leavers],
    });
    const { plan } = await push();
    expect(plan?.conclusion).toBe('success');
    expect(platform.commentsOn(7)[0]?.body).toContain('too long for a comment');
    expect(plan?.summary).toContain('agent-899.');
  });
});
