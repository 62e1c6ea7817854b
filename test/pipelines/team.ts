import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AccountOperator, Seed } from '../../src/simulator/index.ts';
import { type LiveAccount, liveAccount } from '../support/live-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export const HOOK_KEY = 'k3y-0f-acme';

/** For the simulator's own account: an operator is created, one is changed, the webhook is there already. */
export const WANTED = `version: 1
account:
  owner: owner@acme.example
operators:
  - email: jon.snow@acme.example
    jobTitle: The Wall supervisor
  - email: arya@acme.example
    name: Arya Stark
webhooks:
  - url: https://hooks.acme.example/chaport?key=\${secret:HOOK_KEY}
    events: [chat.finished]
`;

/** A guard refuses what it asks for. */
export const GUARDED = `${WANTED}policy:
  protect: ["jon.snow@*"]
`;

/** It is about another account than the one that answers. */
export const OF_ANOTHER_ACCOUNT = WANTED.replace('owner@acme', 'someone@acme');

export interface Team extends LiveAccount {
  workspace: string;
  secrets: Record<string, string>;
  write(config: string): void;
  /** Somebody changes an operator in the app. */
  changeByHand(email: string, fields: Partial<AccountOperator>): void;
}

export const PRODUCTION = 'environments/production';

/** A live account, and a repository with its file in the folder. */
export async function aTeam(config = WANTED, seed?: Seed, folder = '.'): Promise<Team> {
  const account = await liveAccount(seed);
  const file = path.join(folder, 'chaport.yaml');
  const workspace = temporaryFolder({ [file]: '' });
  const write = (text: string) => writeFileSync(path.join(workspace, file), text);
  write(config);
  return {
    ...account,
    env: { ...account.env, ...(folder === '.' ? {} : { CHAPORT_FILES: folder }) },
    workspace,
    secrets: { CHAPORT_TOKEN: account.simulator.token, HOOK_KEY },
    write,
    changeByHand: (email, fields) => {
      const operator = account.simulator.account.operators.find((one) => one.email === email);
      if (!operator) throw new Error(`there is no ${email}`);
      Object.assign(operator, fields);
    },
  };
}
