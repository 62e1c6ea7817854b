import type { FieldChange } from '../../model/change.ts';
import { kindNamed } from '../../model/kinds/index.ts';
import type { ApplyReport, ChangeResult, Outcome } from '../../model/report.ts';
import { asTheFileSays, noChanges } from '../closing.ts';
import { adviceFor, haltIn } from '../go-on.ts';
import { type People, peopleIn } from '../people.ts';
import { CONVERGED, capitalised, count, effortOf, OUTCOME_WORDS } from '../wording.ts';
import { badge } from './changes.ts';
import { nameList, personTag, sentence, valueTag } from './inline.ts';
import { masthead, numberItem, readableTime } from './masthead.ts';
import { page } from './page.ts';
import { foreign, type Html, html, joinWith } from './template.ts';

/** What went wrong is read first. */
const URGENCY: readonly Outcome[] = ['failed', 'unknown', 'skipped', 'applied'];
/** More applied changes than this are folded away. */
const OPEN_APPLIED = 10;
/** Names of classes: from this list alone, whatever a document claims. */
const TONES: Record<Outcome, string> = {
  failed: 'delete',
  unknown: 'unsure',
  skipped: 'unsure',
  applied: 'create',
};

/** What an apply did, as one self-contained file for a browser: how it ended, what is left, then each change. */
export function renderReportHtml(report: ApplyReport): string {
  const people = peopleIn([...report.changes, ...report.remaining]);
  const { summary } = report;
  const head = masthead({
    what: 'What an apply did to a Chaport account',
    headline: verdictOf(report),
    account: report.account,
    numbers: URGENCY.toReversed().map((outcome) =>
      numberItem(summary[outcome], outcome, summary[outcome] > 0 ? TONES[outcome] : ''),
    ),
  });
  const body = html`${head}
<main>
${problemSection(report)}
${leftSection(report, people)}
${URGENCY.map((outcome) => resultsSection(outcome, report, people))}
</main>
<footer>
${facts(report)}
</footer>`;
  return page(titleOf(report), body);
}

function titleOf({ converged, summary }: ApplyReport): string {
  return `Apply ${converged ? 'done' : 'not finished'}: ${summary.applied} applied, ${summary.failed} failed`;
}

function verdictOf(report: ApplyReport): string {
  const { converged, changes, remaining } = report;
  if (converged) return changes.length === 0 ? noChanges(report) : asTheFileSays(report);
  const left = remaining.length === 0 ? '' : `: ${count(remaining.length, CHANGES)} left`;
  return `The account is not as the file says${left}.`;
}

const CHANGES = { one: 'change is', many: 'changes are' };

function problemSection(report: ApplyReport): Html | null {
  const interruption = haltIn(report);
  const { verificationError } = report;
  const problems = [
    ...(interruption === null ? [] : [interruption]),
    ...(verificationError === undefined ? [] : [capitalised(verificationError)]),
  ];
  if (problems.length === 0) return null;
  return html`<section class="notice refused" aria-labelledby="problem"><h2 id="problem"><span aria-hidden="true">✕</span> ${interruption === null ? 'Not confirmed' : 'Stopped early'}</h2><ul>${problems.map((problem) => html`<li>${sentence(problem)}</li>`)}</ul></section>`;
}

function leftSection(report: ApplyReport, people: People): Html | null {
  const { converged, remaining, changes } = report;
  if (converged) return changes.length === 0 ? null : html`<p class="quiet">${CONVERGED}</p>`;
  const left = remaining.map(
    ({ action, kind, key }) =>
      html`<span class="quiet">${action} ${kindNamed(kind).noun.one}</span> ${personTag(key, people)}`,
  );
  const advice = adviceFor(report, null).map(
    ({ text, command }) =>
      html`<p>${text}${command === undefined ? null : html` <code>${foreign(command)}</code>`}</p>`,
  );
  if (left.length === 0 && advice.length === 0) return null;
  return html`<section class="notice drift" aria-labelledby="left"><h2 id="left">Still to do</h2>${left.length === 0 ? null : nameList(left, 'long')}${advice}</section>`;
}

function resultsSection(outcome: Outcome, { changes }: ApplyReport, people: People): Html | null {
  const results = changes.filter((result) => result.outcome === outcome);
  if (results.length === 0) return null;
  const title = html`<h2>${OUTCOME_WORDS[outcome].heading} <span class="number">${results.length}</span></h2>`;
  const rows = html`<ul class="rows">${results.map((result) => resultRow(result, people))}</ul>`;
  if (outcome === 'applied' && results.length > OPEN_APPLIED) {
    return html`<details class="aside"><summary>${title}</summary>${rows}</details>`;
  }
  return html`<section class="results">${title}${rows}</section>`;
}

function resultRow(result: ChangeResult, people: People): Html {
  const { error, note, attempts, action } = result;
  const why = [error, note].filter((text) => text !== undefined);
  const effort = attempts > 0 ? effortOf(result) : null;
  const fields = joinWith(
    ', ',
    fieldsOf(result).map((field) => fieldWords(field, action)),
  );
  return html`<li class="result row">${badge(action)}<div>${personTag(result.key, people)}<p class="quiet told">${fields}</p>${why.map((text) => html`<p class="why">${sentence(text)}</p>`)}</div><span class="quiet">${effort}</span></li>`;
}

/** Without those that say nothing; of what was deleted all that is needed to make it again. */
function fieldsOf({ kind, action, fields }: ChangeResult): FieldChange[] {
  const { keyFields } = kindNamed(kind);
  if (action === 'update') return fields;
  return fields.filter(({ path, before, after }) => {
    const value = before ?? after;
    return value !== null && value !== '' && !keyFields.includes(path);
  });
}

function fieldWords({ path, before, after }: FieldChange, action: ChangeResult['action']): Html {
  const value =
    action === 'update' ? html`${valueTag(before)} → ${valueTag(after)}` : valueTag(before ?? after);
  return html`${path} ${value}`;
}

function facts({ config, finishedAt, tool, planDigest }: ApplyReport): Html {
  const files = config.files.map((file) => (file === '-' ? '<stdin>' : file));
  return html`<dl class="facts"><div><dt>Files</dt><dd>${nameList(files.map(foreign), 'long')}</dd></div><div><dt>Ended</dt><dd>${readableTime(finishedAt)}, ${foreign(tool)}</dd></div><div><dt>Plan</dt><dd><code>${foreign(planDigest)}</code></dd></div></dl>`;
}
