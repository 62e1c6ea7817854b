import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { writesOf } from '../support/live-account.ts';
import { fetchNode, succeed } from '../support/other-node.ts';
import { PROJECT, runCommand } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { API_TOKEN, GitlabPlatform, PROJECT_ID } from './gitlab-platform.ts';
import { pipelineCommands } from './pipeline-commands.ts';
import { gitlabText } from './run-gitlab-job.ts';
import { aTeam, type Team, WANTED } from './team.ts';

/**
 * The whole pipeline in `gitlab-ci-local`, which reads the file as GitLab does: stages, needs, rules with their
 * changes, matrices, variables by the scope of their environment. It wants Node 22 or later.
 */
const RUNNER = `${PROJECT}node_modules/gitlab-ci-local/dist/index.js`;
const MERGE_REQUEST = {
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_PROJECT_ID: String(PROJECT_ID),
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: String(PROJECT_ID),
};
const PUSH = { CI_PIPELINE_SOURCE: 'push' };
const SCHEDULE = { CI_PIPELINE_SOURCE: 'schedule' };
const ENVIRONMENTS = ['staging', 'production'] as const;

let folder: string;
let node: string | null = null;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'chaportctl-node-'));
  const here = Number(process.versions.node.split('.')[0]);
  node = here >= 22 ? process.execPath : await fetchNode('22', folder).catch(() => null);
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach((context) => {
  if (node === null) context.skip('gitlab-ci-local needs Node 22, which is not here and was not to be had');
});

