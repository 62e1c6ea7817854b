import type { Plan } from '../../../model/plan.ts';
import type { ApplyReport } from '../../../model/report.ts';
import { apply } from '../../../operations/apply.ts';
import type { Account, ConnectionOptions } from '../../../operations/connect.ts';
import { withEvidence } from '../../../operations/judge-by-evidence.ts';
import { plan, readAccount } from '../../../operations/plan.ts';
import type { RunOptions } from '../../../operations/run-options.ts';
import { applySavedPlan, checkSavedPlan, parseSavedPlan } from '../../../operations/saved-plan.ts';
import { loadDesired } from '../../files/load-desired.ts';
import { readDocument } from '../../files/read-document.ts';
import { readEvidence } from '../../files/read-evidence.ts';
import type { PlanningFlags } from '../../options/planning.ts';
import { takePlanning } from '../../options/take-planning.ts';
import type { StopSignals } from '../../terminal/stop-signals.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** A plan that is ready to be shown and applied. */
export interface PreparedApply {
  account: Account;
  plan: Plan;
  apply(run: RunOptions): Promise<ApplyReport>;
}

type OpenAccount = (masked: ConnectionOptions['desired']) => Promise<Account>;

/** Makes sure that what is written takes the place of nothing that was read. */
type CheckOutputs = (inputs: readonly string[]) => Promise<void>;

/** Plans anew from the files. */
export async function prepareFromFiles(
  flags: PlanningFlags & { file: readonly string[] },
  { open, checkOutputs }: { open: OpenAccount; checkOutputs: CheckOutputs },
  signals: StopSignals,
  terminal: Terminal,
): Promise<PreparedApply> {
  const options = takePlanning(flags);
  const evidence = await readEvidence(flags.evidence);
  const { desired, texts } = await loadDesired(flags.file, terminal, checkOutputs, signals.stop);
  const account = await open(desired);
  return closingOnError(account, async () => {
    const planning = { ...options, texts, evidence };
    const witnesses = evidence !== undefined;
    const proposed = plan(desired, await readAccount(account, desired, signals, { witnesses }), planning);
    return {
      account,
      plan: proposed,
      apply: (run) => apply(proposed, account, desired, { ...planning, ...run }),
    };
  });
}

/**
 * Takes a saved plan, and checks that the account still is what the plan saw.
 * @throws {RefusedError} where it is not, or where it is another account.
 */
export async function prepareFromPlan(
  path: string,
  evidencePath: string | undefined,
  { open, checkOutputs }: { open: OpenAccount; checkOutputs: CheckOutputs },
  signals: StopSignals,
): Promise<PreparedApply> {
  const evidence = await readEvidence(evidencePath);
  await checkOutputs([path]);
  const saved = parseSavedPlan(await readDocument(path, 'plan'), { env: process.env, name: path });
  const account = await open(saved);
  return closingOnError(account, async () => {
    const { live } = await checkSavedPlan(saved, account, signals);
    return {
      account,
      plan: evidence ? withEvidence(saved.plan, live, evidence, new Date()) : saved.plan,
      apply: (run) => applySavedPlan(saved, account, { ...run, isChecked: true }),
    };
  });
}

async function closingOnError<T>(account: Account, prepare: () => Promise<T>): Promise<T> {
  try {
    return await prepare();
  } catch (error) {
    await account.close();
    throw error;
  }
}
