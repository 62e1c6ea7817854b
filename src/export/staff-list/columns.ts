import { statusKind } from '../../model/kinds/status.ts';
import { plainWord, STATUS_WORDS } from '../../model/kinds/usual-words.ts';
import { quoted } from '../../model/written-entry.ts';
import type { Faults } from './faults.ts';
import { FIELDS, type Field, type NameableColumn, type NamedColumn } from './fields.ts';
import { type Column, fieldOf, looksLike, meaningOf } from './headings.ts';
import type { Row } from './rows.ts';

/** Which column of the list holds what. */
export class Columns {
  /** What each column is, in the order of the list. */
  readonly meanings: readonly (Column | null)[];
  /** Sentences about columns that are not used. */
  readonly notes: readonly string[];

  constructor({ cells, line }: Row, rows: readonly Row[], named: readonly NamedColumn[], faults: Faults) {
    const meanings = cells.map((heading): { column: Column; rank: number } | null => {
      const wish = named.find((one) => isSameHeading(one.heading, heading));
      if (wish) return { column: wish.column, rank: 0 };
      const meaning = meaningOf(heading);
      const isReplaced = meaning !== null && named.some(({ column }) => replaces(column, meaning.column));
      return isReplaced ? null : meaning;
    });
    for (const { heading } of named.filter(
      (one) => !cells.some((cell) => isSameHeading(one.heading, cell)),
    )) {
      const columns = cells.filter(Boolean).map(quoted).join(', ');
      faults.add(
        line,
        'missing-column',
        `there is no column ${quoted(heading)}`,
        `the columns are ${columns}`,
      );
    }
    const reasons = new Map<number, string>();
    for (const [at, meaning] of meanings.entries()) {
      const because = meaning && unfit(meaning.column, cells[at] ?? '', rows, at);
      if (!because || named.some((one) => isSameHeading(one.heading, cells[at] ?? ''))) continue;
      reasons.set(at, because);
      meanings[at] = null;
    }
    this.meanings = namesSettled(bestOfEach(meanings));
    complainOfTwins(this.meanings, cells, line, faults);
    if (!this.has('email')) complainOfNoEmail(cells, rows, line, faults);
    this.notes = notesOn(cells, this.meanings, reasons);
  }

  has(column: Column): boolean {
    return this.meanings.includes(column);
  }
}

function isSameHeading(a: string, b: string): boolean {
  return a === b || (plainWord(a) !== '' && plainWord(a) === plainWord(b));
}

/** Whether a column that is named by hand takes the place of one that is found. */
function replaces(column: NameableColumn, found: Column): boolean {
  return column === found || (column === 'name' && fieldOf(found) === 'name');
}

/** The same thing under a lesser name is not used. */
function bestOfEach(meanings: readonly ({ column: Column; rank: number } | null)[]): (Column | null)[] {
  const best = new Map<Column, number>();
  for (const meaning of meanings) {
    if (meaning) best.set(meaning.column, Math.min(meaning.rank, best.get(meaning.column) ?? meaning.rank));
  }
  const isDisplayName = best.get('name') === 1;
  const hasOtherName = best.has('ownName') || (best.has('firstName') && best.has('lastName'));
  return meanings.map((meaning) => {
    if (!meaning || meaning.rank !== best.get(meaning.column)) return null;
    return meaning.column === 'name' && isDisplayName && hasOtherName ? null : meaning.column;
  });
}

/** "Name" beside "Vorname" is the last name, "Nombre" beside "Apellidos" the first one. */
function namesSettled(columns: readonly (Column | null)[]): (Column | null)[] {
  const [hasFirst, hasLast] = [columns.includes('firstName'), columns.includes('lastName')];
  if (hasFirst === hasLast) return columns.map((column) => (column === 'ownName' ? 'name' : column));
  const part = hasFirst ? 'lastName' : 'firstName';
  return columns.map((column) => (column === 'ownName' ? part : column));
}

const SALUTATION =
  /^(?:dr|prof|dipl|mag|ing|mr|mrs|ms|miss|mx|herr|frau|m|mme|mlle|sr|sra|srta|hr|fr|г-н|г-жа)\b\.?/iu;

