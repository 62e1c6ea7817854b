import { onTestFinished } from 'vitest';
import {
  type Account,
  type ConnectionOptions,
  connect,
  loadConfig,
  plan,
  readAccount,
} from '../../src/index.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { liveAccount } from '../support/live-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export const HOOK_KEY = 'operations-hook-key-9';
const HOOK = `https://hooks.acme.example/in?key=${HOOK_KEY}`;

const SEED = {
  owner: 'owner@acme.example',
  operators: [
    { email: 'owner@acme.example', name: 'Olenna', role: 'admin' as const },
    { email: 'jon@acme.example', name: 'Jon', jobTitle: 'Steward' },
    { email: 'anna@partner.example', name: 'Anna' },
  ],
  webhooks: [{ targetUrl: HOOK, event: 'chat.started' }],
};

export const CONFIG = `version: 1
account: { owner: owner@acme.example }
operators:
  - { email: jon@acme.example, jobTitle: Ranger }
webhooks:
  - { url: "https://hooks.acme.example/in?key=\${secret:HOOK_KEY}", events: [chat.started, chat.ended] }
`;

export function connectTo({ url, token }: Simulator, options: ConnectionOptions = {}): Account {
  const account = connect({ ...options, token, baseUrl: url });
  onTestFinished(() => account.close());
  return account;
}

export async function load(content: string) {
  const cwd = temporaryFolder({ 'chaport.yaml': content });
  const { desired, texts, diagnostics } = await loadConfig('chaport.yaml', { cwd, env: { HOOK_KEY } });
  if (desired === null) throw new Error(JSON.stringify(diagnostics));
  return { desired, texts };
}

/** An account that differs from the file in an operator and a webhook, and the plan for it. */
export async function planned() {
  const { simulator } = await liveAccount(SEED, {}, 'direct');
  const { desired, texts } = await load(CONFIG);
  const account = connectTo(simulator, { desired });
  const proposed = plan(desired, await readAccount(account, desired));
  return { simulator, desired, texts, account, proposed };
}
