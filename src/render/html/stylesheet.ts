/*
 * Three measures hold the page together: one column of at most 62rem, one text size for what is read and one for
 * what is looked up, and colour only where it says create, update or delete, always beside the word.
 */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --paper: #f7f6f3; --card: #ffffff; --sunken: #f1f0ec; --line: #dedbd3;
  --ink: #1d2125; --quiet: #5a6068; --accent: #24518f;
  --create: #1b6332; --create-tint: #e6f3e8;
  --update: #24518f; --update-tint: #e6eef9;
  --delete: #a1242c; --delete-tint: #fbeaea;
  --weighty: #7a4b00; --weighty-tint: #fbf1dc;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", "Liberation Serif", serif;
  --mono: ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #15181b; --card: #1d2125; --sunken: #262b30; --line: #383e45;
    --ink: #e4e6e8; --quiet: #a3abb4; --accent: #8fb8f0;
    --create: #85d09a; --create-tint: #19301f;
    --update: #8fb8f0; --update-tint: #1a2a40;
    --delete: #f3a0a0; --delete-tint: #3d1f22;
    --weighty: #e8bd6d; --weighty-tint: #372a12;
  }
}

*, ::before, ::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body {
  margin: 0 auto; max-width: 62rem; padding: 3rem 1.5rem 4rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 var(--sans); overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, ul, dl, dd, figure, fieldset { margin: 0; padding: 0; border: 0 }
ul { list-style: none }
h1 { font: 400 1.75rem/1.35 var(--serif); text-wrap: pretty; max-width: 36em }
h1 b { font-weight: 600 }
h2 { font: 600 1.25rem/1.3 var(--serif) }
h3 { font: 600 1rem/1.4 var(--sans) }
h4 { font: inherit }
main > section, main > details { margin-top: 2.5rem }
.quiet, .empty { color: var(--quiet) }
.empty { font-style: italic }
.number { color: var(--quiet); font: 400 .875rem var(--sans); font-variant-numeric: tabular-nums }
.value { white-space: pre-wrap }
.escape { color: var(--quiet); font-family: var(--mono); font-size: .875em }
.notice .escape { color: inherit }
.place { color: var(--quiet); font: .8125rem/1.5 var(--mono); direction: ltr; unicode-bidi: isolate }
code { font: .875em/1.5 var(--mono); user-select: all }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px }

.top { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; align-items: flex-start }
.verdict { flex: 1 1 28rem; min-width: 0 }
.account { flex: 0 1 19rem; min-width: 0; border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: .75rem 1rem; font-size: .9375rem; display: grid; gap: .375rem }
.account p > .quiet:first-child { display: block; font-size: .8125rem }
.eyebrow { color: var(--quiet); font-size: .875rem; margin-bottom: .75rem }
.summary { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin-top: 1.25rem; color: var(--quiet); font-variant-numeric: tabular-nums }
.summary .create { color: var(--create) }
.summary .update { color: var(--update) }
.summary .delete { color: var(--delete) }

.notice { border: 1px solid var(--line); border-inline-start: 5px solid var(--quiet); border-radius: 6px; background: var(--card); padding: 1.25rem 1.5rem }
.notice ul { margin-top: .75rem; display: grid; gap: .75rem }
.notice.refused { border-color: var(--delete); background: var(--delete-tint) }
.notice.refused h2 { color: var(--delete) }
.notice.refused .quiet, .notice.refused .place { color: inherit }
.notice.drift { border-inline-start-color: var(--weighty) }
.notice.drift h2 { color: var(--weighty) }
.notice.drift p { margin-top: .5rem }

.impact { margin-top: .75rem; border-top: 1px solid var(--line) }
.impact > div { display: grid; grid-template-columns: 15rem 1fr; gap: .25rem 1.5rem; padding: .75rem 0; border-bottom: 1px solid var(--line) }
.impact dt { font-weight: 600 }
.impact .grave dt { color: var(--delete) }
.impact .weighty dt { color: var(--weighty) }
.names { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: .25rem 1.5rem }
.names.long { grid-template-columns: 1fr }
.more { margin-top: .5rem }
.more[open] summary { margin-bottom: .5rem }
summary { cursor: pointer; width: fit-content; color: var(--accent) }
summary h2 { display: inline; color: var(--ink) }

