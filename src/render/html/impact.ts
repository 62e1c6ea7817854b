import type { ImpactEntry, ImpactItem } from '../../model/kinds/kind.ts';
import type { PlannedChange } from '../../model/plan.ts';
import { impactOf } from '../impact.ts';
import { nameList, valueTag } from './inline.ts';
import { foreign, type Html, html, joinWith } from './template.ts';

/** Who and what is concerned, the gravest first; nobody is left out. */
export function impactSection(changes: readonly PlannedChange[]): Html | null {
  const entries = impactOf(changes);
  if (entries.length === 0) return null;
  return html`<section aria-labelledby="impact"><h2 id="impact">Impact</h2><dl class="impact">${entries.map(impactEntry)}</dl></section>`;
}

function impactEntry({ title, gravity, items }: ImpactEntry): Html {
  const number = items.length > 1 ? html` <span class="number">${items.length}</span>` : null;
  const length = items.some(hasMoreThanName) ? 'long' : 'short';
  return html`<div class="${gravity}"><dt>${title}${number}</dt><dd>${nameList(items.map(itemWords), length)}</dd></div>`;
}

function hasMoreThanName({ details, sides, note }: ImpactItem): boolean {
  return details !== undefined || sides !== undefined || note !== undefined;
}

/** `NAME offline → online for 12h`, `HOST EVENT, EVENT`: the name before whatever there is to say of it. */
export function itemWords(item: ImpactItem): Html {
  const { name, details = [], sides, note } = item;
  const words = html`${sides ? sidesOf(sides) : null}${joinWith(', ', details.map(foreign))}${note === undefined ? null : ` ${note}`}`;
  if (name === undefined) return words;
  return hasMoreThanName(item) ? html`${foreign(name)} <span class="quiet">${words}</span>` : foreign(name);
}

function sidesOf({ before, after }: NonNullable<ImpactItem['sides']>): Html {
  return html`${before === null ? null : html`${valueTag(before)} → `}${valueTag(after)}`;
}
