import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writesOf } from '../support/live-account.ts';
import { PROJECT } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { pipelineCommands, runScript, textOf } from './pipeline-commands.ts';
import { aTeam, GUARDED, PRODUCTION, type Team, WANTED } from './team.ts';

const read = (file: string) => parse(readFileSync(path.join(PROJECT, file), 'utf8'), { merge: true });

const run = (script: string, team: Team, env: Record<string, string> = {}, cwd = team.workspace) =>
  runScript(script, {
    cwd,
    env: { ...team.env, ...team.secrets, ...env },
    commands: pipelineCommands(),
    secrets: Object.values(team.secrets),
  });

describe('examples/elsewhere/atlantis.yaml', () => {
  test('plans and applies what was planned, and nothing else', async () => {
    const { projects, workflows } = read('examples/elsewhere/atlantis.yaml');
    const { dir, workflow } = projects.find(({ name }: { name: string }) => name === 'production');
    const { plan, apply } = workflows[workflow];
    const team = await aTeam(WANTED, undefined, dir);
    const folder = path.join(team.workspace, dir);
    const env = { PLANFILE: path.join(folder, 'production.tfplan'), CHAPORT_FILES: '' };
    const planned = await run(plan.steps[0].run, team, env, folder);
    expect(planned).toMatchObject({ code: 0, log: expect.stringContaining('The Wall supervisor') });
    expect(writesOf(team.simulator)).toEqual([]);
    expect((await run(apply.steps[0].run, team, env, folder)).code).toBe(0);
    expect(team.simulator.account.operatorByEmail('arya@acme.example')).toBeDefined();
    expect((await run(apply.steps[0].run, team, env, folder)).code).toBe(4);
    team.write(GUARDED.replace('The Wall supervisor', 'Crow'));
    expect((await run(plan.steps[0].run, team, env, folder)).code).toBe(4);
  });
});

describe('examples/elsewhere/cronjob.yaml', () => {
  test('applies the file of the config map, and leaves a report', async () => {
    const job = read('examples/elsewhere/cronjob.yaml');
    const [container] = job.spec.jobTemplate.spec.template.spec.containers;
    const team = await aTeam();
    const reports = temporaryFolder();
    const here = (text: string) => text.replace('/config', team.workspace).replace('/reports', reports);
    const env = Object.fromEntries(
      container.env.map(({ name, value }: { name: string; value: string }) => [name, here(value)]),
    );
    const command = container.command.map((word: string) => `'${here(word)}'`).join(' ');
    expect((await run(command, team, env, '/')).code).toBe(0);
    expect(JSON.parse(textOf(path.join(reports, 'report.json')))).toMatchObject({ converged: true });
    expect(job.spec.concurrencyPolicy).toBe('Forbid');
  });
});

describe('.pre-commit-hooks.yaml', () => {
  test('offers a check of the files and of their form, without a token', async () => {
    const hooks: { id: string; entry: string; files?: string; pass_filenames?: boolean }[] =
      read('.pre-commit-hooks.yaml');
    const team = await aTeam(WANTED);
    const bare = { ...team, env: {}, secrets: {} };
    const result = async (id: string, names = '') => {
      const { entry = '', pass_filenames = true } = hooks.find((hook) => hook.id === id) ?? {};
      return (await run(pass_filenames ? `${entry} ${names}` : entry, bare)).code;
    };
    expect(await result('chaportctl-validate')).toBe(0);
    expect(await result('chaportctl-fmt', 'chaport.yaml')).toBe(2);
    await run('chaportctl fmt', bare);
    expect(await result('chaportctl-fmt', 'chaport.yaml')).toBe(0);
    writeFileSync(path.join(team.workspace, 'chaport.yaml'), 'version:   1\noperators:\n    - role: boss\n');
    expect(await result('chaportctl-validate')).toBe(1);
    const { files = '' } = hooks.find(({ id }) => id === 'chaportctl-fmt') ?? {};
    expect(
      ['chaport.yaml', 'environments/production/chaport.yml'].every((name) => new RegExp(files).test(name)),
    ).toBe(true);
  });
});

describe('.github/actions/chaportctl', () => {
  interface Step {
    uses?: string;
    id?: string;
    run?: string;
    env?: Record<string, string>;
  }

  test('runs its arguments without a shell, and hands the outputs on', async () => {
    const { inputs, outputs, runs } = read('.github/actions/chaportctl/action.yml');
    const steps: Step[] = runs.steps;
    for (const { uses, run: script = '' } of steps) {
      expect(script).not.toContain('${{');
      if (uses) expect(uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
    }
    expect(inputs.package.required).toBe(true);
    const script = steps.find(({ id }) => id === 'run')?.run ?? '';
    const team = await aTeam(WANTED, undefined, PRODUCTION);
    const temporary = temporaryFolder();
    mkdirSync(path.join(temporary, 'x'));
    const output = path.join(temporary, 'output');
    const step = (args: string) => run(script, team, { ARGS: args, GITHUB_OUTPUT: output });
    const evil = await step('plan\n--target\noperator:$(touch pwned)*\n');
    expect(evil).toMatchObject({ code: 1, log: expect.stringContaining('$(touch pwned)') });
    expect((await step('plan\n--detailed-exitcode\n')).code).toBe(0);
    expect((await step('apply\n--auto-approve\n')).code).toBe(0);
    const given = Object.fromEntries(
      textOf(output)
        .split('\n')
        .map((line) => line.split('=') as [string, string]),
    );
    expect(given).toMatchObject({ applied: '2', failed: '0', converged: 'true', 'exit-code': '0' });
    for (const name of Object.keys(outputs)) expect(given).toHaveProperty([name]);
  });
});
