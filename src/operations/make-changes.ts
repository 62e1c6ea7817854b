import { apply, type Verification } from '../executor/apply.ts';
import type { Plan } from '../model/plan.ts';
import type { ApplyReport } from '../model/report.ts';
import type { SecretBook } from '../model/secrets.ts';
import type { Account } from './connect.ts';
import { DEFAULTS } from './defaults.ts';
import type { LiveAccount } from './plan.ts';
import type { RunOptions } from './run-options.ts';

interface Making extends RunOptions {
  seen: LiveAccount;
  verification: Verification;
}

/** The changes in their order, and a look at the account after them. */
export function makeChanges(
  plan: Plan,
  { reader, writer }: Account,
  secrets: SecretBook,
  { seen, verification, signals, progress, settleSeconds = DEFAULTS.settleSeconds }: Making,
): Promise<ApplyReport> {
  return apply(plan, {
    reader,
    writer,
    secrets,
    seen,
    verification,
    settleSeconds,
    ...(signals ? { signals } : {}),
    ...(progress ? { progress } : {}),
  });
}
