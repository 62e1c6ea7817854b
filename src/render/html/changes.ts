import type { Action, FieldChange } from '../../model/change.ts';
import type { ImpactItem, ResourceKind } from '../../model/kinds/kind.ts';
import type { PlannedChange } from '../../model/plan.ts';
import { mustBeSeen } from '../impact.ts';
import { ACTION_WORDS, capitalised, groupByKind, headingOf, prunedNote, shownFields } from '../wording.ts';
import { filterBar } from './filters.ts';
import { itemWords } from './impact.ts';
import { keyOf, placeTag, sentence, valueTag } from './inline.ts';
import { type Html, html } from './template.ts';
import { visitorFigure } from './visitor-face.ts';

/** Names of classes: from this list and those of the kinds alone, whatever a document claims. */
export const ACTION_CLASSES: Record<Action, string> = {
  create: 'create',
  update: 'update',
  delete: 'delete',
};

/** Every change by kind, in the order of execution, with the filters above. */
export function changesSection(changes: readonly PlannedChange[]): Html | null {
  if (changes.length === 0) return null;
  const groups = groupByKind(changes);
  return html`<section class="changes" aria-labelledby="changes"><h2 id="changes">Changes</h2>${filterBar(changes)}<p class="nothing-shown" role="status">No change matches this filter.</p>${groups.map(({ kind, items }) => group(kind, items))}</section>`;
}

function group(kind: ResourceKind, changes: readonly PlannedChange[]): Html {
  const { inBrief } = kind;
  return html`<section class="group ${kind.name}"><h3>${headingOf(kind)}</h3>${
    inBrief
      ? html`<ul class="rows">${changes.map((change) => changeRow(change, inBrief(change)))}</ul>`
      : changes.map(changeCard)
  }</section>`;
}

function changeRow(change: PlannedChange, brief: ImpactItem): Html {
  return html`<li class="change row ${ACTION_CLASSES[change.action]}">${badge(change.action)}${keyOf(change)}<span class="sides">${itemWords(brief)}</span>${place(change)}</li>`;
}

function changeCard(change: PlannedChange): Html {
  const weight = mustBeSeen(change) ? 'weighty' : 'plain';
  return html`<article class="change card ${weight} ${ACTION_CLASSES[change.action]}"><header><h4>${badge(change.action)}${keyOf(change)}</h4>${place(change)}</header>${notes(change)}<div class="body">${fieldTable(change)}${visitorFigure(change)}</div></article>`;
}

function badge(action: Action): Html {
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
function fieldTable(change: PlannedChange): Html | null {
  const fields = shownFields(change);
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
