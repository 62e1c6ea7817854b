import { expect, test } from 'vitest';
import { writesOf } from '../support/live-account.ts';
import { GithubPlatform, REPOSITORY } from './github-platform.ts';
import { type JobResult, runWorkflow } from './run-workflow.ts';
import { aTeam, type Team, WANTED } from './team.ts';
import type { WorkflowName } from './workflow-file.ts';

const HEAD = 'a'.repeat(40);
const MERGE = 'c'.repeat(40);
const ENVIRONMENTS = ['staging', 'production'] as const;

/** One repository with two accounts; the jobs of a matrix run side by side. */
async function twoEnvironments() {
  const platform = new GithubPlatform();
  const address = await platform.start();
  const teams = {
    staging: await aTeam(WANTED, undefined, 'environments/staging'),
    production: await aTeam(
      WANTED.replace('The Wall supervisor', 'Lord Commander'),
      undefined,
      'environments/production',
    ),
  };
  const runIn = async (
    environment: keyof typeof teams,
    name: WorkflowName,
    github: Record<string, unknown>,
    inputs: Record<string, string> = {},
  ): Promise<Record<string, JobResult>> => {
    const team: Team = teams[environment];
    return runWorkflow(name, {
      platform,
      env: { CHAPORT_BASE_URL: team.simulator.url, FAKE_GITHUB_URL: address },
      workspace: team.workspace,
      secrets: team.secrets,
      environment,
      inputs,
      github,
    });
  };
  const review = () =>
    Promise.all(
      ENVIRONMENTS.map((environment) =>
        runIn(environment, 'validate-and-plan.yml', {
          ref: 'refs/pull/7/merge',
          sha: 'e'.repeat(40),
          event: { pull_request: { number: 7, head: { sha: HEAD, repo: { full_name: REPOSITORY } } } },
        }),
      ),
    );
  const onMain = { ref: 'refs/heads/main', sha: MERGE };
  const apply = async (environment: keyof typeof teams, inputs?: Record<string, string>) =>
    (await runIn(environment, 'apply.yml', onMain, inputs)).apply;
  return { platform, teams, review, apply };
}

const titleOf = (team: Team) =>
  team.simulator.account.operators.find(({ email }) => email === 'jon.snow@acme.example')?.jobTitle;

test('two environments keep to themselves, from the review to the apply and on', async () => {
  const { platform, teams, review, apply } = await twoEnvironments();
  await review();
  await review();
  const bodies = platform.commentsOn(7).map(({ body }) => body);
  expect(bodies.map((body) => body.split('\n')[0]).sort()).toEqual([
    '<!-- chaportctl plan production -->',
    '<!-- chaportctl plan staging -->',
  ]);
  expect(bodies.find((body) => body.includes('plan production'))).toContain('Lord Commander');
  const digests = new Map(platform.statuses.map(({ context, description }) => [context, description]));
  expect([...digests.keys()].sort()).toEqual(['chaport/plan (production)', 'chaport/plan (staging)']);
  expect(new Set(digests.values()).size).toBe(2);

  // Somebody edits production behind the reviewers' back: it is refused, and staging is not held up.
  teams.production.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
  platform.merge(7, HEAD, MERGE);
  const [staging, production] = await Promise.all(ENVIRONMENTS.map((environment) => apply(environment)));
  expect(staging?.conclusion).toBe('success');
  expect(titleOf(teams.staging)).toBe('The Wall supervisor');
  expect(staging?.outputs.apply).toMatchObject({ converged: 'true', failed: '0', 'remaining-digest': '' });
  expect(production?.conclusion).toBe('failure');
  expect(writesOf(teams.production.simulator)).toEqual([]);
  expect(production?.summary).toMatch(/^> \[!CAUTION\]\n> \*\*Refused, and nothing was changed\.\*\*/);
  expect(production?.summary).toContain('`jobTitle`, as the account had it | `Steward` | `Deserter` |');

  // By hand: without a digest it plans and shows; with the one shown it stops half-way, and says how to go on.
  const shown = await apply('production', { environment: 'production' });
  expect(shown?.conclusion).toBe('success');
  expect(shown?.log).toContain('::notice title=Planned::');
  expect(writesOf(teams.production.simulator)).toEqual([]);
  const digest = shown?.outputs.plan?.digest ?? /sha256:[0-9a-f]{64}/.exec(shown?.summary ?? '')?.[0] ?? '';
  teams.production.simulator.addFault({ call: 'POST operators', kind: '400' });
  const stopped = await apply('production', { environment: 'production', digest });
  expect(stopped?.conclusion).toBe('failure');
  expect(stopped?.outputs.apply).toMatchObject({ converged: 'false', failed: '1' });
  const left = stopped?.outputs.apply?.['remaining-digest'] ?? '';
  expect(stopped?.log).toContain(`with the digest of what is left, ${left}.`);
  const finished = await apply('production', { environment: 'production', digest: left });
  expect(finished?.conclusion).toBe('success');
  expect(titleOf(teams.production)).toBe('Lord Commander');
  const reports = platform.artifacts.filter(({ name }) => name.startsWith('chaport-report'));
  expect(new Set(reports.map(({ name }) => name))).toEqual(
    new Set(['chaport-report-staging', 'chaport-report-production']),
  );
  // A run by hand is for its own environment alone.
  expect((await apply('staging', { environment: 'production' }))?.conclusion).toBe('skipped');
}, 120_000);
