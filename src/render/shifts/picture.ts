import type { ShiftsDocument } from '../../model/rota/document.ts';
import { Html, html } from '../html/template.ts';
import { displayWidth } from '../width.ts';
import {
  type Bar,
  type Board,
  type BoardSpan,
  boardOf,
  type Day,
  daysInWords,
  type PersonRow,
  shareOut,
} from './board.ts';
import { PICTURE_STYLE, SHIFT_CLASSES } from './picture-style.ts';

/** A size in which the picture is drawn: a week side by side, or a day below the other where that has no room. */
interface Size {
  name: 'wide' | 'narrow';
  width: number;
  /** Of the names beside the rows; 0: they stand above them. */
  labels: number;
  daysInBlock: number;
}

/** @param labels of the longest name. */
const wide = (labels: number): Size => ({ name: 'wide', width: 1000, labels, daysInBlock: 7 });
const NARROW: Size = { name: 'narrow', width: 360, labels: 0, daysInBlock: 1 };

const LANE = 24;
const GAP_BETWEEN_ROWS = 6;
const HEAD = 38;
const LABEL_ABOVE = 18;
const BETWEEN_BLOCKS = 18;
/** As wide as a letter of the picture's text is, on average. */
const LETTER = 6.6;
const LETTER_OF_LABEL = 7.6;
const WIDEST_LABEL = 240;
/** A quarter of a year. A page of two pictures that are longer is a burden to a browser. */
const MOST_DAYS_TWICE = 92;

/** The rota as one picture for a file of its own. */
export function renderShiftsSvg(document: ShiftsDocument): string {
  const board = boardOf(document);
  const size = sizeFor(board);
  const { markup, height } = blocksOf(board, size);
  const title = titleOf(document);
  const margin = 16;
  const head = 34;
  const box = { width: size.width + 2 * margin, height: height + head + 2 * margin };
  return `${html`<svg xmlns="http://www.w3.org/2000/svg" class="rota" role="img" aria-labelledby="rota-title" width="${box.width}" height="${box.height}" viewBox="0 0 ${box.width} ${box.height}">
<title id="rota-title">${title}</title>
<style>${Html.ofTrusted(PICTURE_STYLE)}</style>
<rect class="paper" width="${box.width}" height="${box.height}"/>
${hatch('wide')}
<text class="heading" x="${margin}" y="${margin + 16}">${title}</text>
<g transform="translate(${margin} ${margin + head})">${markup}</g>
</svg>
`}`;
}

/**
 * The same as a part of a page, for wide screens and for narrow ones: the style shows one of them. A long one is
 * there once, and narrow screens move along it.
 */
export function picturesOf(document: ShiftsDocument, board: Board): Html {
  const isLong = board.days.length > MOST_DAYS_TWICE;
  const pictures = [sizeFor(board), ...(isLong ? [] : [NARROW])].map((size) => {
    const { markup, height } = blocksOf(board, size);
    return html`<svg class="rota ${isLong ? 'long' : size.name}" role="img" aria-label="${titleOf(document)}" viewBox="0 0 ${size.width} ${height}">${hatch(size.name)}${markup}</svg>`;
  });
  if (!isLong) return html`${pictures}`;
  return html`<div class="rota-long" role="region" aria-label="Picture of the rota" tabindex="0">${pictures}</div>`;
}

function sizeFor({ people, rules }: Board): Size {
  const labels = [...people.map(({ who }) => who), ...rules.map(({ rule }) => ruleLabel(rule))];
  const longest = Math.max(8, ...labels.map(displayWidth));
  return wide(Math.min(WIDEST_LABEL, Math.ceil(longest * LETTER_OF_LABEL) + 14));
}

export function titleOf(document: ShiftsDocument): string {
  return `Rota of ${daysInWords(document)}, ${document.timeZone}`;
}

/** Days off are hatched. */
function hatch(name: Size['name']): Html {
  return html`<defs><pattern id="hatch-${name}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="off-ground" width="7" height="7"/><line class="off-line" x1="0" y1="0" x2="0" y2="7"/></pattern></defs>`;
}

interface Drawn {
  markup: Html;
  height: number;
}

