import type { Drift } from '../../model/drift.ts';
import { kindNamed } from '../../model/kinds/index.ts';
import type { Plan, PlanRefusal, PlanWarning, UnmanagedObject } from '../../model/plan.ts';
import { NAMED_IN_VERDICT, verdictOpening, verdictParts } from '../verdict.ts';
import { cutMiddle } from '../width.ts';
import {
  capitalised,
  driftWords,
  groupByKind,
  headingOf,
  NO_CHANGES,
  REFUSED,
  UNMANAGED,
} from '../wording.ts';
import { ACTION_CLASSES, changesSection } from './changes.ts';
import { impactSection } from './impact.ts';
import { nameList, placeTag, sentence } from './inline.ts';
import { masthead, numberItem, readableTime } from './masthead.ts';
import { page } from './page.ts';
import { SHIFTS_STYLE, shiftsSection } from './shifts.ts';
import { foreign, type Html, html } from './template.ts';

export interface HtmlOptions {
  /** Named after the verdict. */
  drift?: Drift | null;
}

/** Columns of a name in the headline; it stands below in full. */
const HEADLINE_NAME = 48;
/** More warnings than this are folded. */
const OPEN_WARNINGS = 5;

/**
 * The plan as one self-contained file for a browser: the verdict, whom it concerns, then every field, with
 * filters that need no script. Nothing is loaded, and nothing is left out.
 */
export function renderPlanHtml(plan: Plan, { drift = null }: HtmlOptions = {}): string {
  const head = masthead({
    what: 'Plan for a Chaport account',
    headline: headline(plan),
    account: plan.account,
    numbers: numbersOf(plan),
  });
  const body = html`${head}
<main>
${refusalSection(plan.refusals)}
${drift === null ? null : driftSection(drift)}
${impactSection(plan.changes)}
${changesSection(plan.changes)}
${plan.shifts ? shiftsSection(plan.shifts) : null}
${unmanagedDetails(plan.unmanaged)}
${warningDetails(plan.warnings)}
</main>
<footer>
${facts(plan)}
</footer>`;
  return page(titleOf(plan), body, plan.shifts ? SHIFTS_STYLE : '');
}

function titleOf({ summary, refusals }: Plan): string {
  const total = summary.create + summary.update + summary.delete;
  const refused = refusals.length > 0 ? 'Refused plan' : 'Plan';
  if (total === 0) return `${refused}: no changes`;
  return `${refused}: ${summary.create} to create, ${summary.update} to update, ${summary.delete} to delete`;
}

function headline({ changes, refusals }: Plan): Html {
  const isRefused = refusals.length > 0;
  if (changes.length === 0) return html`${isRefused ? 'This plan is refused.' : NO_CHANGES}`;
  const what = verdictParts(changes, NAMED_IN_VERDICT).map((part) =>
    typeof part === 'string' ? part : html`<b>${foreign(cutMiddle(part.key, HEADLINE_NAME))}</b>`,
  );
  return html`${verdictOpening(isRefused)} ${what}.`;
}

function numbersOf({ summary }: Plan): Html[] {
  return [
    numberItem(summary.create, 'to create', ACTION_CLASSES.create),
    numberItem(summary.update, 'to update', ACTION_CLASSES.update),
    numberItem(summary.delete, 'to delete', ACTION_CLASSES.delete),
    numberItem(summary.unchanged, 'unchanged'),
    numberItem(summary.unmanaged, 'unmanaged'),
  ];
}

function refusalSection(refusals: readonly PlanRefusal[]): Html | null {
  if (refusals.length === 0) return null;
  const items = refusals.map(
    ({ message, hint, source }) =>
      html`<li><p>${sentence(message)}${source ? html` ${placeTag(source)}` : null}</p>${hint === undefined ? null : html`<p class="quiet">${sentence(hint)}</p>`}</li>`,
  );
  return html`<section class="notice refused" aria-labelledby="refused"><h2 id="refused"><span aria-hidden="true">✕</span> ${REFUSED}</h2><ul>${items}</ul></section>`;
}

function driftSection(drift: Drift): Html {
  const names = drift.concerns.map(
    ({ kind, key }) => html`<span class="quiet">${kindNamed(kind).noun.one}</span> ${foreign(key)}`,
  );
  const { title, explanation } = driftWords(drift);
  return html`<section class="notice drift" aria-labelledby="drift"><h2 id="drift">${title}</h2><p>${sentence(capitalised(explanation))}</p>${names.length > 0 ? nameList(names, 'long') : null}</section>`;
}

function unmanagedDetails(unmanaged: readonly UnmanagedObject[]): Html | null {
  if (unmanaged.length === 0) return null;
  const groups = groupByKind(unmanaged).map(
    ({ kind, items }) =>
      html`<h3>${headingOf(kind)} <span class="number">${items.length}</span></h3><ul class="names">${items.map(({ key }) => html`<li>${foreign(key)}</li>`)}</ul>`,
  );
  return html`<details class="aside"><summary><h2>${UNMANAGED} <span class="number">${unmanaged.length}</span></h2></summary>${groups}</details>`;
}

function warningDetails(warnings: readonly PlanWarning[]): Html | null {
  if (warnings.length === 0) return null;
  const items = warnings.map(
    ({ message, source }) => html`<li>${sentence(message)}${source ? html` ${placeTag(source)}` : null}</li>`,
  );
  const body = html`<summary><h2>Warnings <span class="number">${warnings.length}</span></h2></summary><ul class="warnings">${items}</ul>`;
  return warnings.length <= OPEN_WARNINGS
    ? html`<details class="aside" open>${body}</details>`
    : html`<details class="aside">${body}</details>`;
}

/** What the plan was made of, and how to apply this one and no other. */
function facts({ config, createdAt, digest, tool, changes, refusals }: Plan): Html {
  const files = config.files.map((file) => (file === '-' ? '<stdin>' : file));
  const canApply = changes.length > 0 && refusals.length === 0;
  const command = html`<div><dt>To apply exactly this</dt><dd><code>chaportctl apply --expect-digest ${foreign(digest)}</code></dd></div>`;
  return html`<dl class="facts"><div><dt>Files</dt><dd>${nameList(files.map(foreign), 'long')}</dd></div><div><dt>Made</dt><dd>${readableTime(createdAt)} by ${foreign(tool)}</dd></div><div><dt>Digest</dt><dd><code>${foreign(digest)}</code></dd></div>${canApply ? command : null}</dl>`;
}
