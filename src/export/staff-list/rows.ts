import { CsvError, type Options, parse } from 'csv-parse/sync';
import type { Faults } from './faults.ts';

export interface Row {
  cells: string[];
  /** The line it ends on, from 1. */
  line: number;
}

/** How the rows of a text are written, and which of them names the columns. */
interface Layout {
  text: string;
  /** Lines in front of `text`. */
  skipped: number;
  delimiter: string;
  /** The heading row's place among those with something in them. */
  headingAt: number;
  /** How many of its headings are known. */
  known: number;
}

const DELIMITERS = [',', ';', '\t'];
/** So far down a heading row may stand: above it are titles and blank rows. */
const MOST_TITLES = 20;
const HEAD_LENGTH = 50_000;

/** Tells the delimiter and the heading row: of all readings, the one with the most known headings. */
export function layoutOf(whole: string, isKnown: (heading: string) => boolean): Layout {
  const lines = whole.replace(/\r\n?/g, '\n');
  const [line = '', named] = /^\ufeff?"?sep=([^\n"]|\t)"?[;,\t]*\n/i.exec(lines) ?? [];
  const text = lines.slice(line.length);
  const layouts = (named === undefined ? DELIMITERS : [named]).map((delimiter) => {
    const rows = headOf(text, delimiter);
    const counts = rows.map(({ cells }) => cells.filter(isKnown).length);
    const known = Math.max(0, ...counts);
    const headingAt =
      known > 0
        ? counts.indexOf(known)
        : Math.max(
            0,
            rows.findIndex(({ cells }) => cells.length > 1),
          );
    const width = rows[headingAt]?.cells.length ?? 0;
    return { text, skipped: line === '' ? 0 : 1, delimiter, headingAt, known, width };
  });
  return layouts.reduce((best, next) =>
    next.known > best.known || (next.known === best.known && next.width > best.width) ? next : best,
  );
}

function headOf(text: string, delimiter: string): Row[] {
  try {
    return readRows(text.slice(0, HEAD_LENGTH), delimiter, { to: MOST_TITLES });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // What is wrong with it is said later, with its line.
    return text
      .split('\n', MOST_TITLES)
      .map((line, at) => ({ cells: line.split(delimiter).map(cleanText), line: at + 1 }));
  }
}

function readRows(text: string, delimiter: string, options: Options = {}): Row[] {
  const records = parse(text, {
    delimiter,
    record_delimiter: '\n',
    bom: true,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_records_with_empty_values: true,
    ...options,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  return records.map(({ record, info }) => ({ cells: record.map(cleanText), line: info.lines }));
}

/** One line, without blanks at its ends and what nobody sees, in the one spelling of its letters. */
function cleanText(cell: string): string {
  return cell
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
}

/** The heading row, and those below it. */
export function rowsBelowHeading(layout: Layout, faults: Faults): { heading: Row | undefined; rows: Row[] } {
  const { text, skipped, delimiter, headingAt } = layout;
  try {
    const all = readRows(text, delimiter).map(({ cells, line }) => ({ cells, line: line + skipped }));
    return { heading: all[headingAt], rows: all.slice(headingAt + 1) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const open = lineOfOpenQuote(text, delimiter);
    faults.add(
      (open ?? (typeof error.lines === 'number' ? error.lines : 1)) + skipped,
      'csv-syntax',
      open === null ? error.message : 'a quote (") that opens in this line is never closed',
      'put a cell with quotes in it in quotes, and double those inside',
    );
    return { heading: undefined, rows: [] };
  }
}

function lineOfOpenQuote(text: string, delimiter: string): number | null {
  let line = 1;
  let open: number | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\n') line += 1;
    else if (character !== '"') continue;
    else if (open !== null) {
      if (text[at + 1] === '"') at += 1;
      else open = null;
    } else if (at === 0 || text[at - 1] === '\n' || text[at - 1] === delimiter) open = line;
  }
  return open;
}
