import { momentOf, spanWords } from '../../model/rota/clock-words.ts';
import type { ShiftEntry, ShiftsComparison, ShiftsDocument } from '../../model/rota/document.ts';
import { escapeForTerminal } from '../escape.ts';
import { joinBlocks, markedSentence } from '../text/lines.ts';
import { type Layout, layoutFor, type TextOptions } from '../text/style.ts';
import { cutMiddle, displayWidth, padTo, wrapWords } from '../width.ts';
import { placeOf } from '../wording.ts';
import {
  type Bar,
  type Board,
  type BoardSpan,
  boardOf,
  type Day,
  daysInWords,
  gapWords,
  overlapOf,
  type RuleRow,
  shareOut,
} from './board.ts';

/** How many cells a day may have: each has a whole number of minutes. */
const FINENESS = [48, 24, 12, 8, 6, 4];
const DAYS_OF_WEEK = 7;
const NOTHING = '·';
const OFF = '/';

/** A line a person: what they do in each cell of a week, or of a day where a week does not fit. */
export function renderShiftsText(document: ShiftsDocument, options: TextOptions): string {
  const layout = layoutFor(options);
  const board = boardOf(document);
  const title = `Rota of ${daysInWords(document)}, ${escapeForTerminal(document.timeZone)}`;
  if (board.people.length === 0) {
    return joinBlocks([[layout.styles.heading(title)], ['Nobody is on shift.'], gapLines(document, layout)]);
  }
  const grid = gridFor(board, layout);
  const rows = rowsOf(board, grid);
  return joinBlocks([
    [layout.styles.heading(title)],
    ...Array.from({ length: Math.ceil(board.days.length / grid.columns) }, (_none, index) => {
      const first = index * grid.columns;
      return blockLines(rows, { first, end: first + grid.columns }, layout);
    }),
    legendLines(document, board, grid, layout),
    gapLines(document, layout),
    offLines(document, layout),
  ]);
}

interface Grid {
  labelWidth: number;
  /** Cells of a day. */
  cells: number;
  /** Days beside each other. */
  columns: number;
}

/** A line of the grid: a name, and a text for each day. */
interface Row {
  label: string;
  cells: string[];
}

function gridFor({ days, people, rules }: Board, { width }: Layout): Grid {
  const labels = [...people.map(({ who }) => who), ...rules.map(({ rule }) => `! ${rule}`)];
  const longest = Math.max(...labels.map((label) => displayWidth(escapeForTerminal(label))));
  const labelWidth = Math.min(longest, Math.floor(width * 0.35));
  const room = width - labelWidth - 2;
  const columns = Math.min(DAYS_OF_WEEK, days.length);
  const cells = FINENESS.find((count) => columns * (count + 1) - 1 <= room);
  if (cells !== undefined) return { labelWidth, cells, columns };
  return { labelWidth, cells: FINENESS.find((count) => count <= room) ?? 4, columns: 1 };
}

/** Each person and each rule, drawn for all days at once. */
function rowsOf({ days, people, rules, signs }: Board, { labelWidth, cells }: Grid) {
  const cellsOfDays = days.map((day) => cellsOf(day, cells));
  const rowOf = (label: string, drawDay: (day: number, cells: BoardSpan[]) => string): Row => ({
    label: padTo(cutMiddle(escapeForTerminal(label), labelWidth), labelWidth),
    cells: cellsOfDays.map((own, day) => drawDay(day, own)),
  });
  const label = ' '.repeat(labelWidth);
  const names = days.map((day) => padTo(dayName(day, cells), cells));
  return {
    heads: [
      { label, cells: names },
      ...(cells >= 12 ? [{ label, cells: days.map(() => scale(cells)) }] : []),
    ],
    people: people.map(({ who, bars, off }) => {
      const barsOf = shareOut(bars, days);
      const offOf = shareOut(off, days);
      return rowOf(who, (day, own) =>
        own.map((cell) => personCell(cell, barsOf[day] ?? [], offOf[day] ?? [], signs)).join(''),
      );
    }),
    rules: rules.map(({ rule, gaps }) => {
      const gapsOf = shareOut(gaps, days);
      return rowOf(`! ${rule}`, (day, own) => own.map((cell) => ruleCell(cell, gapsOf[day] ?? [])).join(''));
    }),
  };
}

/** The shift that takes most of the cell. */
function personCell(
  cell: BoardSpan,
  bars: readonly Bar[],
  off: readonly BoardSpan[],
  signs: Board['signs'],
): string {
  let most: Bar | null = null;
  let share = 0;
  for (const bar of bars) {
    const own = overlapOf(bar, cell);
    if (own > share) [most, share] = [bar, own];
  }
  if (!most) return off.some((away) => overlapOf(away, cell) > 0) ? OFF : NOTHING;
  const sign = signs.get(most.entry.shift) ?? '#';
  return share === cell.until - cell.from ? sign : sign.toLowerCase();
}

/** How many are missing, at most. */
function ruleCell(cell: BoardSpan, gaps: RuleRow['gaps']): string {
  const missing = gaps.filter((gap) => overlapOf(gap, cell) > 0).map(({ gap }) => gap.needed - gap.online);
  return missing.length === 0 ? ' ' : String(Math.min(9, Math.max(...missing)));
}

function blockLines(
  { heads, people, rules }: ReturnType<typeof rowsOf>,
  { first, end }: { first: number; end: number },
  { styles }: Layout,
): string[] {
  const line = ({ label, cells: own }: Row) => `${label}  ${own.slice(first, end).join('│')}`.trimEnd();
  const [names, ...hours] = heads.map(line);
  return [
    styles.heading(names ?? ''),
    ...hours.map(styles.quiet),
    ...people.map(line),
    ...rules
      .filter((rule) => rule.cells.slice(first, end).some((text) => text.trim() !== ''))
      .map((rule) => styles.error(line(rule))),
  ];
}

