import { existsSync, rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/model/report-schema.ts';
import { writesOf } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { API_TOKEN, GitlabPlatform, PROJECT_ID } from './gitlab-platform.ts';
import { textOf } from './pipeline-commands.ts';
import { jobsOf, readPipeline, runGitlabJob, type Variables } from './run-gitlab-job.ts';
import { aTeam, GUARDED, HOOK_KEY, OF_ANOTHER_ACCOUNT, WANTED } from './team.ts';

const HEAD = 'a'.repeat(40);
const MERGE = 'c'.repeat(40);
const OTHER_USER = 555;

const MERGE_REQUEST = { CI_PIPELINE_SOURCE: 'merge_request_event', CI_DEFAULT_BRANCH: 'main' };
const PUSH = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main', CI_DEFAULT_BRANCH: 'main' };
const SCHEDULE = { ...PUSH, CI_PIPELINE_SOURCE: 'schedule' };
const BY_HAND = { ...PUSH, CI_PIPELINE_SOURCE: 'web' };

async function project(config?: string, platform = new GitlabPlatform(), environment = 'production') {
  const team = await aTeam(config, undefined, `environments/${environment}`);
  const address = await platform.start();
  const always = {
    CHAPORT_BASE_URL: team.simulator.url,
    CI_API_V4_URL: address,
    CI_PROJECT_ID: String(PROJECT_ID),
    CI_JOB_URL: 'https://gitlab.example/jobs/1',
    CHAPORT_ENV: environment,
  };
  const secrets = { ...team.secrets, GITLAB_API_TOKEN: API_TOKEN };
  const run = (job: string, variables: Variables, given: Variables = secrets) => {
    // Each job starts from a fresh checkout.
    for (const file of [
      'plan.md',
      'plan.json',
      'note.md',
      'issue.md',
      'last-report.json',
      'chaport-report.json',
      'approved-plan.json',
      'plan-counts.json',
      'gl-code-quality.json',
    ])
      rmSync(`${team.workspace}/${file}`, { force: true });
    return runGitlabJob(job, {
      workspace: team.workspace,
      variables: { ...always, ...variables },
      secrets: given,
    });
  };
  const plan = async (variables: Variables = {}, given?: Variables) => {
    const job = platform.nextJob();
    const result = await run(
      'plan',
      {
        CI_JOB_ID: String(job),
        ...MERGE_REQUEST,
        CI_MERGE_REQUEST_IID: '7',
        CI_COMMIT_SHA: HEAD,
        CI_MERGE_REQUEST_PROJECT_ID: String(PROJECT_ID),
        CI_MERGE_REQUEST_SOURCE_PROJECT_ID: String(PROJECT_ID),
        ...variables,
      },
      given,
    );
    platform.keptPlans.set(job, textOf(`${team.workspace}/plan.json`));
    return { ...result, counts: textOf(`${team.workspace}/plan-counts.json`) };
  };
  const apply = async (variables: Variables = PUSH) => {
    const result = await run('apply', { CI_COMMIT_SHA: MERGE, ...variables });
    const report = textOf(`${team.workspace}/chaport-report.json`);
    platform.deploy(`chaport/${environment}/live`, report === '' ? null : report);
    return { ...result, report };
  };
  const night = (given?: Variables) => run('drift', { ...SCHEDULE, CI_COMMIT_SHA: MERGE }, given);
  const jobTitle = () =>
    team.simulator.account.operators.find(({ email }) => email === 'jon.snow@acme.example')?.jobTitle;
  return { team, platform, run, plan, apply, night, jobTitle, secrets };
}

describe('examples/gitlab-ci/.gitlab-ci.yml', () => {
  test('has the jobs of each pipeline and no others', () => {
    expect(jobsOf(MERGE_REQUEST)).toEqual(['validate', 'plan']);
    expect(jobsOf(PUSH)).toEqual(['apply']);
    expect(jobsOf(SCHEDULE)).toEqual(['drift']);
    expect(jobsOf({ ...SCHEDULE, CHAPORT_DIGEST: 'sha256:0' })).toEqual(['drift']);
    expect(jobsOf({ ...SCHEDULE, CHAPORT_STATUSES: '1' })).toEqual(['statuses']);
    expect(jobsOf(BY_HAND)).toEqual(['apply']);
    expect(jobsOf({ ...BY_HAND, CHAPORT_DIGEST: 'sha256:0' })).toEqual(['apply']);
    expect(jobsOf({ ...PUSH, CI_COMMIT_BRANCH: 'feature' })).toEqual([]);
  });

  test('lets no two applies overlap and stops none half-way', () => {
    const { apply } = readPipeline().jobs;
    expect(apply).toMatchObject({ resource_group: 'chaport-$CHAPORT_ENV', interruptible: false });
  });

  test('gives the secrets to the jobs that need them, by the scope of their environment', () => {
    const environments = Object.entries(readPipeline().jobs).map(([name, job]) => [
      name,
      job.environment?.name,
    ]);
    expect(Object.fromEntries(environments)).toEqual({
      validate: undefined,
      plan: 'chaport/$CHAPORT_ENV/plan',
      apply: 'chaport/$CHAPORT_ENV/live',
      drift: 'chaport/$CHAPORT_ENV/drift',
      statuses: 'chaport/$CHAPORT_ENV/statuses',
    });
  });

  test('installs chaportctl by no bare name from a public registry', () => {
    const { variables, defaults } = readPipeline();
    expect(variables.CHAPORTCTL).toMatch(/^\.\/.+\.tgz$/);
    expect(defaults.before_script).toEqual([
      'npm install --global --ignore-scripts "$CHAPORTCTL"',
      'export CHAPORT_FILES="environments/$CHAPORT_ENV"',
    ]);
  });
});

describe('a merge request on GitLab', () => {
  test('is validated without a secret', async () => {
    const { run, team } = await project();
    expect(await run('validate', MERGE_REQUEST)).toMatchObject({ code: 0 });
    team.write(WANTED.replace('jobTitle', 'jobtitle'));
    const { code, log } = await run('validate', MERGE_REQUEST);
    expect(code).toBe(1);
    expect(log).toContain('environments/production/chaport.yaml:6:5');
    const findings = JSON.parse(textOf(`${team.workspace}/gl-code-quality.json`));
    expect(findings).toMatchObject([
      {
        check_name: 'unknown-key',
        severity: 'critical',
        location: { path: 'environments/production/chaport.yaml', lines: { begin: 6 } },
      },
      { check_name: 'missing-secret', severity: 'minor', location: { lines: { begin: 10 } } },
    ]);
  });

  test('gets one note with the plan, which the next push brings up to date', async () => {
    const { plan, platform, team } = await project();
    for (const body of ['Nice', '<!-- chaportctl plan env=production --> forged', 'Good'])
      platform.addNote(7, body, OTHER_USER);
    expect(await plan()).toMatchObject({ code: 0, counts: '{"create":1,"update":1,"delete":0}\n' });
    const note = platform.notesOn(7).find(({ author }) => author.id !== OTHER_USER);
    expect(note?.body).toMatch(
      new RegExp(
        `^<!-- chaportctl plan env=production sha=${HEAD} digest=sha256:[0-9a-f]{64} job=\\d+ -->\n### production\n\n\\*\\*This plan will\\*\\* `,
      ),
    );
    for (const body of ['LGTM', 'Ship it']) platform.addNote(7, body, OTHER_USER);
    team.write(WANTED.replace('The Wall supervisor', 'King in the North'));
    const newer = 'b'.repeat(40);
    // A pipeline of merged results: the commit is the merge, not the head of the branch.
    expect((await plan({ CI_COMMIT_SHA: MERGE, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: newer })).code).toBe(0);
    expect(platform.notesOn(7)).toHaveLength(6);
    expect(note?.body).toContain(`sha=${newer} `);
    expect(note?.body).toContain('King in the North');
    expect(writesOf(team.simulator)).toEqual([]);
  });

  test('from a fork gets a clear note in the log instead of a red cross', async () => {
    const { plan, platform, team } = await project();
    const { code, log } = await plan({ CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '43' }, {});
    expect(code).toBe(0);
    expect(log).toContain('It was not planned: this merge request comes from a fork, which gets no token.');
    expect(platform.notesOn(7)).toEqual([]);
    expect(team.simulator.account.requests).toEqual([]);
  });

  test('of a member fails where the variable was forgotten', async () => {
    const { plan } = await project();
    expect(await plan({}, {})).toMatchObject({
      code: 1,
      log: expect.stringContaining('CHAPORT_TOKEN is not set'),
    });
  });

  test('that a guard refuses says why in the note, and goes red without an approved digest', async () => {
    const { plan, platform } = await project(GUARDED);
    expect((await plan()).code).toBe(4);
    expect(platform.notesOn(7)[0]?.body).toMatch(
      /^<!-- chaportctl plan env=production sha=a+ digest=refused job=\d+ -->/,
    );
    expect(platform.notesOn(7)[0]?.body).toContain('[!CAUTION]');
  });

  test('for another account goes red: there is no plan to note or to approve', async () => {
    const { plan, platform } = await project(OF_ANOTHER_ACCOUNT);
    expect(await plan()).toMatchObject({
      code: 4,
      log: expect.stringContaining('is no operator of this account'),
    });
    expect(platform.notesOn(7)).toEqual([]);
  });
});

describe('a merge on GitLab', () => {
  test('by a squash is applied where the plan is the one that was approved', async () => {
    const { plan, platform, apply, jobTitle } = await project();
    await plan();
    platform.merge({ iid: 3, sha: 'd'.repeat(40), merge_commit_sha: 'e'.repeat(40) });
    platform.merge({ iid: 7, sha: HEAD, squash_commit_sha: MERGE });
    const { code, report } = await apply();
    expect(code).toBe(0);
    expect(jobTitle()).toBe('The Wall supervisor');
    expect(reportSchema.parse(JSON.parse(report)).converged).toBe(true);
  });

  test('by fast-forward is applied as well', async () => {
    const { plan, platform, apply } = await project();
    await plan();
    platform.merge({ iid: 7, sha: HEAD });
    expect((await apply({ ...PUSH, CI_COMMIT_SHA: HEAD })).code).toBe(0);
  });

  test('is refused, and changes nothing, where the account has changed since the review', async () => {
    const { plan, platform, apply, team, jobTitle } = await project();
    await plan();
    platform.merge({ iid: 7, sha: HEAD, merge_commit_sha: MERGE });
    team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
    const { code, log, report } = await apply();
    expect({ code, report }).toEqual({ code: 4, report: '' });
    expect(log).toMatch(/jobTitle, as the account had it +"Steward" → "Deserter"/);
    expect(writesOf(team.simulator)).toEqual([]);
    const [digest = ''] = /(?<=^Digest: )sha256:[0-9a-f]{64}/m.exec(log) ?? [];
    expect((await apply({ ...BY_HAND, CHAPORT_ONLY: 'production', CHAPORT_DIGEST: digest })).code).toBe(0);
    expect(jobTitle()).toBe('The Wall supervisor');
  });

  test('by a merge commit is applied by nothing but the note that was there at the merge', async () => {
    const { plan, platform, apply, team, jobTitle } = await project();
    await plan();
    const [note] = platform.notesOn(7);
    if (!note) throw new Error('there is no note');
    const planned = structuredClone(note);
    // One plan for all of them: it is dear.
    const applyAfterMerge = (sha: string, edit: () => unknown) => {
      Object.assign(note, structuredClone(planned));
      platform.mergeRequests.length = 0;
      platform.merge({ iid: 7, sha, merge_commit_sha: MERGE });
      edit();
      return apply();
    };
    const refused = { code: 2, log: expect.stringContaining('no plan that was approved on a merge request') };
    const by = (id: number) => Object.assign(note, { author: { id } });
    const edited = () => Object.assign(note, { updated_at: platform.now() });
    expect(await applyAfterMerge(HEAD, () => by(OTHER_USER)), 'written by someone else').toMatchObject(
      refused,
    );
    expect(await applyAfterMerge(HEAD, edited), 'edited after the merge').toMatchObject(refused);
    expect(await applyAfterMerge('b'.repeat(40), () => {}), 'for an older commit').toMatchObject(refused);
    expect(writesOf(team.simulator)).toEqual([]);
    expect(await applyAfterMerge(HEAD, () => {}), 'as it was planned').toMatchObject({ code: 0 });
    expect(jobTitle()).toBe('The Wall supervisor');
  });

  test('that asks for nothing needs no approval', async () => {
    const { apply, team } = await project();
    team.write('version: 1\noperators:\n  - email: jon.snow@acme.example\n    jobTitle: Steward\n');
    expect((await apply()).code).toBe(0);
  });
});

describe('a night on GitLab', () => {
  async function appliedYesterday() {
    const all = await project();
    const { workspace, env } = all.team;
    const args = ['apply', '-y', '--report', 'chaport-report.json'];
    expect(await runProgram(args, { cwd: workspace, env: { ...env, HOOK_KEY } })).toMatchObject({ code: 0 });
    all.platform.deploy('chaport/production/live', textOf(`${workspace}/chaport-report.json`));
    all.team.simulator.account.requests.length = 0;
    return all;
  }

  test('with drift opens one issue, the next brings it up to date, and the one in order closes it', async () => {
    const { night, platform, team } = await appliedYesterday();
    // A newer apply was refused and left no report.
    platform.deploy('chaport/production/live', null);
    platform.addIssue({ description: '<!-- chaportctl drift production -->', author: { id: OTHER_USER } });
    expect((await night()).code).toBe(0);
    expect(platform.issues).toHaveLength(1);

    team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
    expect((await night()).code).toBe(0);
    const [, issue, ...others] = platform.issues;
    expect(others).toEqual([]);
    expect(issue?.title).toBe('The Chaport account of production differs from its file');
    expect(issue?.description).toContain('It concerns 1 object:** operator `jon.snow@acme.example`');

    team.changeByHand('arya@acme.example', { name: 'No One' });
    await night();
    expect(platform.issues).toHaveLength(2);
    expect(issue?.description).toContain('It concerns 2 objects:');

    team.changeByHand('jon.snow@acme.example', { jobTitle: 'The Wall supervisor' });
    team.changeByHand('arya@acme.example', { name: 'Arya Stark' });
    expect((await night()).code).toBe(0);
    expect(issue?.state).toBe('closed');
    expect(issue?.notes).toEqual([expect.stringMatching(/^The account is as the file says again/)]);
    expect(platform.issues[0]?.state).toBe('opened');
    expect(writesOf(team.simulator)).toEqual([]);
  });

  test('goes red, and opens no issue, where the file is about another account', async () => {
    const { night, platform, team } = await appliedYesterday();
    team.write(OF_ANOTHER_ACCOUNT);
    expect((await night()).code).toBe(4);
    expect(platform.issues).toEqual([]);
  });

  test('before the first apply has no word on drift', async () => {
    const { night, platform } = await project();
    const { code, log } = await night();
    expect(code).toBe(0);
    expect(log).toContain('No report of an apply was found');
    expect(platform.issues[0]?.description).not.toContain('Drift');
  });

  test('whose check fails goes red and leaves the issue as it was', async () => {
    const { night, platform, team, secrets } = await appliedYesterday();
    team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
    await night();
    const before = structuredClone(platform.issues);
    expect((await night({ ...secrets, CHAPORT_TOKEN: 'another-token' })).code).toBe(1);
    expect((await night({ ...secrets, GITLAB_API_TOKEN: 'another-token' })).code).not.toBe(0);
    expect(platform.issues).toEqual(before);
    expect(existsSync(`${team.workspace}/issue.md`)).toBe(false);
  });
});
