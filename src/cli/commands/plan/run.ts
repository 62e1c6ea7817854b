import { isOfTheSameFiles, type SinceThen } from '../../../model/drift.ts';
import { UserError } from '../../../model/errors.ts';
import type { Plan } from '../../../model/plan.ts';
import type { ApplyReport } from '../../../model/report.ts';
import { isRfc3339 } from '../../../model/text-rules.ts';
import { tellSince } from '../../../operations/drift.ts';
import { plan, readAccount } from '../../../operations/plan.ts';
import { parseReport } from '../../../operations/saved-report.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import { renderPlanJson } from '../../../render/json/documents.ts';
import { renderPlanText } from '../../../render/text/plan.ts';
import { openAccount } from '../../account/open-account.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { loadDesired } from '../../files/load-desired.ts';
import { checkOutputs } from '../../files/output-paths.ts';
import { readDocument } from '../../files/read-document.ts';
import { writeDocument } from '../../files/write-document.ts';
import { takePlanning } from '../../options/take-planning.ts';
import { givePlanToPipeline } from '../../pipeline/github-actions.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';
import type { PLAN_OPTIONS } from './definition.ts';

type PlanFlags = FlagsOf<typeof PLAN_OPTIONS>;

/** Shows what would change. */
export async function runPlan(flags: PlanFlags, terminal: Terminal): Promise<ExitCode> {
  const options = { ...takePlanning(flags), at: takeTime(flags) };
  const lastReport = flags.since === undefined ? null : await readReport(flags.since);
  const { desired, texts } = await loadDesired(flags.file, terminal, (names) => checkOut(flags, names));
  const account = await openAccount(flags, terminal, desired);
  const witnesses = flags.out !== undefined || flags.since !== undefined || flags.format === 'json';
  try {
    const proposed = plan(desired, await readAccount(account, desired, {}, { witnesses }), {
      ...options,
      texts,
    });
    const since = lastReport && compareWith(lastReport, proposed, terminal);
    terminal.write(await renderPlan(proposed, since, flags, terminal), flags.format);
    if (flags.out !== undefined) {
      await writeDocument(flags.out, renderPlanJson(proposed));
      terminal.inform(`Saved the plan to ${flags.out}.\n`);
    }
    await givePlanToPipeline(proposed);
    if (proposed.refusals.length > 0) return EXIT.refused;
    return flags.detailedExitcode && asksForALook(proposed, since) ? EXIT.differences : EXIT.done;
  } finally {
    await account.close();
  }
}

/** Changes, people and webhooks that the policy warns of, and what became of the account since the last apply. */
function asksForALook({ changes, warnings }: Plan, since: SinceThen | null): boolean {
  const isWarnedOf = warnings.some(({ code }) => code === 'unmanaged');
  const hasMoved = since !== null && since.leavers.length + since.newcomers.length > 0;
  return changes.length > 0 || isWarnedOf || hasMoved;
}

/** The time that `--at` names; a date is its first moment in UTC. */
function takeTime({ at, out }: PlanFlags): Date | undefined {
  if (at === undefined) return undefined;
  if (out !== undefined) {
    throw new UserError('usage', '--at and --out do not go together: such a plan is for a look', {
      hint: 'leave one of the two out',
    });
  }
  const text = /^\d{4}-\d{2}-\d{2}$/.test(at) ? `${at}T00:00:00Z` : at;
  if (isRfc3339(text)) return new Date(text);
  throw new UserError('usage', `--at "${at}" is no time`, {
    hint: 'write a date, or a time with its offset, such as 2026-12-24T18:00:00+01:00',
  });
}

async function checkOut({ out, since, tokenFile }: PlanFlags, names: readonly string[]): Promise<void> {
  if (out === undefined) return;
  const others = [since, tokenFile].filter((path) => path !== undefined);
  await checkOutputs([{ flag: '--out', path: out }], [...names, ...others]);
}

async function readReport(path: string): Promise<ApplyReport> {
  return parseReport(await readDocument(path, 'report'), path);
}

/** What became of the account since that apply; where drift cannot be told, a note says why. */
function compareWith(last: ApplyReport, proposed: Plan, terminal: Terminal): SinceThen {
  const since = tellSince(last, proposed, '--since: the report');
  if (proposed.changes.length > 0 && !isOfTheSameFiles(proposed, last)) {
    terminal.inform(
      `The files have changed since the last apply (${escapeForTerminal(last.finishedAt)}), so drift cannot be told from what they now ask for.\n`,
    );
  }
  return since;
}

/** What the rarer formats need is loaded for them alone. */
async function renderPlan(
  plan: Plan,
  since: SinceThen | null,
  flags: PlanFlags,
  terminal: Terminal,
): Promise<string> {
  switch (flags.format) {
    case 'json':
      return renderPlanJson(plan);
    case 'markdown': {
      const { renderPlanMarkdown } = await import('../../../render/markdown/plan.ts');
      return renderPlanMarkdown(plan, { maxBytes: flags.maxBytes, since });
    }
    case 'html': {
      const { renderPlanHtml } = await import('../../../render/html/plan.ts');
      return renderPlanHtml(plan, { since });
    }
    default:
      return renderPlanText(plan, terminal.textOptions(), since);
  }
}
