import { describe, expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../src/config/index.ts';
import { connect, type MembraneAccess, plan, readAccount, UserError } from '../src/index.ts';
import { startSimulator } from '../src/simulator/index.ts';

type Membrane = MembraneAccess['membrane'];

const FILE = 'version: 1\noperators:\n  - { email: jon.snow@acme.example, jobTitle: Ranger }\n';

function desiredState() {
  const { desired } = parseConfig([{ name: 'chaport.yaml', bytes: Buffer.from(FILE) }], { env: {} });
  if (desired === null) throw new Error('the file is wrong');
  return desired;
}

async function startedMembrane(): Promise<{ workspace: Membrane; token: Membrane }> {
  const simulator = await startSimulator({ membrane: { tenantKey: 'acme' } });
  onTestFinished(() => simulator.close());
  const { membrane } = simulator;
  if (membrane === null) throw new Error('the Membrane face is off');
  const { apiUrl, connectionId, workspaceKey, workspaceSecret, accessToken } = membrane;
  return {
    workspace: { apiUrl, connectionId, credentials: { workspaceKey, workspaceSecret, tenantKey: 'acme' } },
    token: { apiUrl, connectionId, credentials: accessToken },
  };
}

describe('connect', () => {
  test.each(['workspace', 'token'] as const)('reaches an account through Membrane with a %s', async (by) => {
    const membrane = (await startedMembrane())[by];
    const desired = desiredState();
    const account = connect({ desired, membrane });
    onTestFinished(() => account.close());
    const planned = plan(desired, await readAccount(account, desired));
    expect(planned.account.baseUrl).toBe(`${membrane.apiUrl}/connections/${membrane.connectionId}/proxy`);
    expect(planned.changes.map(({ key }) => key)).toEqual(['jon.snow@acme.example']);
  });

  test('goes straight to the API by default', () => {
    const account = connect({ desired: desiredState(), token: 'abc123' });
    expect(account.baseUrl).toBe('https://app.chaport.com/api/v1');
  });

  test.each<[string, Membrane, string]>([
    [
      'an open address',
      { connectionId: 'c1', apiUrl: 'http://membrane.example', credentials: 'pat-1' },
      'must be https',
    ],
    ['another path for a connection', { connectionId: '../c1', credentials: 'pat-1' }, 'is not one'],
    ['an empty token', { connectionId: 'c1', credentials: '' }, 'is empty'],
    [
      'an empty secret',
      { connectionId: 'c1', credentials: { workspaceKey: 'w', workspaceSecret: '', tenantKey: 't' } },
      'workspaceSecret is empty',
    ],
  ])('refuses %s', (_what, membrane, problem) => {
    const attempt = () => connect({ desired: desiredState(), membrane });
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(problem);
  });
});
