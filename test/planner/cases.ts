import { expect, it } from 'vitest';
import { DiagnosticsError, RefusedError, UserError } from '../../src/model/errors.ts';
import type { LiveOperator } from '../../src/model/kinds/operator.ts';
import type { LiveWebhook } from '../../src/model/kinds/webhook.ts';
import { planSchema } from '../../src/model/plan-schema.ts';
import type { PlanOptions } from '../../src/planner/plan.ts';
import { parseTarget } from '../../src/planner/targets.ts';
import { type FileInShort, type LiveLists, planFor } from '../support/builders.ts';
import { planLines } from '../support/plan-lines.ts';

/** One row: what the file says, what is live, and everything that the plan must and may say. */
export interface PlannerCase {
  name: string;
  file: FileInShort;
  operators?: LiveOperator[];
  webhooks?: LiveWebhook[];
  prune?: boolean;
  targets?: string[];
  /** In the order of execution; none where it is left out. So with all that follow. */
  changes?: string[];
  unmanaged?: string[];
  /** `code: message`, or the code alone where the words are told of elsewhere. So with all that follow. */
  warnings?: string[];
  refusals?: string[];
  /** Instead of a plan: its errors; of one that refuses `refused: code: message`. */
  errors?: string[];
  /** The messages of warnings, refusals and errors, with their hints, where the row is about the words. */
  says?: string[];
}

export function liveOf({ operators, webhooks }: PlannerCase): LiveLists {
  return { operators: operators ?? null, webhooks: webhooks ?? null };
}

export function optionsOf({ prune, targets = [] }: PlannerCase): Partial<PlanOptions> {
  return { prune, targets: targets.map(parseTarget) };
}

export function testCases(cases: readonly PlannerCase[]): void {
  it.each(cases)('$name', (row) => {
    const { says, ...decisions } = decisionsOf(row);
    if (row.says) expect(says).toEqual(row.says);
    const { warnings = [], refusals = [], errors = [] } = row;
    expect({
      ...decisions,
      warnings: linesOf(decisions.warnings, warnings),
      refusals: linesOf(decisions.refusals, refusals),
      errors: linesOf(decisions.errors, errors),
    }).toEqual({ changes: row.changes ?? [], unmanaged: row.unmanaged ?? [], warnings, refusals, errors });
  });
}

interface Said {
  code: string;
  message: string;
}

/** `code: message`, but for the code where the row names it alone. */
function linesOf(said: readonly Said[], wanted: readonly string[]): string[] {
  return said.map(({ code, message }, index) => (wanted[index] === code ? code : `${code}: ${message}`));
}

function decisionsOf(row: PlannerCase) {
  try {
    const made = planFor(row.file, liveOf(row), optionsOf(row));
    expect(planSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
    const { warnings, refusals } = made;
    const says = [...warnings, ...refusals].map(inWords);
    return { ...planLines(made), warnings, refusals, errors: [], says };
  } catch (error) {
    const none = { changes: [], unmanaged: [], warnings: [], refusals: [] };
    if (error instanceof DiagnosticsError) {
      const { diagnostics } = error;
      return { ...none, errors: diagnostics, says: diagnostics.map(inWords) };
    }
    if (!(error instanceof UserError)) throw error;
    const code = error instanceof RefusedError ? `refused: ${error.code}` : error.code;
    return { ...none, errors: [{ code, message: error.message }], says: [inWords(error)] };
  }
}

function inWords({ message, hint }: { message: string; hint?: string | undefined }): string {
  return hint === undefined ? message : `${message}; ${hint}`;
}
