import { kindNamed } from '../../model/kinds/index.ts';
import type { ImpactItem } from '../../model/kinds/kind.ts';
import type { PlannedChange } from '../../model/plan.ts';
import { escapeForTerminal } from '../escape.ts';
import { cutMiddle, displayWidth, padTo } from '../width.ts';
import { ACTION_WORDS, groupByKind, headingOf, prunedNote, shownFields } from '../wording.ts';
import { fitLines, markedSentence, oldAndNew, placeCandidates, withPlace, withRightEdge } from './lines.ts';
import type { Layout } from './style.ts';
import { shownValue, shownWord } from './values.ts';

const KEY_INDENT = 4;
const DETAIL_INDENT = ' '.repeat(6);

/** A block a kind: its heading, then its changes in the order of execution. */
export function changeBlocks(changes: readonly PlannedChange[], layout: Layout): string[][] {
  return groupByKind(changes).map(({ kind, items }) => [
    layout.styles.heading(headingOf(kind)),
    ...(kind.inBrief
      ? compactLines(items, kind.inBrief, layout)
      : items.flatMap((change) => changeLines(change, layout))),
  ]);
}

function changeLines(change: PlannedChange, layout: Layout): string[] {
  const { styles, width, verbose } = layout;
  const paint = styles.action[change.action];
  // What is deleted must be known for sure, so its key is never cut.
  const keepWhole = verbose || change.action === 'delete';
  const [key = '', ...more] = fitLines(escapeForTerminal(change.key), width - KEY_INDENT, keepWhole);
  const first = `  ${paint(ACTION_WORDS[change.action].symbol)} ${styles.heading(key)}`;
  const pruned = prunedNote(change);
  const lines = [
    first,
    ...more.map((part) => ' '.repeat(KEY_INDENT) + styles.heading(part)),
    ...fieldLines(change, layout),
    ...(change.effects.length > 0
      ? noteLines(change.effects.map(({ text }) => text).join('; '), layout)
      : []),
    ...(pruned === null ? [] : noteLines(pruned, layout)),
  ];
  return withPlace(lines, change.source, layout);
}

function noteLines(text: string, layout: Layout): string[] {
  return markedSentence(`${DETAIL_INDENT}!`, text, layout).map((line) => layout.styles.warning(line));
}

function fieldLines(change: PlannedChange, layout: Layout): string[] {
  const fields = shownFields(change);
  const pathWidth = Math.max(0, ...fields.map((field) => displayWidth(escapeForTerminal(field.path))));
  return fields.flatMap((field) => {
    const name = `${DETAIL_INDENT}${padTo(escapeForTerminal(field.path), pathWidth)}  `;
    const room = layout.width - displayWidth(name);
    if (change.action === 'update') {
      return oldAndNew(name, shownValue(field.before), shownValue(field.after), layout);
    }
    const value = shownValue(change.action === 'create' ? field.after : field.before);
    const [first = '', ...more] = fitLines(value, room, layout.verbose);
    return [name + first, ...more.map((part) => ' '.repeat(displayWidth(name)) + part)];
  });
}

interface CompactLine {
  change: PlannedChange;
  key: string;
  value: string;
}

/** `~ jon@acme.example  offline → online for 12h`, with the values under each other. */
function compactLines(
  changes: readonly PlannedChange[],
  inBrief: (change: PlannedChange) => ImpactItem,
  layout: Layout,
): string[] {
  const lines = changes.map((change) => ({
    change,
    key: escapeForTerminal(change.key),
    value: compactValue(inBrief(change)),
  }));
  const widestValue = Math.max(...lines.map((line) => displayWidth(line.value)));
  const keyRoom = Math.max(24, layout.width - KEY_INDENT - 2 - widestValue);
  const keyWidth = Math.min(keyRoom, Math.max(...lines.map((line) => displayWidth(line.key))));
  return lines.flatMap((line) => compactLine(line, keyWidth, layout));
}

function compactValue({ sides, details = [], note }: ImpactItem): string {
  return [
    ...(sides && sides.before !== null ? [`${shownWord(sides.before)} →`] : []),
    ...(sides ? [shownWord(sides.after)] : []),
    ...(details.length > 0 ? [details.map(shownWord).join(', ')] : []),
    ...(note === undefined ? [] : [escapeForTerminal(note)]),
  ].join(' ');
}

function compactLine({ change, key, value }: CompactLine, keyWidth: number, layout: Layout): string[] {
  const { styles, width, verbose } = layout;
  const symbol = styles.action[change.action](ACTION_WORDS[change.action].symbol);
  const shownKey = verbose ? key : cutMiddle(key, keyWidth);
  const line = `  ${symbol} ${padTo(shownKey, keyWidth)}  ${cutMiddle(value, width - KEY_INDENT)}`;
  const places = change.source ? [...placeCandidates(change.source, layout), `:${change.source.line}`] : [];
  for (const place of places) {
    const whole = withRightEdge(line, styles.quiet(place), width);
    if (whole !== null) return [whole];
  }
  return [line];
}

/** `~ operator jon@acme.example: jobTitle, role`, one line a change. */
export function changeHeadline(change: PlannedChange, layout: Layout): string[] {
  const kind = kindNamed(change.kind);
  const symbol = layout.styles.action[change.action](ACTION_WORDS[change.action].symbol);
  const fields = change.action === 'update' ? shownFields(change).map((field) => field.path) : [];
  const suffix = fields.length > 0 ? `: ${escapeForTerminal(fields.join(', '))}` : '';
  const text = `${kind.noun.one} ${escapeForTerminal(change.key)}`;
  const room = layout.width - KEY_INDENT - displayWidth(suffix);
  const [first = '', ...more] = fitLines(text, room, layout.verbose || change.action === 'delete');
  const last = more.length === 0 ? first + suffix : first;
  return [`  ${symbol} ${last}`, ...more.map((part) => ' '.repeat(KEY_INDENT) + part)];
}