.filters { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin-top: .75rem; padding: .625rem 0; position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--line) }
.filters fieldset { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; min-width: 0 }
.filters legend { float: inline-start; color: var(--quiet); font-size: .875rem; padding: 0 }
.filters label { display: inline-flex; align-items: center; gap: .4rem; min-height: 2rem; cursor: pointer }
.filters input { width: 1.05rem; height: 1.05rem; margin: 0; accent-color: var(--accent) }
.nothing-shown { margin-top: 1.5rem; color: var(--quiet) }
.group { margin-top: 1.5rem }
.group h3 { margin-bottom: .625rem }

.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem 1.25rem }
.card + .card { margin-top: .75rem }
.card header { display: flex; justify-content: space-between; align-items: baseline; gap: .25rem 1.5rem }
.card :is(h3, h4) { flex: 1; min-width: 0; display: grid; grid-template-columns: auto 1fr; align-items: baseline }
.key { font-weight: 600 }
.who { color: var(--quiet) }
h3 :is(.who, .quiet) { font-weight: 400 }
.lot { font-weight: 600 }
.lot-names { flex: 1 1 100% }
.names .key { font-weight: inherit }
.names + .names { margin-top: .25rem }
header.page + p { margin-top: .75rem }
.key-more { font: 400 .875rem/1.5 var(--mono); display: block }
.badge { display: inline-block; min-width: 5.25rem; margin-inline-end: .5rem; padding: 0 .5rem; border-radius: 4px; font-size: .875rem; line-height: 1.5rem; white-space: nowrap }
.symbol { display: inline-block; width: 1.1em; font-family: var(--mono); font-weight: 700 }
.create > .badge, .create > :is(header, h3) .badge { color: var(--create); background: var(--create-tint) }
.update > .badge, .update > :is(header, h3) .badge { color: var(--update); background: var(--update-tint) }
.delete > .badge, .delete > :is(header, h3) .badge { color: var(--delete); background: var(--delete-tint) }
.effects { display: flex; flex-wrap: wrap; gap: .125rem 1.25rem; margin-top: .375rem; color: var(--quiet) }
.effects li::before { content: "! "; font-weight: 700 }
.card.weighty .effects { color: var(--weighty); font-weight: 600 }
.card.weighty.delete .effects { color: var(--delete) }
.pruned { color: var(--quiet); font-size: .875rem; margin-top: .25rem }
.body { display: flex; flex-wrap: wrap; gap: 1rem 1.5rem; margin-top: .875rem; align-items: start }
.body:empty { display: none }

table { flex: 1 1 100%; min-width: 0; width: 100%; border-collapse: collapse; table-layout: fixed }
th, td { text-align: start; vertical-align: top; padding: .3125rem .625rem; border-top: 1px solid var(--line) }
th:first-child { width: 8.5rem; padding-inline-start: 0 }
thead th { border: 0; padding-block: 0 .25rem; color: var(--quiet); font-weight: 400; font-size: .8125rem }
tbody th { font: .875rem/1.7 var(--mono) }
del, ins { text-decoration: none }
:is(.update, .difference) .was { background: var(--delete-tint) }
:is(.update, .difference) .becomes { background: var(--create-tint) }
td .empty { color: inherit }
.create > .body > table, .create > .body tr, .create > .body th, .create > .body td,
.delete > .body > table, .delete > .body tr, .delete > .body th, .delete > .body td { display: block; border: 0; padding: 0; width: auto }
.create > .body thead, .delete > .body thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.create > .body tbody, .delete > .body tbody { display: flex; flex-wrap: wrap; gap: .125rem 1.75rem }
.create > .body tr, .delete > .body tr { display: flex; gap: .5rem; align-items: baseline; min-width: 0 }
.create > .body th, .delete > .body th { color: var(--quiet); flex: none }

.visitors { flex: 1 1 100%; min-width: 0 }
.visitors summary { font-size: .875rem }
.faces { background: var(--sunken); border-radius: 6px; padding: .75rem; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); gap: .75rem; margin-top: .5rem }
.face { display: grid; grid-template-columns: auto 1fr; gap: .25rem .75rem; background: var(--card); border-radius: 10px; padding: .625rem .75rem .75rem; align-content: start }
.when { grid-column: 1 / -1; color: var(--quiet); font-size: .8125rem }
.avatar { width: 2.5rem; height: 2.5rem; border-radius: 50%; display: grid; place-items: center; overflow: hidden; background: var(--update-tint); color: var(--update); font-weight: 600 }
.face-name { font-weight: 600 }
.face-title, .face-image { font-size: .875rem }
.face-image { color: var(--quiet) }
mark { background: none; color: inherit; text-decoration: underline 2px var(--create); text-underline-offset: .2em }

