import { kindNamed } from '../../model/kinds/index.ts';
import type { ImpactItem, ResourceKind } from '../../model/kinds/kind.ts';
import type { PlannedChange } from '../../model/plan.ts';
import { type EqualChanges, equalChanges } from '../equal-changes.ts';
import { escapeForTerminal } from '../escape.ts';
import { gravityOf, impactOf } from '../impact.ts';
import { fieldsBesideName, type People, peopleIn } from '../people.ts';
import { cutMiddle, displayWidth, padTo } from '../width.ts';
import { ACTION_WORDS, count, groupByKind, headingOf, prunedNote, shownFields } from '../wording.ts';
import { fitLines, markedSentence, oldAndNew, placeCandidates, withPlace, withRightEdge } from './lines.ts';
import { isNameWhole, keyAndName } from './people.ts';
import type { Layout } from './style.ts';
import { shownValue, shownWord } from './values.ts';

const KEY_INDENT = 4;
const DETAIL_INDENT = ' '.repeat(6);

/** A block a kind: its heading, then its changes in the order of execution. */
export function changeBlocks(changes: readonly PlannedChange[], layout: Layout): string[][] {
  const people = peopleIn(changes);
  return groupByKind(changes).map(({ kind, items }) => [
    layout.styles.heading(headingOf(kind)),
    ...(kind.inBrief
      ? compactLines(items, kind.inBrief, people, layout)
      : equalChanges(items, (change) => ownFields(change, people)).flatMap((group) =>
          groupLines(kind, group, people, layout),
        )),
  ]);
}

function ownFields(change: PlannedChange, people: People) {
  return fieldsBesideName(change, people, isNameWhole);
}

/** The heads of all under each other, then what is said of each of them. */
function groupLines(kind: ResourceKind, group: EqualChanges, people: People, layout: Layout): string[] {
  const [first] = group;
  const pruned = prunedNote(first);
  const told = [
    ...fieldLines(first, people, layout),
    ...(first.effects.length > 0
      ? noteLines(first.effects.map(({ text }) => text).join('; '), first, layout)
      : []),
    ...(pruned === null ? [] : noteLines(pruned, first, layout)),
  ];
  if (group.length === 1)
    return withPlace([...headLines(first, people, layout), ...told], first.source, layout);
  return [
    ...group.flatMap((change) => withPlace(headLines(change, people, layout), change.source, layout)),
    ...(told.length > 0 ? [`${DETAIL_INDENT}each of these ${count(group.length, kind.noun)}:`] : []),
    ...told,
  ];
}

function headLines(change: PlannedChange, people: People, layout: Layout): string[] {
  const { styles, width, verbose } = layout;
  const paint = styles.gravity[gravityOf(change)];
  // What is deleted must be known for sure, so its key is never cut.
  const keepWhole = verbose || change.action === 'delete';
  const text = [keyAndName(change.key, people), ...notesAtHead(change)].join(', ');
  const [key = '', ...more] = fitLines(text, width - KEY_INDENT, keepWhole);
  return [
    `  ${paint(ACTION_WORDS[change.action].symbol)} ${styles.heading(key)}`,
    ...more.map((part) => ' '.repeat(KEY_INDENT) + styles.heading(part)),
  ];
}

/** When a person who goes was last active. */
function notesAtHead(change: PlannedChange): string[] {
  if (change.action !== 'delete') return [];
  return impactOf([change]).flatMap(({ items }) => items.flatMap(({ note }) => note ?? []));
}

function noteLines(text: string, change: PlannedChange, layout: Layout): string[] {
  const paint = layout.styles.gravity[gravityOf(change)];
  return markedSentence(`${DETAIL_INDENT}!`, text, layout).map(paint);
}

function fieldLines(change: PlannedChange, people: People, layout: Layout): string[] {
  const fields = ownFields(change, people);
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

/** `~ jon@acme.example (Jon)  offline → online for 12h`, with the values under each other. */
function compactLines(
  changes: readonly PlannedChange[],
  inBrief: (change: PlannedChange) => ImpactItem,
  people: People,
  layout: Layout,
): string[] {
  const lines = changes.map((change) => ({
    change,
    key: keyAndName(change.key, people),
    value: compactValue(inBrief(change)),
  }));
  const widestValue = Math.max(...lines.map((line) => displayWidth(line.value)));
  const keyRoom = Math.max(24, layout.width - KEY_INDENT - 2 - widestValue);
  const keyWidth = Math.min(keyRoom, Math.max(...lines.map((line) => displayWidth(line.key))));
  return lines.flatMap((line) => compactLine(line, keyWidth, layout));
}

export function compactValue({ sides, details = [], note }: ImpactItem): string {
  return [
    ...(sides && sides.before !== null ? [`${shownWord(sides.before)} →`] : []),
    ...(sides ? [shownWord(sides.after)] : []),
    ...(details.length > 0 ? [details.map(shownWord).join(', ')] : []),
    ...(note === undefined ? [] : [escapeForTerminal(note)]),
  ].join(' ');
}

function compactLine({ change, key, value }: CompactLine, keyWidth: number, layout: Layout): string[] {
  const { styles, width, verbose } = layout;
  const symbol = styles.gravity[gravityOf(change)](ACTION_WORDS[change.action].symbol);
  const shownKey = verbose ? key : cutMiddle(key, keyWidth);
  const line = `  ${symbol} ${padTo(shownKey, keyWidth)}  ${cutMiddle(value, width - KEY_INDENT)}`;
  const places = change.source ? [...placeCandidates(change.source, layout), `:${change.source.line}`] : [];
  for (const place of places) {
    const whole = withRightEdge(line, styles.quiet(place), width);
    if (whole !== null) return [whole];
  }
  return [line];
}

/** `~ operator jon@acme.example (Jon): jobTitle, role`, one line a change. */
export function changeHeadline(change: PlannedChange, people: People, layout: Layout): string[] {
  const kind = kindNamed(change.kind);
  const symbol = layout.styles.gravity[gravityOf(change)](ACTION_WORDS[change.action].symbol);
  const fields = change.action === 'update' ? shownFields(change).map((field) => field.path) : [];
  const suffix = fields.length > 0 ? `: ${escapeForTerminal(fields.join(', '))}` : '';
  const text = `${kind.noun.one} ${keyAndName(change.key, people)}`;
  const room = layout.width - KEY_INDENT - displayWidth(suffix);
  const [first = '', ...more] = fitLines(text, room, layout.verbose || change.action === 'delete');
  const last = more.length === 0 ? first + suffix : first;
  return [`  ${symbol} ${last}`, ...more.map((part) => ' '.repeat(KEY_INDENT) + part)];
}