/** One repository with two accounts, and who works on it. */
async function repository() {
  const platform = new GitlabPlatform();
  const api = await platform.start();
  const teams = { staging: await aTeam(), production: await aTeam() };
  const workspace = temporaryFolder({
    'environments/staging/chaport.yaml': '',
    '.gitignore': '/*.json\n/*.md\n',
  });
  cpSync(`${PROJECT}examples/gitlab-ci/ci`, path.join(workspace, 'ci'), { recursive: true });
  // The shell's runner passes the image by; gitlab-ci-local would look for a container engine.
  write(workspace, '.gitlab-ci.yml', gitlabText().replace(/^ {2}image: .*\n/m, ''));
  const git = (...args: string[]) =>
    succeed('git', ['-c', 'user.name=sam', '-c', 'user.email=sam@acme.example', ...args], workspace);
  const commit = async (message: string) => {
    await git('add', '--all');
    await git('commit', '--quiet', '--message', message);
    return (await git('rev-parse', 'HEAD')).trim();
  };
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('remote', 'add', 'origin', 'git@gitlab.example:acme/support.git');
  const config = (texts: Record<(typeof ENVIRONMENTS)[number], string>) => {
    for (const name of ENVIRONMENTS) write(workspace, `environments/${name}/chaport.yaml`, texts[name]);
  };
  config({ staging: wanted('Steward'), production: wanted('Steward') });
  await commit('As it was');
  // The changes of a push are those since the branch that the server has.
  await git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  await git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  const scoped = (ofTeam: (team: Team) => string | undefined) => ({
    type: 'variable',
    values: Object.fromEntries(ENVIRONMENTS.map((name) => [`chaport/${name}/*`, ofTeam(teams[name])])),
  });
  const home = temporaryFolder({
    '.gitlab-ci-local/variables.yml': stringify({
      global: {
        CHAPORT_TOKEN: scoped(({ simulator }) => simulator.token),
        CHAPORT_BASE_URL: scoped(({ simulator }) => simulator.url),
        HOOK_KEY: scoped(({ secrets }) => secrets.HOOK_KEY),
        GITLAB_API_TOKEN: scoped(() => API_TOKEN),
      },
    }),
  });
  const commands = pipelineCommands();
  // It would copy the files for containers, of which there are none.
  writeFileSync(path.join(commands, 'rsync'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const pipeline = async (variables: Record<string, string>) => {
    const all = { CI_API_V4_URL: api, CI_PROJECT_ID: String(PROJECT_ID), ...variables };
    const { code, stdout, stderr } = await runCommand(
      node ?? '',
      [
        ...[RUNNER, '--home', home, '--force-shell-executor', '--concurrency', '1', '--no-color'],
        ...['--ignore-predefined-vars', Object.keys(all).join(',')],
        ...Object.entries(all).flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
      ],
      { cwd: workspace, env: { PATH: `${commands}${path.delimiter}${process.env.PATH}` } },
    );
    const log = `${stdout}${stderr}`;
    for (const secret of Object.values(teams.production.secrets)) expect(log).not.toContain(secret);
    return { code, log, passed: jobs(log, 'PASS'), failed: jobs(log, 'FAIL') };
  };
  return { platform, teams, config, git, commit, pipeline };
}

function write(workspace: string, name: string, text: string): void {
  cpSync(path.join(temporaryFolder({ text }), 'text'), path.join(workspace, name));
}

function jobs(log: string, verdict: 'PASS' | 'FAIL'): string[] {
  return [...log.matchAll(new RegExp(`^ *${verdict} +(.+?) *$`, 'gm'))].map(([, name = '']) => name).sort();
}

const wanted = (title: string) => WANTED.replace('The Wall supervisor', title);
const titleOf = ({ simulator }: Team) =>
  simulator.account.operators.find(({ email }) => email === 'jon.snow@acme.example')?.jobTitle;
const ofEach = (job: string, names: readonly string[] = ENVIRONMENTS) =>
  names.map((name) => `${job}: [${name}]`).sort();

describe('the pipeline of examples/gitlab-ci in gitlab-ci-local', { timeout: 180_000 }, () => {
  test('goes from a merge request to its merge and to the nights after it, with two accounts', async () => {
    const { platform, teams, config, git, commit, pipeline } = await repository();
    await git('checkout', '--quiet', '-b', 'promote');
    config({ staging: wanted('Recruit'), production: wanted('Lord Commander') });
    const head = await commit('Promote Jon');

    const reviewed = await pipeline(MERGE_REQUEST);
    expect(reviewed, reviewed.log).toMatchObject({ code: 0, failed: [] });
    expect(reviewed.passed).toEqual([...ofEach('plan'), ...ofEach('validate')]);
    const notes = platform.notesOn(7).map(({ body }) => body);
    expect(notes).toHaveLength(2);
    for (const [name, title] of [
      ['staging', 'Recruit'],
      ['production', 'Lord Commander'],
    ]) {
      const note = notes.find((body) =>
        body.startsWith(`<!-- chaportctl plan env=${name} sha=${head} digest=sha256:`),
      );
      expect(note).toContain(title);
    }
    expect([...writesOf(teams.staging.simulator), ...writesOf(teams.production.simulator)]).toEqual([]);

    await git('checkout', '--quiet', 'main');
    await git('merge', '--quiet', '--ff-only', 'promote');
    platform.merge({ iid: 7, sha: head });
    const merged = await pipeline(PUSH);
    expect(merged, merged.log).toMatchObject({ code: 0, passed: ofEach('apply'), failed: [] });
    expect([titleOf(teams.staging), titleOf(teams.production)]).toEqual(['Recruit', 'Lord Commander']);

    expect(await pipeline(SCHEDULE)).toMatchObject({ code: 0, passed: ofEach('drift') });
    expect(platform.issues).toEqual([]);
    teams.production.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
    expect(await pipeline(SCHEDULE)).toMatchObject({ code: 0, passed: ofEach('drift') });
    expect(platform.issues.map(({ title }) => title)).toEqual([
      'The Chaport account of production differs from its file',
    ]);
  });

  test('applies one environment where the other has changed since the review', async () => {
    const { platform, teams, config, commit, pipeline } = await repository();
    config({ staging: wanted('Recruit'), production: wanted('Lord Commander') });
    const head = await commit('Promote Jon');
    expect(await pipeline(MERGE_REQUEST)).toMatchObject({ code: 0 });
    platform.merge({ iid: 7, sha: head });
    teams.staging.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
    const { code, passed, failed, log } = await pipeline(PUSH);
    expect({ code, passed, failed }, log).toMatchObject({
      code: 1,
      passed: ofEach('apply', ['production']),
      failed: ofEach('apply', ['staging']),
    });
    expect(log).toContain('Nothing was changed. Review the plan above, and run a pipeline by hand');
    expect(writesOf(teams.staging.simulator)).toEqual([]);
    expect(titleOf(teams.production)).toBe('Lord Commander');
  });

  test('plans nothing of a merge request whose file is wrong', async () => {
    const { platform, teams, config, commit, pipeline } = await repository();
    config({ staging: WANTED, production: WANTED.replace('jobTitle', 'jobtitle') });
    await commit('A slip');
    const { code, passed, failed } = await pipeline(MERGE_REQUEST);
    expect({ code, passed, failed }).toMatchObject({ code: 1, failed: ofEach('validate', ['production']) });
    expect(passed).not.toContain('plan: [production]');
    expect(platform.notesOn(7)).toEqual([]);
    expect(teams.production.simulator.account.requests).toEqual([]);
  });

  test('has statuses set by the schedule that is made for it, and nothing else', async () => {
    const { teams, pipeline } = await repository();
    const { code, passed, failed, log } = await pipeline({ ...SCHEDULE, CHAPORT_STATUSES: '1' });
    expect({ code, passed, failed }, log).toEqual({ code: 0, passed: ofEach('statuses'), failed: [] });
    expect(writesOf(teams.production.simulator)).toEqual([]);
  });
});