function dayName({ name, date }: Day, cells: number): string {
  if (cells >= 10) return name;
  return cells >= 6 ? name.split(' ').slice(0, 2).join(' ') : `${name.slice(0, 2)}${date.slice(-2)}`;
}

/** The hours above a day that has room for them. */
function scale(cells: number): string {
  const step = cells >= 24 ? 3 : 6;
  const hours = Array.from({ length: 24 / step }, (_none, index) => String(index * step));
  return hours.map((hour) => hour.padEnd((cells * step) / 24)).join('');
}

/** A day in which the clocks change has cells that are longer or shorter. */
function cellsOf({ from, until }: Day, count: number): BoardSpan[] {
  const length = (until - from) / count;
  return Array.from({ length: count }, (_none, index) => ({
    from: from + index * length,
    until: from + (index + 1) * length,
  }));
}

function legendLines(
  { shifts, timeZone }: ShiftsDocument,
  board: Board,
  { cells }: Grid,
  { width, styles }: Layout,
): string[] {
  const hours = (24 * 60) / cells;
  const cell = hours >= 60 ? `${hours / 60} h` : `${hours} min`;
  const signs = [...board.signs].map(
    ([shift, sign]) => `${sign} ${escapeForTerminal(shift)} ${hoursOf(shift, shifts, timeZone)}`,
  );
  const keys = [
    ...signs,
    ...(board.people.some(({ off }) => off.length > 0) ? [`${OFF} off`] : []),
    ...(board.rules.length > 0 ? ['! missing people'] : []),
    `a cell is ${cell}, a small letter a part of it`,
  ];
  return wrapWords(keys.map((key) => key.replaceAll(' ', '\u00a0')).join('  '), width).map((line) =>
    styles.quiet(line.replaceAll('\u00a0', ' ').trim()),
  );
}

/** The times of a shift, where they are the same all days; else the first ones. */
function hoursOf(shift: string, entries: readonly ShiftEntry[], timeZone: string): string {
  const times = entries
    .filter((entry) => entry.shift === shift)
    .map(({ from, until }) => `${momentOf(from, timeZone).time}–${momentOf(until, timeZone).time}`);
  const [first = '', ...others] = new Set(times);
  return others.length === 0 ? first : `${first}, …`;
}

function gapLines({ gaps, timeZone }: ShiftsDocument, layout: Layout): string[] {
  if (gaps.length === 0) return [];
  return [
    layout.styles.error('Gaps'),
    ...gaps.flatMap((gap) =>
      markedSentence(
        `  ${layout.styles.error('!')}`,
        `${gap.rule}: ${gapWords(gap, timeZone)} (${placeOf(gap.source)})`,
        layout,
      ),
    ),
  ];
}

function offLines({ off }: ShiftsDocument, layout: Layout): string[] {
  if (off.length === 0) return [];
  return [
    layout.styles.heading('Off'),
    ...off.flatMap(({ who, note, ...days }) =>
      markedSentence('  /', `${who}: ${daysInWords(days)}${note === undefined ? '' : `, ${note}`}`, layout),
    ),
  ];
}

/** What --check says. @param rules how many there are to keep. */
export function renderGapsText(document: ShiftsDocument, rules: number, options: TextOptions): string {
  const layout = layoutFor(options);
  const when = `${daysInWords(document)}, ${escapeForTerminal(document.timeZone)}`;
  if (rules === 0) {
    return joinBlocks([
      [layout.styles.warning('There is no rule to check.')],
      wrapWords('Write what must be covered under "policy.coverage".', layout.width),
    ]);
  }
  const { length } = document.gaps;
  if (length === 0) return joinBlocks([[layout.styles.good(`Covered: no gap in ${when}.`)]]);
  return joinBlocks([
    gapLines(document, layout),
    [layout.styles.error(`${length} ${length === 1 ? 'gap' : 'gaps'} in ${when}.`)],
  ]);
}

/** Who gains and who loses which shift, a line each. */
export function renderComparisonText(
  { gains, loses, ...days }: ShiftsComparison,
  timeZone: string,
  {
    who: looked,
    ...options
  }: TextOptions & { /** The pattern of those who were looked at. */ who?: string | undefined },
): string {
  const layout = layoutFor(options);
  const { error, heading, good } = layout.styles;
  const when = `${daysInWords(days)}, ${escapeForTerminal(timeZone)}`;
  const nobody = looked === undefined ? 'nobody' : `none of ${escapeForTerminal(looked)}`;
  if (gains.length + loses.length === 0) {
    return joinBlocks([[good(`The same: ${nobody} gains or loses a shift in ${when}.`)]]);
  }
  const linesOf = (entries: readonly ShiftEntry[], mark: string) =>
    entries.flatMap(({ shift, who, from, until }) =>
      markedSentence(`  ${mark}`, `${who}: ${shift}, ${spanWords(from, until, timeZone)}`, layout),
    );
  const title = (what: string, { length }: readonly ShiftEntry[]) =>
    length === 0 ? [] : [heading(`${what} (${length})`)];
  return joinBlocks([
    [...title('Gains', gains), ...linesOf(gains, good('+'))],
    [...title('Loses', loses), ...linesOf(loses, error('-'))],
    [heading(`${gains.length} gained, ${loses.length} lost in ${when}.`)],
  ]);
}
