import type { SinceThen } from '../../model/drift.ts';
import type { Plan, PlanRefusal, PlanWarning } from '../../model/plan.ts';
import { applyCommandFor } from '../apply-command.ts';
import { asOf, noChanges } from '../closing.ts';
import { peopleIn } from '../people.ts';
import { NAMED_IN_VERDICT, verdictOpening, verdictParts } from '../verdict.ts';
import { cutMiddle } from '../width.ts';
import { REFUSED } from '../wording.ts';
import { ACTION_CLASSES, changesSection } from './changes.ts';
import { impactSection } from './impact.ts';
import { advice, nameList, placeTag, sentence } from './inline.ts';
import { masthead, numberItem, readableTime } from './masthead.ts';
import { page } from './page.ts';
import { SHIFTS_STYLE, shiftsSection } from './shifts.ts';
import { foreign, type Html, html } from './template.ts';
import { sinceSections, unmanagedSection } from './unmanaged.ts';

export interface HtmlOptions {
  /** Named after the verdict. */
  since?: SinceThen | null;
}

/** Columns of a name in the headline; it stands below in full. */
const HEADLINE_NAME = 48;
/** More warnings than this are folded. */
const OPEN_WARNINGS = 5;

/**
 * The plan as one self-contained file for a browser: the verdict, whom it concerns, then every field, with
 * filters that need no script. Nothing is loaded, and nothing is left out.
 */
export function renderPlanHtml(plan: Plan, { since = null }: HtmlOptions = {}): string {
  const head = masthead({
    what: 'Plan for a Chaport account',
    headline: headline(plan),
    account: plan.account,
    numbers: numbersOf(plan),
  });
  const time = asOf(plan);
  const body = html`${head}
${time === null ? null : html`<p>${time}</p>`}
<main>
${refusalSection(plan.refusals)}
${sinceSections(since, plan)}
${impactSection(plan.changes)}
${changesSection(plan.changes)}
${plan.shifts ? shiftsSection(plan.shifts) : null}
${unmanagedSection(plan)}
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

function headline(plan: Plan): Html {
  const { changes, refusals } = plan;
  const isRefused = refusals.length > 0;
  if (changes.length === 0) return html`${isRefused ? 'This plan is refused.' : noChanges(plan)}`;
  const people = peopleIn(changes);
  const what = verdictParts(changes, NAMED_IN_VERDICT).map((part) => {
    if (typeof part === 'string') return part;
    const name = people.get(part.key);
    const shown = html`<b>${foreign(cutMiddle(part.key, HEADLINE_NAME))}</b>`;
    return name === undefined ? shown : html`${shown} (${foreign(cutMiddle(name, HEADLINE_NAME))})`;
  });
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
      html`<li><p>${sentence(message)}${source ? html` ${placeTag(source)}` : null}</p>${hint === undefined ? null : html`<p class="quiet">${advice(hint)}</p>`}</li>`,
  );
  return html`<section class="notice refused" aria-labelledby="refused"><h2 id="refused"><span aria-hidden="true">✕</span> ${REFUSED}</h2><ul>${items}</ul></section>`;
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
function facts(plan: Plan): Html {
  const { config, createdAt, digest, tool, changes, refusals, at } = plan;
  const files = config.files.map((file) => (file === '-' ? '<stdin>' : file));
  const canApply = changes.length > 0 && refusals.length === 0 && at === undefined;
  const command = html`<div><dt>To apply exactly this</dt><dd><code>${foreign(applyCommandFor(plan))}</code></dd></div>`;
  return html`<dl class="facts"><div><dt>Files</dt><dd>${nameList(files.map(foreign), 'long')}</dd></div><div><dt>Made</dt><dd>${readableTime(createdAt)} by ${foreign(tool)}</dd></div><div><dt>Digest</dt><dd><code>${foreign(digest)}</code></dd></div>${canApply ? command : null}</dl>`;
}
