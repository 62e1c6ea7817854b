import { spanWords } from '../../model/rota/clock-words.ts';
import type { ShiftEntry, ShiftsDocument } from '../../model/rota/document.ts';
import { type Board, boardOf, daysInWords, gapWords } from '../shifts/board.ts';
import { picturesOf } from '../shifts/picture.ts';
import { PAGE_STYLE, PICTURE_STYLE } from '../shifts/picture-style.ts';
import { nameList, placeTag } from './inline.ts';
import { page } from './page.ts';
import { foreign, type Html, html, joinWith } from './template.ts';

export const SHIFTS_STYLE = PICTURE_STYLE + PAGE_STYLE;

/** The rota as one self-contained file for a browser: the picture, its gaps, and every shift in words. */
export function renderShiftsHtml(document: ShiftsDocument): string {
  const { gaps } = document;
  const body = html`<header class="page">
<p class="eyebrow">Rota of a Chaport account</p>
<h1>${daysInWords(document)}</h1>
<ul class="summary"><li><b>${document.shifts.length}</b> shifts</li><li${gaps.length > 0 ? html` class="delete"` : null}><b>${gaps.length}</b> ${gaps.length === 1 ? 'gap' : 'gaps'}</li><li>${document.timeZone}</li></ul>
</header>
<main>
${shiftsSection(document)}
</main>`;
  return page(`Rota: ${daysInWords(document)}`, body, SHIFTS_STYLE);
}

/** The picture with what belongs to it, for any page whose style has `SHIFTS_STYLE`. */
export function shiftsSection(document: ShiftsDocument): Html {
  const board = boardOf(document);
  return html`<section aria-labelledby="rota"><h2 id="rota">Who is on when</h2><p class="quiet">${daysInWords(document)}, ${document.timeZone}</p>${picturesOf(document, board)}${keyOf(board)}${gapList(document)}${shiftList(document, board)}</section>`;
}

/** What the signs in the picture mean. */
function keyOf({ signs: signsOfShifts, people, rules }: Board): Html | null {
  if (people.length === 0) return null;
  const signs = [...signsOfShifts].map(([shift, sign]) => html`<li><b>${sign}</b> ${foreign(shift)}</li>`);
  const off = people.some((row) => row.off.length > 0) ? html`<li><b>hatched</b> off</li>` : null;
  const gaps = rules.length > 0 ? html`<li><b>−1</b> one person too few</li>` : null;
  return html`<ul class="rota-key">${signs}${off}${gaps}</ul>`;
}

function gapList({ gaps, timeZone }: ShiftsDocument): Html | null {
  if (gaps.length === 0) return null;
  const items = gaps.map(
    (gap) => html`${foreign(gap.rule)}: ${gapWords(gap, timeZone)} ${placeTag(gap.source)}`,
  );
  return html`<div class="rota-gaps"><h3>Gaps</h3>${nameList(items, 'long')}</div>`;
}

/** For whoever cannot see the picture, or wants the exact times: a line for all who are on a shift together. */
function shiftList({ shifts, timeZone }: ShiftsDocument, board: Board): Html | null {
  if (shifts.length === 0) return null;
  const together = new Map<string, ShiftEntry[]>();
  for (const entry of shifts) {
    const key = `${entry.from} ${entry.until} ${entry.shift}`;
    const others = together.get(key);
    if (others) others.push(entry);
    else together.set(key, [entry]);
  }
  const names = new Map(board.people.map(({ who }) => [who, foreign(who)]));
  const rows = Array.from(together.values(), (entries) => {
    const [{ shift, from, until }] = entries as [ShiftEntry];
    const people = joinWith(
      ', ',
      entries.map(({ who }) => names.get(who) ?? null),
    );
    return html`<tr><th scope="row">${foreign(shift)}</th><td>${people}</td><td>${spanWords(from, until, timeZone)}</td></tr>`;
  });
  return html`<details class="more rota-list"><summary>Every shift in words</summary><table><thead><tr><th scope="col">Shift</th><th scope="col">Who</th><th scope="col">When</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}
