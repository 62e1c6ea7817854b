import { kindNamed } from '../../model/kinds/index.ts';
import type { PlannedChange } from '../../model/plan.ts';
import type { PlanComparison, ValueDifference } from '../../model/plan-comparison.ts';
import { comparisonSentence, differenceName, PLAN_NAMES, type PlanNames } from '../comparison.ts';
import { type People, peopleIn } from '../people.ts';
import { ACTION_CLASSES, badge } from './changes.ts';
import { keyOf, personTag, placeTag, sentence, valueTag } from './inline.ts';
import { masthead, numberItem } from './masthead.ts';
import { page } from './page.ts';
import { foreign, type Html, html, type Part } from './template.ts';

/** What differs between two plans, as one self-contained file for a browser: the verdict, then change by change. */
export function renderComparisonHtml(
  comparison: PlanComparison,
  { names = PLAN_NAMES }: { names?: PlanNames } = {},
): string {
  const { isSame, setting, onlyNew, onlyOld, differing, digests } = comparison;
  const people = peopleIn([...onlyNew, ...onlyOld, ...differing.map(({ change }) => change)]);
  const head = masthead({
    what: 'Two plans for a Chaport account',
    headline: comparisonSentence(comparison),
    account: null,
    numbers: [
      numberItem(onlyNew.length, 'only in the new one'),
      numberItem(onlyOld.length, 'only in the old one'),
      numberItem(differing.length, 'in both, but not the same'),
    ],
  });
  const rows = differing.map(({ change, fields }) => differingCard(change, fields, people));
  const body = html`${head}
<main>
${setting.length === 0 ? null : section('setting', 'Account and secrets', html`<article class="card difference"><div class="body">${differenceTable(setting)}</div></article>`)}
${onlySection('only-new', names.new, onlyNew, people)}
${onlySection('only-old', names.old, onlyOld, people)}
${rows.length === 0 ? null : section('both', 'In both, but not the same', rows)}
</main>
<footer>
<dl class="facts"><div><dt>Old</dt><dd>${fact(names.old, digests.old)}</dd></div><div><dt>New</dt><dd>${fact(names.new, digests.new)}</dd></div></dl>
</footer>`;
  return page(isSame ? 'Two plans that do the same' : 'Two plans that differ', body);
}

function fact(name: string, digest: string): Html {
  return html`${foreign(name)}: <code>${foreign(digest)}</code>`;
}

function section(id: string, title: Part, content: Part): Html {
  return html`<section class="results" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;
}

function onlySection(
  id: string,
  name: string,
  changes: readonly PlannedChange[],
  people: People,
): Html | null {
  if (changes.length === 0) return null;
  const rows = changes.map(
    (change) =>
      html`<li class="change row ${ACTION_CLASSES[change.action]}">${badge(change.action)}<span>${personTag(change.key, people, keyOf(change))}</span>${kindTag(change)}${change.source ? placeTag(change.source) : null}</li>`,
  );
  return section(id, html`Only in ${foreign(name)}`, html`<ul class="rows">${rows}</ul>`);
}

function differingCard(change: PlannedChange, fields: readonly ValueDifference[], people: People): Html {
  const title = html`<h3>${badge(change.action)}<span>${personTag(change.key, people, keyOf(change))} ${kindTag(change)}</span></h3>`;
  return html`<article class="card difference"><header class="${ACTION_CLASSES[change.action]}">${title}</header><div class="body">${differenceTable(fields)}</div></article>`;
}

function kindTag({ kind }: PlannedChange): Html {
  return html`<span class="quiet">${kindNamed(kind).noun.one}</span>`;
}

function differenceTable(rows: readonly ValueDifference[]): Html {
  return html`<table><thead><tr><th scope="col">Field</th><th scope="col">Old</th><th scope="col">New</th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${sentence(differenceName(row))}</th><td class="was"><del>${valueTag(row.old)}</del></td><td class="becomes"><ins>${valueTag(row.new)}</ins></td></tr>`,
  )}</tbody></table>`;
}
