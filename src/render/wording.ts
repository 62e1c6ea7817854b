import type { Drift } from '../model/drift.ts';
import { ENDS_DOUBLED_EVENTS } from '../model/kinds/webhook.ts';
import { KINDS, kindNamed } from '../model/kinds.ts';
import type { Action, FieldChange, KindName, PlannedChange, PlanSummary } from '../model/plan.ts';
import type { ChangeResult, Outcome } from '../model/report.ts';
import type { ResourceKind } from '../model/resource-kind.ts';
import type { Source } from '../model/source.ts';

/** Words and orders that every format shares. Nothing here escapes: that is for the format to do. */
export const ACTION_WORDS: Record<Action, { symbol: string; doing: string; done: string; failed: string }> = {
  create: { symbol: '+', doing: 'creating', done: 'created', failed: 'could not create' },
  update: { symbol: '~', doing: 'updating', done: 'updated', failed: 'could not update' },
  delete: { symbol: '-', doing: 'deleting', done: 'deleted', failed: 'could not delete' },
};

export const OUTCOME_WORDS: Record<Outcome, { symbol: string; heading: string }> = {
  applied: { symbol: '✓', heading: 'Applied' },
  failed: { symbol: '✗', heading: 'Failed' },
  skipped: { symbol: '·', heading: 'Skipped' },
  unknown: { symbol: '?', heading: 'Unknown: a call was made, and nothing could tell whether it worked' },
};

/** Bad news last, where it is read. */
export const OUTCOME_ORDER: readonly Outcome[] = ['applied', 'skipped', 'unknown', 'failed'];

export const NO_CHANGES = 'No changes. The account is as the file says.';
export const EMPTY = '(empty)';
export const UNMANAGED = 'Unmanaged: live, not in the file, and left alone';
export const REFUSED = 'Refused: this plan can be read, but not applied';
export const CONVERGED = 'The account was read back: nothing is left to do.';
export const RUN_AGAIN = 'Running the same command again goes on from here.';

export function count(number: number, noun: { one: string; many: string }): string {
  return `${number} ${number === 1 ? noun.one : noun.many}`;
}

export function headingOf(kind: ResourceKind): string {
  return kind.noun.many.charAt(0).toUpperCase() + kind.noun.many.slice(1);
}

/** In reading order of the kinds; inside a kind the given order stays. */
export function groupByKind<Item extends { kind: KindName }>(
  items: readonly Item[],
): { kind: ResourceKind; items: Item[] }[] {
  return KINDS.map((kind) => ({ kind, items: items.filter((item) => item.kind === kind.name) })).filter(
    (group) => group.items.length > 0,
  );
}

/**
 * The fields worth a line, in the kind's order. Where there is only one side (create, delete,
 * the first status of a new operator), empty fields say nothing, and those that stand in the key were read already.
 */
export function shownFields(change: PlannedChange): FieldChange[] {
  const kind = kindNamed(change.kind);
  const rank = (field: FieldChange) => (kind.fields.indexOf(field.path) + 1 || kind.fields.length + 1) - 1;
  const fields = [...change.fields].sort((a, b) => rank(a) - rank(b));
  if (change.before !== null && change.after !== null) return fields;
  return fields.filter((field) => {
    const value = change.after === null ? field.before : field.after;
    const isInKey = kind.keyFields.includes(field.path) && change.key.includes(String(value));
    return value !== null && value !== '' && !isInKey;
  });
}

/** Why prune deletes it; `null` where the file itself asks for the change. */
export function prunedNote({ pruned, effects }: PlannedChange): string | null {
  if (!pruned) return null;
  const why = effects.includes(ENDS_DOUBLED_EVENTS) ? 'an extra copy' : 'the file does not have it';
  return `pruned: ${why}, and policy.prune claims it`;
}

/** `file:line`; `-` is standard input. */
export function placeOf(source: Source): string {
  return `${source.file === '-' ? '<stdin>' : source.file}:${source.line}`;
}

export function planSummarySentence(summary: PlanSummary): string {
  const rest = `${summary.unchanged} unchanged, ${summary.unmanaged} unmanaged.`;
  if (summary.create + summary.update + summary.delete === 0) return `${NO_CHANGES} ${rest}`;
  return `Plan: ${summary.create} to create, ${summary.update} to update, ${summary.delete} to delete. ${rest}`;
}

/** That the account changed by itself, and since when; the names of what it concerns follow. */
export function driftSentence({ since, concerns, leftOver }: Drift): string {
  const objects = (list: readonly unknown[]) => count(list.length, { one: 'object', many: 'objects' });
  if (concerns.length === 0) {
    return `No drift: the last apply (${since}) did not finish, and all that differs is left over from it.`;
  }
  const unfinished =
    leftOver.length === 0
      ? ''
      : ` ${objects(leftOver)} left over from that apply, which did not finish, ${leftOver.length === 1 ? 'is' : 'are'} not counted.`;
  return `Drift: the files are as they were when they were last applied (${since}), but the account is not.${unfinished} It concerns ${objects(concerns)}:`;
}

export function reportSummarySentence(summary: Record<Outcome, number>): string {
  return `Apply: ${summary.applied} applied, ${summary.failed} failed, ${summary.skipped} skipped, ${summary.unknown} unknown.`;
}

/** `120 ms`, `4.2 s`, with the number of calls where it took more than one. */
export function effortOf(result: ChangeResult): string {
  const time =
    result.milliseconds < 1000
      ? `${Math.round(result.milliseconds)} ms`
      : `${(result.milliseconds / 1000).toFixed(1)} s`;
  return result.attempts > 1 ? `${result.attempts} attempts, ${time}` : time;
}

/** `holds for 12h` as it follows the status: `online for 12h`. */
export function effectAsSuffix(effects: readonly string[]): string {
  return effects
    .map((effect) => (effect.startsWith('holds ') ? effect.slice('holds'.length) : `, ${effect}`))
    .join('');
}
