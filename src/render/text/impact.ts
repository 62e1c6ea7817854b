import type { ImpactEntry, ImpactItem } from '../../model/kinds/kind.ts';
import type { Plan } from '../../model/plan.ts';
import { escapeForTerminal } from '../escape.ts';
import { impactOf } from '../impact.ts';
import { type People, peopleIn } from '../people.ts';
import { NAMED_IN_VERDICT, verdictOpening, verdictParts } from '../verdict.ts';
import { cutMiddle, wrapWords } from '../width.ts';
import { compactValue } from './changes.ts';
import { keyAndName } from './people.ts';
import type { Layout } from './style.ts';

/** What the plan does to whom, in one sentence. */
export function verdictLines({ changes, refusals }: Plan, layout: Layout): string[] {
  if (changes.length === 0) return [];
  const people = peopleIn(changes);
  const what = verdictParts(changes, NAMED_IN_VERDICT)
    .map((part) => (typeof part === 'string' ? part : cutMiddle(keyAndName(part.key, people), layout.width)))
    .join('');
  const sentence = `${verdictOpening(refusals.length > 0)} ${what}.`;
  return wrapWords(sentence, layout.width).map(layout.styles.heading);
}

/** Whom it concerns and how, the gravest first: as many as there is room for, and how many more there are. */
export function impactLines({ changes }: Plan, room: number, layout: Layout): string[] {
  const people = peopleIn(changes);
  const entries = impactOf(changes);
  const lines = entries.flatMap((entry) => entryLines(entry, people, layout));
  if (layout.verbose || lines.length <= room) return lines.map(({ line }) => line);
  const shown = lines.slice(0, Math.max(0, room - 1));
  // A title says nothing without a name under it.
  if (shown.at(-1)?.isTitle) shown.pop();
  const total = lines.filter(({ isTitle }) => !isTitle).length;
  const hidden = total - shown.filter(({ isTitle }) => !isTitle).length;
  return [...shown.map(({ line }) => line), `  and ${hidden} more above`];
}

interface ImpactLine {
  line: string;
  isTitle: boolean;
}

function entryLines({ title, gravity, items }: ImpactEntry, people: People, layout: Layout): ImpactLine[] {
  const paint = layout.styles.gravity[gravity];
  return [
    { line: `  ${paint(title)}`, isTitle: true },
    ...items.map((item) => ({
      line: `    ${cutMiddle(itemText(item, people), layout.width - 4)}`,
      isTitle: false,
    })),
  ];
}

/** `NAME (who), last active …`, `HOST: EVENT, EVENT`, `OLD → NEW`. */
function itemText({ name, ...item }: ImpactItem, people: People): string {
  if (name === undefined) {
    const { before, after } = item.sides ?? { before: null, after: null };
    const now = keyAndName(after ?? '', people);
    return before === null ? now : `${escapeForTerminal(before)} → ${now}`;
  }
  const who = keyAndName(name, people);
  const { note, details = [], sides } = item;
  if (sides) return `${who}: ${compactValue(item)}`;
  return [
    who,
    ...(details.length > 0 ? [`: ${escapeForTerminal(details.join(', '))}`] : []),
    ...(note === undefined ? [] : [`, ${escapeForTerminal(note)}`]),
  ].join('');
}
