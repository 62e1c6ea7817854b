import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { planSchema } from '../../src/model/plan-schema.ts';
import { parseSeed } from '../../src/simulator/index.ts';
import { liveAccount } from '../support/live-account.ts';
import { PROJECT, runProgram } from '../support/run-program.ts';

const SECRETS = { HOOK_KEY: 'demo-hook-key-2026', CRM_KEY: 'demo-crm-key-2026' };

/** What planning an example against its seed shows. */
const EXPECTED = [
  {
    example: 'minimal.yaml',
    // The owner, whom the file names as such, counts as unchanged.
    summary: { create: 0, update: 1, delete: 0, unchanged: 1, unmanaged: 3 },
    invitations: [],
  },
  {
    example: 'new-account.yaml',
    summary: { create: 6, update: 5, delete: 0, unchanged: 0, unmanaged: 0 },
    invitations: [
      'ines.carvalho@newshop.example',
      'maya.lindqvist@newshop.example',
      'noor.haddad@newshop.example',
      'tom.okafor@newshop.example',
    ],
  },
  {
    example: 'support-team',
    summary: { create: 4, update: 16, delete: 5, unchanged: 35, unmanaged: 6 },
    invitations: ['irene.vidal@acme.example', 'jonas.weiss@acme.example', 'nadia.petrov@acme.example'],
  },
];

/** `examples/simulator/NAME.yaml` where there is one, else the simulator's own account. */
function seedOf(example: string) {
  const name = path.join('examples', 'simulator', `${path.parse(example).name}.yaml`);
  const file = path.join(PROJECT, name);
  return existsSync(file) ? parseSeed(readFileSync(file, 'utf8'), name) : undefined;
}

describe('the examples', () => {
  test('are all tested here', () => {
    const folder = path.join(PROJECT, 'examples');
    const present = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .filter((name) => /^version: 1$/m.test(readFileSync(path.join(folder, name), 'utf8')))
      .map((name) => name.split(path.sep)[0] ?? '')
      // The commands of a page are run with its files.
      .filter((name) => !existsSync(path.join(folder, name, 'README.md')));
    expect([...new Set(present)].sort()).toEqual(EXPECTED.map(({ example }) => example).sort());
  });

  test.each(EXPECTED.map((expected) => [expected.example, expected] as const))(
    '`chaportctl validate -f examples/%s` has no complaint',
    async (example) => {
      const args = ['validate', '-f', `examples/${example}`, '--format', 'json'];
      const { code, stdout } = await runProgram(args, { env: SECRETS });
      expect({ code, ...JSON.parse(stdout) }).toEqual({ code: 0, diagnostics: [] });
    },
  );

  test.each(EXPECTED.map((expected) => [expected.example, expected] as const))(
    '`chaportctl apply -y -f examples/%s` does what its plan says, and then nothing',
    async (example, { summary, invitations }) => {
      const { simulator, env } = await liveAccount(seedOf(example));
      const run = { env: { ...env, ...SECRETS } };
      const target = ['-f', `examples/${example}`];
      const plan = async () => {
        const { code, stdout } = await runProgram(['plan', ...target, '--format', 'json'], run);
        expect(code).toBe(0);
        return planSchema.parse(JSON.parse(stdout));
      };

      expect((await plan()).summary).toEqual(summary);
      expect(await runProgram(['apply', ...target, '--auto-approve'], run)).toMatchObject({ code: 0 });
      const after = await plan();
      expect(after.changes).toEqual([]);
      expect(after.refusals).toEqual([]);
      expect(simulator.account.invitations.map(({ email }) => email).sort()).toEqual(invitations);
    },
  );
});

describe('the support team', () => {
  test('`chaportctl plan -f examples/support-team` shows every sort of change', async () => {
    const { env } = await liveAccount(seedOf('support-team'));
    const args = ['plan', '-f', 'examples/support-team', '--format', 'json'];
    const { stdout } = await runProgram(args, { env: { ...env, ...SECRETS } });
    const { changes, unmanaged } = planSchema.parse(JSON.parse(stdout));
    const deletes = changes.filter((change) => change.action === 'delete');
    expect(deletes.filter(({ pruned }) => pruned)).toHaveLength(3);
    expect(deletes.filter(({ pruned }) => !pruned)).toHaveLength(2);
    const moved = changes.filter(({ fields }) =>
      fields.some(({ path: field, before }) => ['email', 'targetUrl'].includes(field) && before !== null),
    );
    expect(moved.filter(({ action }) => action === 'update').map(({ kind }) => kind)).toEqual([
      'webhook',
      'webhook',
      'operator',
    ]);
    const effects = changes.flatMap((change) => change.effects);
    for (const effect of [
      { code: 'gains-admin', text: 'becomes an admin' },
      { code: 'loses-admin', text: 'stops being an admin' },
      { code: 'invites', text: 'sends an invitation e-mail' },
      { code: 'locks-out', text: 'loses access; cannot be undone' },
      { code: 'new-login', text: 'logs in with the new address' },
      { code: 'rotates-key', text: 'gets another key' },
    ]) {
      expect(effects).toContainEqual(effect);
    }
    expect(changes.filter(({ kind }) => kind === 'status').length).toBeGreaterThan(2);
    expect(unmanaged.map(({ key }) => key)).toContain('anna.berg@partner.example');
    expect(unmanaged.filter(({ role }) => role === 'admin').map(({ key }) => key)).toEqual([
      'victor.hale@contractor.example',
    ]);
  });
});
