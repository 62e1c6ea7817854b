import type { PlannedChange } from '../../model/plan.ts';
import { type HostEvents, impactOf } from '../impact.ts';
import { effectAsSuffix } from '../wording.ts';
import { nameList, valueTag } from './inline.ts';
import { foreign, type Html, html, joinWith, type Part } from './template.ts';

/** Who and what is concerned, the gravest first; nobody is left out. */
export function impactSection(changes: readonly PlannedChange[]): Html | null {
  const impact = impactOf(changes);
  const people = (list: readonly PlannedChange[]) => list.map(({ key }) => foreign(key));
  const entries = [
    impactEntry('Loses access for good', people(impact.losesAccess), 'grave'),
    impactEntry('Becomes an admin', people(impact.becomesAdmin), 'weighty'),
    impactEntry('Stops being an admin', people(impact.stopsBeingAdmin), 'weighty'),
    impactEntry('Gets an invitation e-mail', people(impact.invited), 'plain'),
    impactEntry('Logs in with a new address', impact.newAddress.map(newAddress), 'plain', 'long'),
    impactEntry('Status changes', impact.statuses.map(statusChange), 'plain', 'long'),
    impactEntry('Starts receiving events', impact.starts.map(hostEvents), 'plain', 'long'),
    impactEntry('Stops receiving events', impact.stops.map(hostEvents), 'plain', 'long'),
    impactEntry('Receives at another address', impact.moves.map(hostEvents), 'plain', 'long'),
  ].filter((entry) => entry !== null);
  if (entries.length === 0) return null;
  return html`<section aria-labelledby="impact"><h2 id="impact">Impact</h2><dl class="impact">${entries}</dl></section>`;
}

function impactEntry(
  title: string,
  items: readonly Part[],
  weight: 'grave' | 'weighty' | 'plain',
  length: 'short' | 'long' = 'short',
): Html | null {
  if (items.length === 0) return null;
  const number = items.length > 1 ? html` <span class="number">${items.length}</span>` : null;
  return html`<div class="${weight}"><dt>${title}${number}</dt><dd>${nameList(items, length)}</dd></div>`;
}

function newAddress(change: PlannedChange): Html {
  const field = change.fields.find(({ path }) => path === 'email');
  return html`${valueTag(field?.before ?? null)} → ${valueTag(field?.after ?? null)}`;
}

function statusChange(change: PlannedChange): Html {
  return html`${foreign(change.key)} <span class="quiet">${statusSides(change)}</span>`;
}

/** `offline → online for 12h`; only the new one where the operator is new. */
export function statusSides(change: PlannedChange): Html {
  const field = change.fields.find(({ path }) => path === 'status');
  const before = field?.before ? html`${valueTag(field.before)} → ` : null;
  return html`${before}${valueTag(field?.after ?? null)}${effectAsSuffix(change.effects)}`;
}

function hostEvents({ host, events }: HostEvents): Html {
  return html`${foreign(host)} <span class="quiet">${joinWith(', ', events.map(foreign))}</span>`;
}
