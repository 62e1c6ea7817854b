import type { CallSignals } from '../chaport/client.ts';
import { digestOf } from '../model/digest.ts';
import { RefusedError, UserError } from '../model/errors.ts';
import { operatorKey } from '../model/kinds/operator.ts';
import type { Plan } from '../model/plan.ts';
import { planSchema } from '../model/plan-schema.ts';
import type { ApplyReport } from '../model/report.ts';
import { SecretBook } from '../model/secrets.ts';
import {
  addTemplatesOfPlan,
  listsOfPlan,
  secretsOfPlan,
  staleDifferences,
} from '../planner/plan-against-live.ts';
import { makeChanges, type RunOptions } from './apply.ts';
import type { Account } from './connect.ts';
import type { Environment } from './defaults.ts';
import { DOCUMENT_HINTS, parseDocument } from './parse-document.ts';

/** A plan from before, and the secrets that it needs. */
export interface SavedPlan {
  readonly plan: Plan;
  readonly secrets: SecretBook;
}

export interface SavedPlanOptions {
  /** Has the secrets that the plan names. Default: none is set. */
  env?: Environment | undefined;
  /** How complaints name the document, such as its file. */
  name?: string | undefined;
}

/**
 * A plan that was saved as JSON: by `plan --out`, or by `render`.
 * @throws {UserError} when it cannot be read as one, or secrets are missing.
 * @throws {RefusedError} when it was changed since.
 */
export function parseSavedPlan(
  text: string,
  { env = {}, name = 'the text' }: SavedPlanOptions = {},
): SavedPlan {
  const plan = parsePlan(text, name);
  return { plan, secrets: takeSecrets(plan, env) };
}

function parsePlan(text: string, name: string): Plan {
  const document = parseDocument(text, name, 'plan');
  const hint = DOCUMENT_HINTS.plan;
  if ('planDigest' in document) {
    throw new UserError('not-a-plan', `${name} is the report of an apply, not a saved plan`, { hint });
  }
  const result = planSchema.safeParse(document);
  if (!result.success) {
    const [issue] = result.error.issues;
    const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
    throw new UserError('not-a-plan', `${name} is not a saved plan${place}: ${issue?.message ?? ''}`, {
      hint,
    });
  }
  // Of the document as it was read: keys in another order are another document.
  if (digestOf(document as Plan) !== result.data.digest) {
    throw new RefusedError(
      'plan-edited',
      `${name} was changed after it was saved: its digest does not match`,
      {
        hint: 'change the configuration instead, and plan again',
      },
    );
  }
  return result.data;
}

function takeSecrets(plan: Plan, env: Environment): SecretBook {
  const secrets = new SecretBook();
  const names = secretsOfPlan(plan);
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new UserError('missing-secret', `the plan needs secrets that are not set: ${missing.join(', ')}`, {
      hint: 'set them in the environment, as when the plan was made',
    });
  }
  for (const name of names) secrets.addSecret(name, env[name] ?? '');
  addTemplatesOfPlan(plan, secrets);
  return secrets;
}

/**
 * Whether the account still is what the plan saw, in all that the plan would touch.
 * @throws {RefusedError} where it is not, or where it is another account.
 */
export async function checkSavedPlan(
  { plan, secrets }: SavedPlan,
  { baseUrl, reader }: Account,
  signals: CallSignals = {},
): Promise<void> {
  if (baseUrl !== plan.account.baseUrl) {
    throw new RefusedError(
      'other-account',
      `the plan was made for ${plan.account.baseUrl}, and this is ${baseUrl}`,
      {
        hint: 'plan again for this account, or reach it the way that the plan did: see --base-url, --via and --connection',
      },
    );
  }
  if (plan.changes.length === 0) return;
  const live = await reader.readAccount(listsOfPlan(plan), signals);
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
}

export interface ApplyingSavedOptions extends RunOptions {
  /** `true` where `checkSavedPlan` has just been done. Default: it is done first. */
  isChecked?: boolean | undefined;
}

/**
 * Makes the changes of a saved plan, and looks for each of them in the account afterwards: see `converged`.
 * A call that fails does not throw: the report says of every change what became of it.
 * @throws {RefusedError} for a plan with refusals, and as `checkSavedPlan`; nothing was changed then.
 */
export async function applySavedPlan(
  saved: SavedPlan,
  account: Account,
  { isChecked = false, ...run }: ApplyingSavedOptions = {},
): Promise<ApplyReport> {
  if (!isChecked) await checkSavedPlan(saved, account, run.signals);
  return makeChanges(saved.plan, account, saved.secrets, run);
}
