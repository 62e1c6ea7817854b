import type { ChaportClient } from '../chaport/client.ts';
import type { Verification } from '../executor/apply.ts';
import { RefusedError, UserError } from '../model/errors.ts';
import { operatorKey } from '../model/kinds/operator.ts';
import type { Plan } from '../model/plan.ts';
import { SecretBook } from '../model/secrets.ts';
import { neededLists } from '../planner/plan.ts';
import {
  addTemplatesOfPlan,
  listsOfPlan,
  secretsOfPlan,
  staleDifferences,
} from '../planner/plan-against-live.ts';
import { readPlanFile } from './files/read-plan-file.ts';
import { loadDesired } from './load-desired.ts';
import { type PlanningFlags, planAccount, planningOptions } from './make-plan.ts';
import type { StopSignals } from './terminal/stop-signals.ts';
import type { Terminal } from './terminal/terminal.ts';

/** A plan that is ready to be shown and applied. */
export interface PreparedApply {
  client: ChaportClient;
  plan: Plan;
  secrets: SecretBook;
  verification?: Verification;
}

type OpenClient = (secrets: SecretBook) => Promise<ChaportClient>;

/** Plans anew from the files. */
export async function prepareFromFiles(
  flags: PlanningFlags & { file: readonly string[] },
  open: OpenClient,
  signals: StopSignals,
  terminal: Terminal,
): Promise<PreparedApply> {
  const options = planningOptions(flags);
  const loaded = await loadDesired(flags.file, terminal);
  const { desired } = loaded;
  const client = await open(desired.secrets);
  return closingOnError(client, async () => {
    const { plan, replan } = await planAccount(loaded, client.reader, options, signals);
    const verification: Verification = {
      needed: neededLists(desired),
      remaining: (live) => replan(live).changes,
    };
    return { client, plan, secrets: desired.secrets, verification };
  });
}

/**
 * Takes a saved plan, and checks that the account still is what the plan saw.
 * @throws {RefusedError} where it is not, or where it is another account.
 */
export async function prepareFromPlan(
  path: string,
  open: OpenClient,
  signals: StopSignals,
): Promise<PreparedApply> {
  const plan = await readPlanFile(path);
  const secrets = takeSecrets(plan);
  const client = await open(secrets);
  return closingOnError(client, async () => {
    if (client.reader.baseUrl !== plan.account.baseUrl) {
      throw new RefusedError(
        'other-account',
        `the plan was made for ${plan.account.baseUrl}, and this is ${client.reader.baseUrl}`,
        {
          hint: 'plan again for this account, or reach it the way that the plan did: see --base-url, --via and --connection',
        },
      );
    }
    if (plan.changes.length === 0) return { client, plan, secrets };
    const live = await client.reader.readAccount(listsOfPlan(plan), signals);
    const { owner } = plan.account;
    const hasOwner = live.operators?.some(
      ({ email }) => secrets.conceal(operatorKey(email)) === operatorKey(owner ?? ''),
    );
    if (owner !== undefined && !hasOwner) {
      throw new RefusedError(
        'other-account',
        `the plan was made for the account of ${owner}, who is no operator of this one`,
        { hint: 'use the token of that account' },
      );
    }
    const differences = staleDifferences(plan, live, secrets);
    if (differences.length > 0) {
      throw new RefusedError('stale-plan', 'the account has changed since the plan was made', {
        hint: 'plan again, and look at the new plan',
        differences,
      });
    }
    return { client, plan, secrets };
  });
}

/** The secrets that the plan names, from the environment. */
function takeSecrets(plan: Plan): SecretBook {
  const secrets = new SecretBook();
  const names = secretsOfPlan(plan);
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new UserError('missing-secret', `the plan needs secrets that are not set: ${missing.join(', ')}`, {
      hint: 'set them in the environment, as when the plan was made',
    });
  }
  for (const name of names) secrets.addSecret(name, process.env[name] ?? '');
  addTemplatesOfPlan(plan, secrets);
  return secrets;
}

async function closingOnError<T>(client: ChaportClient, prepare: () => Promise<T>): Promise<T> {
  try {
    return await prepare();
  } catch (error) {
    await client.close();
    throw error;
  }
}
