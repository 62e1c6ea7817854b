import type { ImpactEntry, ImpactItem } from '../../model/kinds/kind.ts';
import type { PlannedChange } from '../../model/plan.ts';
import { impactOf } from '../impact.ts';
import { type People, peopleIn } from '../people.ts';
import { nameList, personTag, valueTag } from './inline.ts';
import { foreign, type Html, html, joinWith } from './template.ts';

/** Who and what is concerned, the gravest first; nobody is left out. */
export function impactSection(changes: readonly PlannedChange[]): Html | null {
  const entries = impactOf(changes);
  const people = peopleIn(changes);
  if (entries.length === 0) return null;
  return html`<section aria-labelledby="impact"><h2 id="impact">Impact</h2><dl class="impact">${entries.map((entry) => impactEntry(entry, people))}</dl></section>`;
}

function impactEntry({ title, gravity, items }: ImpactEntry, people: People): Html {
  const number = items.length > 1 ? html` <span class="number">${items.length}</span>` : null;
  const length = items.some(hasMoreThanName) ? 'long' : 'short';
  return html`<div class="${gravity}"><dt>${title}${number}</dt><dd>${nameList(
    items.map((item) => itemWords(item, people)),
    length,
  )}</dd></div>`;
}

function hasMoreThanName({ details, sides, note }: ImpactItem): boolean {
  return details !== undefined || sides !== undefined || note !== undefined;
}

/** `NAME offline → online for 12h`, `HOST EVENT, EVENT`: the name before whatever there is to say of it. */
export function itemWords(item: ImpactItem, people: People): Html {
  const { name, details = [], sides, note } = item;
  const words = html`${sides ? sidesOf(sides) : null}${joinWith(', ', details.map(foreign))}${note === undefined ? null : ` ${note}`}`;
  if (name === undefined) return words;
  const who = personTag(name, people, foreign(name));
  return hasMoreThanName(item) ? html`${who} <span class="quiet">${words}</span>` : who;
}

function sidesOf({ before, after }: NonNullable<ImpactItem['sides']>): Html {
  return html`${before === null ? null : html`${valueTag(before)} → `}${valueTag(after)}`;
}
