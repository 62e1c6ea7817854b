import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { apply, connect, loadConfig, plan, readAccount } from '../../src/index.ts';
import type { Seed } from '../../src/simulator/index.ts';
import { liveAccount } from '../support/live-account.ts';
import { PROJECT } from '../support/run-program.ts';

const FOLDER = 'examples/environments';

/** Plans the environment, applies it, and returns the plan with the account as it is then. */
async function applied(environment: string, seed: Seed) {
  const { desired, diagnostics } = await loadConfig(path.join(FOLDER, environment), {
    cwd: PROJECT,
    env: { CRM_KEY: 'demo-crm-key-2026' },
  });
  expect(diagnostics).toEqual([]);
  if (desired === null) throw new Error('no desired state');
  const { simulator } = await liveAccount(seed, {}, 'direct');
  const account = connect({ desired, token: simulator.token, baseUrl: simulator.url });
  onTestFinished(() => account.close());
  const proposed = plan(desired, await readAccount(account, desired));
  const report = await apply(proposed, account, desired);
  expect(report.converged).toBe(true);
  expect(plan(desired, await readAccount(account, desired)).changes).toEqual([]);
  return { proposed, live: simulator.account };
}

/** `PATH:LINE` of a change, and of the overrides beside it. */
function placesOf({ proposed }: Awaited<ReturnType<typeof applied>>, key: string): string[] {
  const source = proposed.changes.find((change) => change.key === key)?.source;
  return source ? [source, ...(source.overrides ?? [])].map(({ file }) => path.relative(FOLDER, file)) : [];
}

test('staging and production come out of one base, each in its own account', async () => {
  const dmitri = { email: 'dmitri.orlov@acme.example', name: 'Dmitri Orlov', jobTitle: 'Agent' };
  const staging = await applied('staging', {
    owner: 'platform@acme.example',
    operators: [{ email: 'platform@acme.example', name: 'Platform', role: 'admin' }, dmitri],
    webhooks: [{ targetUrl: 'https://old.acme.example/hook', event: 'chat.started' }],
  });
  const production = await applied('production', {
    owner: 'anke.vogel@acme.example',
    operators: [{ email: 'anke.vogel@acme.example', name: 'Anke Vogel', role: 'admin' }, dmitri],
    webhooks: [{ targetUrl: 'https://old.acme.example/hook', event: 'chat.started' }],
  });

  const base = ['base/people.yaml', 'base/policy.yaml', 'base/webhooks.yaml'];
  for (const [environment, { proposed }] of Object.entries({ staging, production })) {
    const files = proposed.config.files.map((file) => path.relative(FOLDER, file));
    expect(files).toEqual([`${environment}/chaport.yaml`, ...base]);
  }
  const personIn = ({ live }: typeof staging, email: string) =>
    live.operators.find((operator) => operator.email === email);
  expect(personIn(staging, dmitri.email)).toMatchObject({ role: 'admin', jobTitle: 'Release engineer' });
  expect(personIn(production, dmitri.email)).toMatchObject({
    role: 'operator',
    jobTitle: 'Support engineer',
  });
  expect(placesOf(staging, dmitri.email)).toEqual(['base/people.yaml', 'staging/chaport.yaml']);
  expect(placesOf(production, dmitri.email)).toEqual(['base/people.yaml']);
  expect([staging.live.operators.length, production.live.operators.length]).toEqual([23, 24]);

  const hooksIn = ({ live }: typeof staging) => live.webhooks.map(({ targetUrl }) => new URL(targetUrl).host);
  expect(new Set(hooksIn(staging))).toEqual(
    new Set(['old.acme.example', 'staging.acme.example', 'quality.acme.example']),
  );
  expect(new Set(hooksIn(production))).toEqual(
    new Set(['crm.acme.example', 'quality.acme.example', 'archive.acme.example']),
  );
});
