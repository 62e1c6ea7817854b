import type { Action, FieldChange } from '../../model/change.ts';
import type { ImpactItem, ResourceKind } from '../../model/kinds/kind.ts';
import type { PlannedChange } from '../../model/plan.ts';
import { type EqualChanges, equalChanges } from '../equal-changes.ts';
import { mustBeSeen } from '../impact.ts';
import { fieldsBesideName, type People, peopleIn } from '../people.ts';
import { ACTION_WORDS, capitalised, count, groupByKind, headingOf, prunedNote } from '../wording.ts';
import { filterBar } from './filters.ts';
import { itemWords } from './impact.ts';
import { keyOf, personTag, placeTag, sentence, valueTag } from './inline.ts';
import { type Html, html } from './template.ts';
import { visitorDetails } from './visitor-face.ts';

/** Names of classes: from this list and those of the kinds alone, whatever a document claims. */
export const ACTION_CLASSES: Record<Action, string> = {
  create: 'create',
  update: 'update',
  delete: 'delete',
};

/** Every change by kind, in the order of execution, with the filters above; equal ones on one card. */
export function changesSection(changes: readonly PlannedChange[]): Html | null {
  if (changes.length === 0) return null;
  const people = peopleIn(changes);
  const groups = groupByKind(changes);
  return html`<section class="changes" aria-labelledby="changes"><h2 id="changes">Changes</h2>${filterBar(changes)}<p class="nothing-shown" role="status">No change matches this filter.</p><p class="not-all">Printed with a filter: not every change is here.</p>${groups.map(({ kind, items }) => group(kind, items, people))}</section>`;
}

function group(kind: ResourceKind, changes: readonly PlannedChange[], people: People): Html {
  const { inBrief } = kind;
  return html`<section class="group ${kind.name}"><h3>${headingOf(kind)}</h3>${
    inBrief
      ? html`<ul class="rows">${changes.map((change) => changeRow(change, inBrief(change), people))}</ul>`
      : equalChanges(changes, (change) => fieldsBesideName(change, people)).map((lot) =>
          changeCard(lot, kind, people),
        )
  }</section>`;
}

function changeRow(change: PlannedChange, brief: ImpactItem, people: People): Html {
  return html`<li class="change row ${ACTION_CLASSES[change.action]}">${badge(change.action)}<span>${personOf(change, people)}</span><span class="sides">${itemWords(brief, people)}</span>${place(change)}</li>`;
}

/** One change, or several that differ only in whom they concern. */
function changeCard(lot: EqualChanges, kind: ResourceKind, people: People): Html {
  const [change, ...others] = lot;
  const weight = lot.some(mustBeSeen) ? 'weighty' : 'plain';
  const title =
    others.length === 0
      ? html`<h4>${badge(change.action)}<span>${personOf(change, people)}</span></h4>${place(change)}`
      : html`<h4>${badge(change.action)}<span class="lot">${count(lot.length, kind.noun)}</span></h4>`;
  const all =
    others.length === 0
      ? null
      : html`<ul class="names lot-names">${lot.map((one) => html`<li>${personOf(one, people)} ${place(one)}</li>`)}</ul>`;
  return html`<article class="change card ${weight} ${ACTION_CLASSES[change.action]}"><header>${title}</header>${notes(change)}<div class="body">${fieldTable(change, people)}${all}${visitorDetails(lot)}</div></article>`;
}

/** By key and, where it is a person, by name. */
function personOf(change: PlannedChange, people: People): Html {
  return personTag(change.key, people, keyOf(change));
}

export function badge(action: Action): Html {
  // A minus as wide as the plus.
  const symbol = ACTION_WORDS[action].symbol.replace('-', '−');
  return html`<span class="badge"><span class="symbol" aria-hidden="true">${symbol}</span>${ACTION_CLASSES[action]}</span> `;
}

function place({ source }: PlannedChange): Html | null {
  return source ? placeTag(source) : null;
}

function notes(change: PlannedChange): (Html | null)[] {
  const { effects } = change;
  const pruned = prunedNote(change);
  return [
    effects.length === 0
      ? null
      : html`<ul class="effects">${effects.map(({ text }) => html`<li>${sentence(text)}</li>`)}</ul>`,
    pruned === null ? null : html`<p class="pruned">${capitalised(pruned)}</p>`,
  ];
}

interface Side {
  title: string;
  className: 'was' | 'becomes';
  value: (field: FieldChange) => Html;
}

const BEFORE: Side = {
  title: 'Before',
  className: 'was',
  value: (field) => html`<del>${valueTag(field.before)}</del>`,
};
const AFTER: Side = {
  title: 'After',
  className: 'becomes',
  value: (field) => html`<ins>${valueTag(field.after)}</ins>`,
};

/** Field by field, old and new side by side; one side where there is only one. */
function fieldTable(change: PlannedChange, people: People): Html | null {
  const fields = fieldsBesideName(change, people);
  if (fields.length === 0) return null;
  const sides = [...(change.before ? [BEFORE] : []), ...(change.after ? [AFTER] : [])];
  const headings = sides.map(({ title }) => html`<th scope="col">${title}</th>`);
  const rows = fields.map(
    (field) =>
      html`<tr><th scope="row">${field.path}</th>${sides.map(
        ({ className, value }) => html`<td class="${className}">${value(field)}</td>`,
      )}</tr>`,
  );
  return html`<table><thead><tr><th scope="col">Field</th>${headings}</tr></thead><tbody>${rows}</tbody></table>`;
}