function blocksOf(board: Board, size: Size): Drawn {
  let height = 0;
  const parts = partsOf(board, size.daysInBlock);
  const drawBar = barDrawer(board);
  const blocks = parts.map((part, index) => {
    const block = blockOf(part, size, drawBar);
    const placed = html`<g transform="translate(0 ${height})">${block.markup}</g>`;
    height += block.height + (index < parts.length - 1 ? BETWEEN_BLOCKS : 0);
    return placed;
  });
  if (board.people.length === 0) {
    blocks.push(html`<text class="label" x="0" y="${height + 4}">Nobody is on shift.</text>`);
    height += 20;
  }
  return { markup: html`${blocks}`, height };
}

/** The board cut into parts of so many days, each with what lies in it. */
function partsOf(board: Board, daysInBlock: number): Part[] {
  const count = Math.ceil(board.days.length / daysInBlock);
  const parts = Array.from({ length: count }, (_none, index) => {
    const days = board.days.slice(index * daysInBlock, (index + 1) * daysInBlock);
    return { days, from: days.at(0)?.from ?? 0, until: days.at(-1)?.until ?? 1 };
  });
  const people = board.people.map(({ who, bars, off }) => ({
    who,
    bars: shareOut(bars, parts),
    off: shareOut(off, parts),
  }));
  const rules = board.rules.map(({ rule, gaps }) => ({ rule, gaps: shareOut(gaps, parts) }));
  return parts.map(({ days, from, until }, index) => ({
    days,
    span: { from, until },
    people: people.map(({ who, bars, off }) => ({ who, bars: bars[index] ?? [], off: off[index] ?? [] })),
    rules: rules.map(({ rule, gaps }) => ({ rule, gaps: gaps[index] ?? [] })),
  }));
}

interface Part extends Pick<Board, 'days' | 'people' | 'rules'> {
  span: BoardSpan;
}

/** Where a time of the block is, from left to right. */
interface Scale {
  x(instant: number): number;
}

function blockOf({ days, span, people: everybody, rules }: Part, size: Size, drawBar: DrawBar): Drawn {
  const room = size.width - size.labels - 1;
  const scale: Scale = {
    x: (instant) => {
      const within = Math.min(Math.max(instant, span.from), span.until);
      return round(size.labels + ((within - span.from) / (span.until - span.from)) * room);
    },
  };
  const people = everybody.filter(({ bars, off }) => size.labels > 0 || bars.length > 0 || off.length > 0);
  let y = HEAD;
  const rows: Html[] = [];
  const addRow = (row: Drawn) => {
    rows.push(html`<g transform="translate(0 ${y})">${row.markup}</g>`);
    y += row.height + GAP_BETWEEN_ROWS;
  };
  for (const person of people) addRow(personRow(person, drawBar, scale, size));
  for (const { rule, gaps } of rules) {
    if (gaps.length > 0) addRow(ruleRow(rule, gaps, scale, size));
  }
  if (people.length === 0) {
    rows.push(html`<text class="label" x="4" y="${y + 12}">nobody</text>`);
    y += 20;
  }
  return { markup: html`${dayGrid(days, scale, y)}${rows}`, height: y };
}

function dayGrid(days: readonly Day[], { x }: Scale, height: number): Html[] {
  const last = days.at(-1);
  return [
    ...days.map(({ from, until, name }) => {
      const width = x(until) - x(from);
      const quarters = [0.25, 0.5, 0.75].map((share) => {
        const at = x(from + (until - from) * share);
        const hour = width >= 90 ? html`<text class="hour" x="${at}" y="32">${24 * share}</text>` : null;
        return html`<line class="hour-line" x1="${at}" y1="${HEAD}" x2="${at}" y2="${height}"/>${hour}`;
      });
      return html`<line class="day-line" x1="${x(from)}" y1="0" x2="${x(from)}" y2="${height}"/><text class="day" x="${x(from) + 5}" y="14">${name}</text>${quarters}`;
    }),
    html`<line class="day-line" x1="${x(last?.until ?? 0)}" y1="0" x2="${x(last?.until ?? 0)}" y2="${height}"/>`,
  ];
}

