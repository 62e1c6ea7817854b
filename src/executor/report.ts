import { fingerprintOf } from '../model/digest.ts';
import { FORMAT_VERSION, type Plan } from '../model/plan.ts';
import type { ApplyReport, ChangeResult } from '../model/report.ts';
import type { SecretBook } from '../model/secrets.ts';
import type { Afterwards } from './afterwards.ts';
import { countOutcomes } from './entry.ts';

export interface ReportParts {
  startedAt: Date;
  finishedAt: Date;
  /** The signal that ended it early. */
  interrupted?: string | undefined;
  secrets: ApplyReport['secrets'];
  changes: ChangeResult[];
  check: Afterwards;
}

export function reportOf(plan: Plan, parts: ReportParts): ApplyReport {
  const { changes, check, interrupted } = parts;
  return {
    formatVersion: FORMAT_VERSION,
    tool: plan.tool,
    startedAt: parts.startedAt.toISOString(),
    finishedAt: parts.finishedAt.toISOString(),
    account: plan.account,
    config: plan.config,
    secrets: parts.secrets,
    planDigest: plan.digest,
    ...(interrupted === undefined ? {} : { interrupted }),
    summary: countOutcomes(changes),
    changes,
    ...check,
    managed: plan.managed,
    ...(plan.onlyTargets ? { onlyTargets: plan.onlyTargets } : {}),
    ...(plan.sectionsNotRead ? { sectionsNotRead: plan.sectionsNotRead } : {}),
  };
}

/** Of every secret that this run knows the first digits of a hash. */
export function fingerprintsOf(plan: Plan, secrets: SecretBook): ApplyReport['secrets'] {
  const known = secrets.names.map((name) => [name, fingerprintOf(name, secrets.valueOf(name) ?? '')]);
  return { ...plan.secrets, ...Object.fromEntries(known) };
}
