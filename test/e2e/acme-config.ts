import type { Seed } from '../../src/simulator/index.ts';
import { type LiveAccount, liveAccount } from '../support/live-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export const HOOK_KEY = 'h00k/key+of="acme"=9';

/** An account with something to do in every phase. */
export const ACME: Seed = {
  owner: 'owner@acme.example',
  operators: [
    { email: 'owner@acme.example', name: 'Olenna', role: 'admin', language: 'en', lastStatus: 'online' },
    { email: 'jon@acme.example', name: 'Jon', role: 'operator', language: 'en', lastStatus: 'offline' },
    { email: 'old.admin@acme.example', name: 'Alys', role: 'admin', language: 'en' },
    { email: 'samwell@acme.example', name: 'Sam', role: 'operator', language: 'en', jobTitle: 'Steward' },
    { email: 'leaver@acme.example', name: 'Alliser', role: 'operator', language: 'en' },
    { email: 'anna@partner.example', name: 'Anna', role: 'operator', language: 'de' },
  ],
  webhooks: [
    { event: 'chat.started', targetUrl: 'https://hooks.acme.example/old', essential: false },
    { event: 'chat.finished', targetUrl: 'https://crm.acme.example/chats', essential: false },
  ],
};

export const ACME_CONFIG = `version: 1
account:
  owner: owner@acme.example
policy:
  prune:
    webhooks: ["https://hooks.acme.example/**"]
  protect: ["*@partner.example"]
operators:
  - email: jon@acme.example
    role: admin
    status: online
  - email: old.admin@acme.example
    role: operator
  - email: sam@acme.example
    movedFrom: samwell@acme.example
    jobTitle: Maester
  - email: arya@acme.example
    name: Arya
    status: away
  - email: brienne@acme.example
    name: Brienne
  - email: leaver@acme.example
    state: absent
webhooks:
  - url: https://hooks.acme.example/new?key=\${secret:HOOK_KEY}
    events: [chat.started]
  - url: https://crm.acme.example/chats
    events: [chat.finished]
    essential: true
`;

export const CHANGES = [
  'update webhook chat.finished https://crm.acme.example/chats',
  'create webhook chat.started https://hooks.acme.example/new?key=${secret:HOOK_KEY}',
  'update operator jon@acme.example',
  'update operator sam@acme.example',
  'update operator old.admin@acme.example',
  'delete operator leaver@acme.example',
  'create operator arya@acme.example',
  'create operator brienne@acme.example',
  'update status arya@acme.example',
  'update status jon@acme.example',
  'delete webhook chat.started https://hooks.acme.example/old',
];

export interface AcmeSetUp extends LiveAccount {
  cwd: string;
  /** Options of a run. */
  run: { cwd: string; env: Record<string, string> };
}

/** The account, and a folder whose `chaport.yaml` is about it. */
export async function setUpAcme(config = ACME_CONFIG): Promise<AcmeSetUp> {
  const account = await liveAccount(ACME);
  const cwd = temporaryFolder({ 'chaport.yaml': config });
  return { ...account, cwd, run: { cwd, env: { ...account.env, HOOK_KEY } } };
}