function personRow({ who, bars, off }: PersonRow, drawBar: DrawBar, scale: Scale, size: Size): Drawn {
  const top = size.labels > 0 ? 0 : LABEL_ABOVE;
  const lanes = lanesOf(bars);
  const count = Math.max(1, ...lanes.map((lane) => lane + 1));
  const height = top + count * LANE;
  const hatched = off.map((away) => {
    const box = boxOf(away, scale);
    const label = fitting(away.note, box.width);
    // On its own ground: letters on a hatching are hard to read.
    const ground = html`<rect class="off-ground" x="${box.x + 3}" y="${top + 4}" width="${label.length * LETTER + 4}" height="16"/>`;
    return html`<g><title>${who}: ${away.note}</title><rect class="off" fill="url(#hatch-${size.name})" x="${box.x}" y="${top}" width="${box.width}" height="${count * LANE}"/>${label === '' ? null : html`${ground}<text class="off-label" x="${box.x + 5}" y="${top + 16}">${label}</text>`}</g>`;
  });
  const drawn = bars.map((bar, index) => drawBar(bar, boxOf(bar, scale), top + (lanes[index] ?? 0) * LANE));
  return { markup: html`${rowLabel(who, 'label', size, height)}${hatched}${drawn}`, height };
}

type DrawBar = (bar: Bar, box: { x: number; width: number }, y: number) => Html;

/** Many bars of a long rota look alike and differ in place and person: what they share is made once. */
function barDrawer({ shifts, signs }: Board): DrawBar {
  const drawn = new Map<string, Html>();
  const draw = (shift: string, width: number): Html => {
    const whole = fitting(shift, width);
    const label = whole === shift ? whole : fitting(signs.get(shift) ?? '', width);
    return html`<rect class="shift" rx="3" x="0.5" y="1" width="${Math.max(1, width - 1)}" height="${LANE - 2}"/>${label === '' ? null : html`<text class="shift-label" x="5" y="16">${label}</text>`}`;
  };
  return ({ entry: { shift, who }, words }, { x, width }, y) => {
    const key = `${width} ${shift}`;
    const shared = drawn.get(key) ?? draw(shift, width);
    drawn.set(key, shared);
    const className = SHIFT_CLASSES[shifts.indexOf(shift) % SHIFT_CLASSES.length] ?? '';
    return html`<g class="${className}" transform="translate(${x} ${y})"><title>${who}: ${words}</title>${shared}</g>`;
  };
}

function ruleRow(rule: string, gaps: Board['rules'][number]['gaps'], scale: Scale, size: Size): Drawn {
  const top = size.labels > 0 ? 0 : LABEL_ABOVE;
  const drawn = gaps.map(({ gap, words, ...span }) => {
    const box = boxOf(span, scale);
    const label = fitting(`−${gap.needed - gap.online}`, box.width + 4);
    return html`<g><title>${rule}: ${words}</title><rect class="gap" x="${box.x}" y="${top + 1}" width="${Math.max(2, box.width)}" height="${LANE - 2}"/>${label === '' ? null : html`<text class="gap-label" x="${box.x + 3}" y="${top + 16}">${label}</text>`}</g>`;
  });
  const height = top + LANE;
  return { markup: html`${rowLabel(ruleLabel(rule), 'rule', size, height)}${drawn}`, height };
}

function ruleLabel(rule: string): string {
  return `! ${rule}`;
}

function rowLabel(text: string, className: 'label' | 'rule', { labels, width }: Size, height: number): Html {
  const line = html`<line class="row-line" x1="0" y1="${height + GAP_BETWEEN_ROWS / 2}" x2="${width}" y2="${height + GAP_BETWEEN_ROWS / 2}"/>`;
  const room = labels > 0 ? labels - 8 : width - 8;
  return html`${line}<text class="${className}" x="${labels > 0 ? 0 : 4}" y="${labels > 0 ? 16 : 13}">${cutTo(text, room)}</text>`;
}

function boxOf(span: BoardSpan, { x }: Scale): { x: number; width: number } {
  return { x: x(span.from), width: round(x(span.until) - x(span.from)) };
}

/** The text where it has room, else nothing. */
function fitting(text: string, room: number): string {
  return displayWidth(text) * LETTER + 6 <= room ? text : '';
}

function cutTo(text: string, room: number): string {
  const letters = Math.floor(room / LETTER_OF_LABEL);
  return displayWidth(text) <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

/** Bars that overlap stand below each other. */
function lanesOf(bars: readonly BoardSpan[]): number[] {
  const ends: number[] = [];
  return bars.map(({ from, until }) => {
    const free = ends.findIndex((end) => end <= from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = until;
    return lane;
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