.rows { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .25rem 1.25rem }
.row { display: grid; grid-template-columns: auto minmax(0, 1fr) minmax(0, 1fr) auto; gap: .125rem 1rem; padding: .5rem 0; align-items: baseline }
.result { grid-template-columns: auto minmax(0, 1fr) auto }
.told { font-size: .875rem }
.why { font-weight: 600 }
.results h2, .aside h2 { margin-bottom: .625rem }
.unsure { color: var(--weighty) }
.result.row .badge { color: var(--ink); background: var(--sunken) }
.row + .row { border-top: 1px solid var(--line) }

.aside h3 { margin: 1rem 0 .375rem }
.warnings { margin-top: .75rem; display: grid; gap: .5rem }
.warnings li { padding-inline-start: 1.25rem; text-indent: -1.25rem }
.warnings li::before { content: "!"; display: inline-block; width: 1.25rem; text-indent: 0; font-weight: 700; color: var(--weighty) }

footer { margin-top: 3.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .875rem }
.facts > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1.5rem; padding: .1875rem 0 }

@media (max-width: 44rem) {
  body { padding: 1.5rem 1rem 3rem }
  h1 { font-size: 1.375rem }
  .account { flex-basis: 100% }
  main > section, main > details { margin-top: 2rem }
  .notice, .card { padding: .875rem 1rem 1rem }
  .impact > div, .facts > div { grid-template-columns: 1fr }
  .filters { position: static; gap: .25rem }
  .filters fieldset { width: 100% }
  .filters legend { float: none; width: 100% }
  .filters label { min-height: 2.75rem }
  .card header { flex-direction: column; align-items: stretch }
  .card :is(h3, h4) { grid-template-columns: 1fr; justify-items: start; gap: .25rem }
  .rows { padding: .25rem 1rem }
  .row { grid-template-columns: 1fr }
  .row .badge { width: fit-content }
  :is(.update, .difference) > .body :is(table, tbody, tr, th, td) { display: block }
  :is(.update, .difference) > .body thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  :is(.update, .difference) > .body tbody th, :is(.update, .difference) > .body th:first-child { border: 0; padding: .5rem 0 .25rem; width: auto }
  :is(.update, .difference) > .body td { border: 0; display: grid; grid-template-columns: 4rem 1fr; padding: .25rem .5rem }
  :is(.update, .difference) > .body td::before { color: var(--quiet); font-size: .8125rem; line-height: 1.5rem }
  .create > .body tbody, .delete > .body tbody { flex-direction: column }
  .update > .body td.was::before { content: "Before" }
  .update > .body td.becomes::before { content: "After" }
  .difference > .body td.was::before { content: "Old" }
  .difference > .body td.becomes::before { content: "New" }
}

@media print {
  @page { margin: 16mm 14mm }
  :root { --paper: #fff; --sunken: #fff; --line: #bbb }
  html { font-size: 12px }
  body { max-width: none; padding: 0; font-size: 9pt; line-height: 1.35 }
  main > section, main > details { margin-top: 1.25rem }
  footer { margin-top: 1.25rem; padding-top: .75rem }
  .filters, .visitors:not([open]) { display: none }
  summary { list-style: none }
  .more summary, .visitors summary { display: none }
  details:not(.visitors)::details-content { content-visibility: visible; block-size: auto }
  .card { padding: .375rem .75rem .5rem }
  .card + .card { margin-top: .375rem }
  .body { margin-top: .25rem; gap: .375rem 1rem }
  .group { margin-top: .75rem }
  .impact > div { padding: .375rem 0 }
  .row { padding: .1875rem 0 }
  .notice { padding: .75rem 1rem }
  th, td { padding-block: .125rem }
  .card, .row, .face, .notice li, .names > li { break-inside: avoid }
  h2, h3, .card header { break-after: avoid }
  .face { border: 1px solid var(--line) }
  .badge, .avatar, .was, .becomes { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`;