/** Why a column is not what its heading says, by what is in it; null where it is. */
function unfit(column: Column, heading: string, rows: readonly Row[], at: number): string | null {
  if (column !== statusKind.name && column !== 'jobTitle') return null;
  const words = rows.map(({ cells }) => cells[at] ?? '').filter((cell) => cell !== '');
  if (column === statusKind.name) {
    if (words.length > 0 && words.some((word) => STATUS_WORDS.has(plainWord(word)))) return null;
    return words.length === 0 ? null : `says nothing of the chat (${countsOf(words)}) and is not used`;
  }
  if (
    !/^tit/i.test(plainWord(heading)) ||
    words.length === 0 ||
    !words.every((word) => SALUTATION.test(word))
  )
    return null;
  return 'is not a job and is not used';
}

const MOST_COUNTED = 4;

function countsOf(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const parts = [...counts].slice(0, MOST_COUNTED).map(([word, count]) => `${quoted(word)} ${count}`);
  return `${parts.join(', ')}${counts.size > MOST_COUNTED ? ', …' : ''}`;
}

function complainOfTwins(
  columns: readonly (Column | null)[],
  cells: readonly string[],
  line: number,
  faults: Faults,
): void {
  for (const column of new Set(columns)) {
    const twins = cells.filter((_cell, at) => column !== null && columns[at] === column);
    if (column === null || twins.length < 2) continue;
    const advice =
      new Set(twins.map(plainWord)).size === twins.length
        ? `give --column ${column}=HEADER to say which is meant, or remove one of them`
        : 'remove one of them';
    faults.add(
      line,
      'repeated-column',
      `two columns mean ${column}: ${twins.map(quoted).join(' and ')}`,
      advice,
    );
  }
}

function complainOfNoEmail(
  cells: readonly string[],
  rows: readonly Row[],
  line: number,
  faults: Faults,
): void {
  const shown = cells.filter(Boolean).map(quoted).join(', ');
  if (cells.some((cell) => cell.includes('@'))) {
    faults.add(
      line,
      'missing-column',
      'the first line of the staff list is a person already',
      `write a line above it that names the columns: ${FIELDS.join(', ')}`,
    );
    return;
  }
  const at = cells.findIndex((_cell, index) => rows.some((row) => /.@.+\../.test(row.cells[index] ?? '')));
  const heading = cells[at];
  faults.add(
    line,
    'missing-column',
    `the staff list has no column for e-mail addresses; its header is ${shown}`,
    heading
      ? `addresses stand in ${quoted(heading)}: ${flagFor('email', heading) ?? 'call that column "email"'}`
      : `a line at the top names the columns: ${FIELDS.join(', ')}`,
  );
}

function flagFor(field: Field, heading: string): string | null {
  if (!/^[\p{L}\p{N} ._-]+$/u.test(heading)) return null;
  return `--column ${field}=${/\s/.test(heading) ? `"${heading}"` : heading}`;
}

function notesOn(
  cells: readonly string[],
  columns: readonly (Column | null)[],
  reasons: ReadonlyMap<number, string>,
): string[] {
  const notes: string[] = [];
  const others: string[] = [];
  for (const [at, heading] of cells.entries()) {
    if (columns[at] !== null || heading === '') continue;
    const because = reasons.get(at);
    const meaning = meaningOf(heading);
    const field = meaning ? fieldOf(meaning.column) : looksLike(heading);
    if (because !== undefined) notes.push(`The column ${quoted(heading)} ${because}.`);
    else if (field === null) others.push(heading);
    else {
      const used = cells.find((_cell, index) => columns[index] && fieldOf(columns[index]) === field);
      const flag = flagFor(field, heading);
      const way = flag === null ? '' : `: ${flag} would use it`;
      notes.push(
        `The column ${quoted(heading)} looks like ${field} and is not used${used === undefined ? way : `, since ${quoted(used)} is${way}`}.`,
      );
    }
  }
  if (others.length > 0)
    notes.push(
      `Columns that were not used: ${others.map((heading) => quoted(heading).slice(1, -1)).join(', ')}`,
    );
  return notes;
}
