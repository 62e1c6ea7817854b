import { describe, expect, test } from 'vitest';
import { writesOf } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { GithubPlatform } from './github-platform.ts';
import { textOf } from './pipeline-commands.ts';
import { runWorkflow } from './run-workflow.ts';
import { aTeam, OF_ANOTHER_ACCOUNT, PRODUCTION, WANTED } from './team.ts';

/** A team whose file was applied yesterday. */
async function appliedYesterday(from: { branch: string; fork?: boolean } = { branch: 'main' }) {
  const team = await aTeam(WANTED, undefined, PRODUCTION);
  const platform = new GithubPlatform();
  const env = { CHAPORT_BASE_URL: team.simulator.url, FAKE_GITHUB_URL: await platform.start() };
  const file = `${team.workspace}/report.json`;
  const run = { cwd: team.workspace, env: { ...team.env, HOOK_KEY: team.secrets.HOOK_KEY ?? '' } };
  const { code } = await runProgram(['apply', '-y', '--report', file], run);
  expect(code).toBe(0);
  platform.addArtifact(
    { name: 'chaport-report-production', file: 'chaport-report.json', content: textOf(file) },
    from,
  );
  team.simulator.account.requests.length = 0;
  const night = async (secrets = team.secrets) => {
    const { workspace } = team;
    const github = { ref: 'refs/heads/main', sha: 'c'.repeat(40) };
    const { drift } = await runWorkflow('drift.yml', { platform, env, workspace, secrets, github });
    if (!drift) throw new Error('there is no job drift');
    return drift;
  };
  return { team, platform, night };
}

describe('a night on GitHub', () => {
  test('without drift opens no issue', async () => {
    const { platform, night } = await appliedYesterday();
    expect((await night()).conclusion).toBe('success');
    expect(platform.issues).toEqual([]);
  });

  test('with drift opens one issue, the next brings it up to date, and the one in order closes it', async () => {
    const { platform, night, team } = await appliedYesterday();
    platform.issues.push(
      ...['mallory', 'olenna'].map((login, index) => ({
        id: index,
        number: index,
        user: { login },
        title: 'Another issue',
        body: '<!-- chaportctl drift production -->',
        state: 'open',
        comments: [],
      })),
    );
    team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
    expect((await night()).conclusion).toBe('success');
    const [, , issue, ...others] = platform.issues;
    expect(others).toEqual([]);
    expect(issue).toMatchObject({
      state: 'open',
      title: 'The Chaport account of production differs from its file',
    });
    expect(issue?.body).toMatch(/^<!-- chaportctl drift production -->\n/);
    expect(issue?.body).toMatch(
      /\*\*Drift: the files are as they were .* It concerns 1 object:\*\* operator `jon\.snow@acme\.example`/,
    );

    team.changeByHand('arya@acme.example', { name: 'No One' });
    await night();
    expect(platform.issues).toHaveLength(3);
    expect(issue?.body).toContain('It concerns 2 objects:');
    expect(issue?.body).toContain('No One');

    team.changeByHand('jon.snow@acme.example', { jobTitle: 'The Wall supervisor' });
    team.changeByHand('arya@acme.example', { name: 'Arya Stark' });
    expect((await night()).conclusion).toBe('success');
    expect(issue?.state).toBe('closed');
    expect(issue?.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^The account is as the file says again/),
    ]);
    expect(platform.issues.slice(0, 2).map(({ state }) => state)).toEqual(['open', 'open']);
    expect(writesOf(team.simulator)).toEqual([]);
  });

  test('does not call it drift where the file has changed since the last apply', async () => {
    const { platform, night, team } = await appliedYesterday();
    team.write(WANTED.replace('The Wall supervisor', 'King in the North'));
    const job = await night();
    expect(platform.issues[0]?.body).toContain('King in the North');
    expect(platform.issues[0]?.body).not.toContain('Drift');
    expect(job.log).toContain('The files have changed since the last apply');
  });

  test.each([
    ['from a fork whose branch is called main', { branch: 'main', fork: true }],
    ['from another branch', { branch: 'feature' }],
  ])('believes no report %s', async (_where, from) => {
    const { platform, night, team } = await appliedYesterday(from);
    team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
    const job = await night();
    expect(job.log).toContain('No report of an apply was found');
    expect(platform.issues[0]?.body).toContain('Deserter');
    expect(platform.issues[0]?.body).not.toContain('Drift');
  });

  test('whose check fails goes red and leaves the open issue as it was', async () => {
    const { platform, night, team } = await appliedYesterday();
    team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
    await night();
    const before = structuredClone(platform.issues);
    const job = await night({ ...team.secrets, CHAPORT_TOKEN: 'another-token' });
    expect(job.conclusion).toBe('failure');
    expect(platform.issues).toEqual(before);
  });

  test('reports what a guard would refuse as well', async () => {
    const { platform, night, team } = await appliedYesterday();
    team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
    team.write(`${WANTED}policy:\n  protect: ["jon.snow@*"]\n`);
    expect((await night()).conclusion).toBe('success');
    expect(platform.issues[0]?.body).toContain('[!CAUTION]');
  });

  test('goes red, and opens no issue, where the file is about another account', async () => {
    const { platform, night, team } = await appliedYesterday();
    team.write(OF_ANOTHER_ACCOUNT);
    expect((await night()).conclusion).toBe('failure');
    expect(platform.issues).toEqual([]);
  });
});
