import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../src/simulator/index.ts';
import { writesOf } from '../support/live-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { GithubPlatform } from './github-platform.ts';
import { runWorkflow } from './run-workflow.ts';
import { HOOK_KEY, WANTED } from './team.ts';
import { readWorkflow } from './workflow-file.ts';

const WORKSPACE_SECRET = 'w0rkspace-secret-of-acme';

/** An account that nothing but the example's own connection leads to. */
async function aTeamWithMembrane() {
  const { MEMBRANE_CONNECTION_ID, MEMBRANE_WORKSPACE_KEY, MEMBRANE_TENANT_KEY } =
    readWorkflow('membrane.yml').env;
  if (!MEMBRANE_CONNECTION_ID || !MEMBRANE_WORKSPACE_KEY || !MEMBRANE_TENANT_KEY) {
    throw new Error('the example does not say where it goes');
  }
  const simulator = await startSimulator({
    membrane: {
      connectionId: MEMBRANE_CONNECTION_ID,
      workspaceKey: MEMBRANE_WORKSPACE_KEY,
      workspaceSecret: WORKSPACE_SECRET,
      tenantKey: MEMBRANE_TENANT_KEY,
    },
  });
  onTestFinished(() => simulator.close());
  const { membrane } = simulator;
  if (membrane === null) throw new Error('the Membrane face is off');
  const workspace = temporaryFolder();
  writeFileSync(path.join(workspace, 'chaport.yaml'), WANTED);
  const platform = new GithubPlatform();
  await platform.start();
  const start = async (inputs: Record<string, string> = {}, ref = 'refs/heads/main') => {
    const { membrane: job } = await runWorkflow('membrane.yml', {
      platform,
      workspace,
      env: { MEMBRANE_API_URL: membrane.apiUrl },
      secrets: { MEMBRANE_WORKSPACE_SECRET: WORKSPACE_SECRET, HOOK_KEY },
      inputs: { digest: '', ...inputs },
      github: { ref, sha: 'c'.repeat(40), event: {} },
    });
    if (!job) throw new Error('the job is missing');
    return job;
  };
  return { simulator, membrane, platform, start };
}

describe('the workflow that goes through Membrane', () => {
  test('plans, and then applies the plan whose digest it is given', async () => {
    const { simulator, platform, start } = await aTeamWithMembrane();
    const planned = await start();
    expect(planned.conclusion, planned.log).toBe('success');
    expect(planned.log).toMatch(
      /^OK: .*reached through Membrane, connection 6650c9a1f0a3d2b1c4e5f607, as tenant acme of workspace/m,
    );
    expect(planned.summary).toContain('The Wall supervisor');
    expect(writesOf(simulator)).toEqual([]);
    const digest = planned.outputs.plan?.digest ?? '';
    expect(planned.summary).toContain(digest);

    const applied = await start({ digest });
    expect(applied.conclusion, applied.log).toBe('success');
    expect(simulator.account.invitationsTo('arya@acme.example')).toBe(1);
    expect(new Set(simulator.account.requests.map(({ via }) => via))).toEqual(new Set(['membrane']));
    expect(platform.artifacts.map(({ name }) => name)).toEqual(['chaport-report']);
  });

  test('refuses when the plan is another one now', async () => {
    const { simulator, start } = await aTeamWithMembrane();
    const { outputs } = await start();
    const jon = simulator.account.operatorByEmail('jon.snow@acme.example');
    if (jon) jon.jobTitle = 'King';
    const { conclusion, log } = await start({ digest: outputs.plan?.digest ?? '' });
    expect(conclusion).toBe('failure');
    expect(log).toContain('::error title=Refused::Nothing was changed');
    expect(writesOf(simulator)).toEqual([]);
  });

  test('ends at once where the connection has expired, and says how to renew it', async () => {
    const { simulator, membrane, start } = await aTeamWithMembrane();
    membrane.disconnected = true;
    const { conclusion, log } = await start();
    expect(conclusion).toBe('failure');
    expect(log).toContain('membrane connect --connectionId 6650c9a1f0a3d2b1c4e5f607');
    expect(simulator.account.requests.map(({ path: called }) => called)).toEqual(['/me.json']);
  });

  test('does nothing from another branch', async () => {
    const { simulator, start } = await aTeamWithMembrane();
    expect((await start({}, 'refs/heads/mallory')).conclusion).toBe('skipped');
    expect(simulator.account.requests).toEqual([]);
  });
});
