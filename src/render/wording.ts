import type { Action, FieldChange } from '../model/change.ts';
import type { Drift } from '../model/drift.ts';
import { KINDS, type KindName, kindNamed } from '../model/kinds/index.ts';
import type { ResourceKind } from '../model/kinds/kind.ts';
import type { PlannedChange } from '../model/plan.ts';
import type { ApplyReport, ChangeResult, Outcome } from '../model/report.ts';
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

export const EMPTY = '(empty)';
export const UNMANAGED = 'Unmanaged: live, not in the file, and left alone';
export const LEFT_THE_FILES = 'Left the files since the last apply, and still there';
export const NEW_SINCE_THEN = 'New since the last apply, and in no file';
export const REFUSED = 'Refused: this plan can be read, but not applied';
export const CONVERGED = 'The account was read back: nothing is left to do.';
export const NOTHING_LEFT = 'The account is as the file says, though not every change of this run was made';

export function count(number: number, noun: { one: string; many: string }): string {
  return `${number} ${number === 1 ? noun.one : noun.many}`;
}

export function headingOf({ noun }: Pick<ResourceKind, 'noun'>): string {
  return capitalised(noun.many);
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title as it stands within a sentence. */
export function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/**
 * In reading order of the kinds; inside a kind the given order stays.
 * @throws {TypeError} for an item of a kind that there is not: it would be left out in silence.
 */
export function groupByKind<Item extends { kind: KindName }>(
  items: readonly Item[],
): { kind: ResourceKind; items: Item[] }[] {
  const kinds = items.map((item) => kindNamed(item.kind));
  return KINDS.map((kind) => ({ kind, items: items.filter((_item, index) => kinds[index] === kind) })).filter(
    (group) => group.items.length > 0,
  );
}

/**
 * The fields worth a line, in the kind's order. Where there is only one side (create, delete,
 * the first status of a new operator), empty fields say nothing, and those that stand in the key were read already.
 */
export function shownFields(change: PlannedChange): FieldChange[] {
  const kind = kindNamed(change.kind);
  const order = Object.keys(kind.fields);
  const known = order.flatMap((path) => change.fields.filter((field) => field.path === path));
  const fields = [...known, ...change.fields.filter((field) => !order.includes(field.path))];
  if (change.before !== null && change.after !== null) return fields;
  return fields.filter((field) => {
    const value = change.after === null ? field.before : field.after;
    const isInKey = kind.keyFields.includes(field.path) && change.key.includes(String(value));
    return value !== null && value !== '' && !isInKey;
  });
}

/** Why prune deletes it; `null` where the file itself asks for the change. */
export function prunedNote(change: PlannedChange): string | null {
  if (change.action !== 'delete' || !change.pruned) return null;
  const why = kindNamed(change.kind).isExtraCopy?.(change) ? 'an extra copy' : 'the file does not have it';
  return `pruned: ${why}, and policy.prune claims it`;
}

/** `file:line`, and where that is overridden; `-` is standard input. */
export function placeOf({ file, line, overrides = [] }: Source): string {
  const place = `${file === '-' ? '<stdin>' : file}:${line}`;
  return overrides.length === 0 ? place : `${place}, overridden in ${overrides.map(placeOf).join(', ')}`;
}

/**
 * That the account changed by itself, and since when; the names of what it concerns follow. As a sentence with
 * the title before a colon.
 */
export function driftWords({ since, concerns, leftOver }: Drift): { title: string; explanation: string } {
  const objects = (list: readonly unknown[]) => count(list.length, { one: 'object', many: 'objects' });
  if (concerns.length === 0) {
    return {
      title: 'No drift',
      explanation: `the last apply (${since}) did not finish, and all that differs is left over from it.`,
    };
  }
  const unfinished =
    leftOver.length === 0
      ? ''
      : ` ${objects(leftOver)} left over from that apply, which did not finish, ${leftOver.length === 1 ? 'is' : 'are'} not counted.`;
  return {
    title: 'Drift',
    explanation: `the files are as they were when they were last applied (${since}), but the account is not.${unfinished} It concerns ${objects(concerns)}:`,
  };
}

export function driftSentence(drift: Drift): string {
  const { title, explanation } = driftWords(drift);
  return `${title}: ${explanation}`;
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

/** The account was planned again, and nobody has anything to do, though this run did not do it all. */
export function isNothingLeft({ converged, remainingDigest, verificationError }: ApplyReport): boolean {
  return !converged && remainingDigest === null && verificationError === undefined;
}
