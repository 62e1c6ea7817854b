import { ACTIONS } from '../../model/change.ts';
import { KINDS } from '../../model/kinds/index.ts';
import type { PlannedChange } from '../../model/plan.ts';
import { headingOf } from '../wording.ts';
import { type Html, html } from './template.ts';

/** Boxes for what the plan has; none where there is nothing to choose. What they do is in `filterRules`. */
export function filterBar(changes: readonly PlannedChange[]): Html | null {
  const kinds = KINDS.map(({ name, noun }) => ({
    id: `kind-${name}`,
    label: headingOf({ noun }),
    number: changes.filter((change) => change.kind === name).length,
  })).filter(({ number }) => number > 0);
  const actions = ACTIONS.map((action) => ({
    id: `action-${action}`,
    label: action,
    number: changes.filter((change) => change.action === action).length,
  })).filter(({ number }) => number > 0);
  if (kinds.length < 2 && actions.length < 2) return null;
  return html`<div class="filters" role="group" aria-label="Show only some changes">${fieldset('Kind', kinds)}${fieldset('Action', actions)}</div>`;
}

function fieldset(legend: string, boxes: readonly { id: string; label: string; number: number }[]): Html {
  // Without autocomplete="off" some browsers keep a box unticked over a reload, and a change unseen.
  return html`<fieldset><legend>${legend}</legend>${boxes.map(
    ({ id, label, number }) =>
      html`<label><input type="checkbox" id="${id}" autocomplete="off" checked> ${label} <span class="number">${number}</span></label>`,
  )}</fieldset>`;
}

/**
 * The filters without a script: a change whose box is unticked is hidden, and so is the heading of a kind that
 * has nothing left. It is not printed either, and the print says so.
 */
export function filterRules(): string {
  const isOff = (id: string) => `body:has(#${id}:not(:checked))`;
  const kinds = KINDS.map(({ name }) => name);
  const hidden = [
    ...kinds.map((kind) => `${isOff(`kind-${kind}`)} .group.${kind}`),
    ...ACTIONS.map((action) => `${isOff(`action-${action}`)} .change.${action}`),
  ];
  const isNotOff = (id: string) => `:not(:has(#${id}:not(:checked)))`;
  const pairs = kinds.flatMap((kind) => ACTIONS.map((action) => ({ kind, action })));
  const groupsWithSome = ACTIONS.map(
    (action) => `body${isNotOff(`action-${action}`)} .group:has(.change.${action})`,
  );
  const bodyWithSome = pairs.map(
    ({ kind, action }) =>
      `body${isNotOff(`kind-${kind}`)}${isNotOff(`action-${action}`)}:has(.group.${kind} .change.${action})`,
  );
  return `
.nothing-shown, .not-all { display: none }
@supports selector(:has(*)) {
  ${hidden.join(',\n  ')} { display: none }
  body:has(.filters) .group:not(:is(${groupsWithSome.join(', ')})) { display: none }
  body:has(.filters):not(:is(${bodyWithSome.join(', ')})) .nothing-shown { display: block }
  @media print {
    body:has(.filters input:not(:checked)) .not-all { display: block }
  }
}`;
}
