import type { CallSignals } from '../chaport/client.ts';
import type { PlannedAgain, Verification } from '../executor/apply.ts';
import { digestOf } from '../model/digest.ts';
import { UserError } from '../model/errors.ts';
import { kindNamed, liveObjects } from '../model/kinds/index.ts';
import type { LiveState } from '../model/live.ts';
import type { Plan, UnmanagedObject } from '../model/plan.ts';
import { planSchema } from '../model/plan-schema.ts';
import type { ApplyReport } from '../model/report.ts';
import { SecretBook } from '../model/secrets.ts';
import { secretNamesIn } from '../model/text.ts';
import { checkOwnToken } from '../planner/own-token.ts';
import { checkAgainstLive } from '../planner/saved-plan/check.ts';
import { remainingChanges } from '../planner/saved-plan/differences.ts';
import { listsOfPlan, secretsOfPlan } from '../planner/saved-plan/filled-values.ts';
import {
  checkForMoreThanALook,
  checkIntegrity,
  checkSecrets,
  checkUnedited,
} from '../planner/saved-plan/integrity.ts';
import { checkAddress } from './apply.ts';
import type { Account } from './connect.ts';
import type { Environment } from './defaults.ts';
import { makeChanges } from './make-changes.ts';
import { DOCUMENT_HINTS, isReport, parseDocument } from './parse-document.ts';
import { type LiveAccount, noteSeen, readLists, seenBy } from './plan.ts';
import type { RunOptions } from './run-options.ts';

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
  checkIntegrity(plan, name);
  return { plan, secrets: takeSecrets(plan, env) };
}

/**
 * A plan that was saved as JSON, to be looked at: it may be one that a guard refuses.
 * @param name how complaints name the document, such as its file.
 * @param hint what they advise.
 * @throws {UserError} when it cannot be read as one.
 * @throws {RefusedError} when it was changed since, or has an older format.
 */
export function parsePlan(text: string, name = 'the text', hint = DOCUMENT_HINTS.plan): Plan {
  const document = parseDocument(text, name, 'plan');
  if (isReport(document)) {
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
  checkUnedited(result.data, name);
  return result.data;
}

/**
 * A plan that an apply is held to.
 * @throws {UserError} and {RefusedError} as `parsePlan`, and where it was made for a look.
 */
export function parseExpectedPlan(text: string, name = 'the text'): Plan {
  const plan = parsePlan(text, name, '--expect-plan takes a file that `chaportctl plan --out FILE` wrote');
  checkForMoreThanALook(plan);
  return plan;
}

function takeSecrets(plan: Plan, env: Environment): SecretBook {
  const secrets = new SecretBook();
  // Also those in the owner's address: by it the account is known again.
  const names = [...new Set([...secretsOfPlan(plan), ...secretNamesIn(plan.account.owner ?? '')])];
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new UserError('missing-secret', `the plan needs secrets that are not set: ${missing.join(', ')}`, {
      hint: 'set them in the environment, as when the plan was made',
    });
  }
  for (const name of names) secrets.addSecret(name, env[name] ?? '');
  checkSecrets(plan, secrets);
  return secrets;
}

/**
 * Whether the account still is what the plan saw, in all that the plan would touch.
 * @returns what was read of it.
 * @throws {RefusedError} where it is not, or where it is another account.
 */
export async function checkSavedPlan(
  { plan, secrets }: SavedPlan,
  account: Account,
  signals: CallSignals = {},
): Promise<LiveAccount> {
  checkAddress(plan, account);
  checkOwnToken(plan, secrets);
  const seen = await readLists(account, listsOfPlan(plan), signals);
  checkAgainstLive(plan, seen.live, secrets);
  noteSeen(plan, seen);
  return seen;
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
  const { plan, secrets } = saved;
  const checked = isChecked ? seenBy(plan) : undefined;
  const seen = checked ?? (await checkSavedPlan(saved, account, run.signals));
  const verification: Verification = {
    lists: listsOfPlan(plan),
    planAgain: (live) => leftOf(plan, live, secrets),
  };
  return makeChanges(plan, account, secrets, { ...run, seen, verification });
}

/** What the account does not show of a plan, and what it has beside; without the files nobody knows more. */
function leftOf(plan: Plan, live: LiveState, secrets: SecretBook): PlannedAgain {
  const changes = remainingChanges(plan, live, secrets);
  const names = secretsOfPlan({ changes });
  const needed = Object.fromEntries(names.map((name) => [name, plan.secrets[name] ?? null]));
  const isLive = ({ kind: name, id }: UnmanagedObject) => {
    const kind = kindNamed(name);
    return (live[kind.list] ?? null) === null || liveObjects(kind, live).some((object) => object.id === id);
  };
  return {
    changes,
    digest: digestOf({ ...plan, changes, secrets: needed }),
    unmanaged: plan.unmanaged.filter(isLive),
  };
}
