import { addressKey } from '../../model/addresses.ts';
import { operatorEntry } from '../../model/kinds/operator.ts';
import { statusKind } from '../../model/kinds/status.ts';
import { plainWord, ROLE_WORDS, STATUS_WORDS } from '../../model/kinds/usual-words.ts';
import { literal, quoted } from '../../model/written-entry.ts';
import { Columns } from './columns.ts';
import { decodeStaffList } from './decode.ts';
import { Faults } from './faults.ts';
import { FIELDS, type Field, type NamedColumn } from './fields.ts';
import { type Column, meaningOf } from './headings.ts';
import { languageTag } from './languages.ts';
import { layoutOf, type Row, rowsBelowHeading } from './rows.ts';

/** One person of a staff list, as an entry of the file. Empty cells are left out. */
export type StaffMember = Partial<Record<Field, string>> & { email: string };

export interface StaffList {
  members: StaffMember[];
  /** What the person should know of how it was read, in sentences. */
  notes: string[];
}

export interface StaffListOptions {
  columns?: readonly NamedColumn[];
  /** Whether somebody with this address (as compared) can do without a name. Default: everybody can. */
  isKnown?: (key: string) => boolean;
}

/**
 * Reads a staff list: CSV with a heading row, columns in any order, separated by commas, semicolons
 * or tabs, under their usual names.
 * @throws {DiagnosticsError} with every fault, by line
 */
export function parseStaffList(
  bytes: Uint8Array,
  name: string,
  { columns: named = [], isKnown = () => true }: StaffListOptions = {},
): StaffList {
  const isHeading = (cell: string) =>
    meaningOf(cell) !== null || named.some(({ heading }) => plainWord(heading) === plainWord(cell));
  const { text, note } = decodeStaffList(bytes, name, (decoded) => layoutOf(decoded, isHeading).known);
  const faults = new Faults(name);
  const { heading, rows } = rowsBelowHeading(layoutOf(text, isHeading), faults);
  faults.throwIfAny();
  if (!heading || rows.length === 0) {
    faults.add(1, 'no-rows', 'the staff list is empty', 'write a header line and below it one person a line');
  }
  const columns = heading ? new Columns(heading, rows, named, faults) : null;
  faults.throwIfAny();
  const members = columns ? new MemberReader(columns, heading?.cells ?? [], faults).read(rows, isKnown) : [];
  faults.throwIfAny();
  return { members, notes: [...(note === null ? [] : [note]), ...(columns?.notes ?? [])] };
}

/** What the words of a field mean; null for one that is not known. */
const WORDS: Readonly<Partial<Record<Field, (text: string) => string | null>>> = {
  role: (text) => ROLE_WORDS.get(plainWord(text)) ?? null,
  language: languageTag,
  [statusKind.name]: (text) => STATUS_WORDS.get(plainWord(text)) ?? null,
};

class MemberReader {
  readonly #columns: Columns;
  readonly #headings: readonly string[];
  readonly #faults: Faults;

  constructor(columns: Columns, headings: readonly string[], faults: Faults) {
    this.#columns = columns;
    this.#headings = headings;
    this.#faults = faults;
  }

  read(rows: readonly Row[], isKnown: (key: string) => boolean): StaffMember[] {
    const lines = new Map<string, number>();
    const nameless: number[] = [];
    const members = rows.flatMap((row) => {
      const member = this.#member(row);
      if (member === null) return [];
      const key = addressKey(member.email);
      const first = lines.get(key);
      lines.set(key, row.line);
      if (first !== undefined) {
        const message = `${quoted(member.email)} stands in line ${first} already`;
        this.#faults.add(row.line, 'duplicate-operator', message, 'keep one of the two rows');
      }
      if (member.name === undefined && !isKnown(key)) nameless.push(row.line);
      return [member];
    });
    this.#complainOfNameless(nameless);
    return members;
  }

  #complainOfNameless(lines: readonly number[]): void {
    const hasColumn = this.#columns.meanings.some(
      (column) =>
        column === 'name' || column === 'firstName' || column === 'lastName' || column === 'lastThenFirst',
    );
    const message = hasColumn
      ? 'a new person has no name, and nobody can be invited without one'
      : 'the staff list has no column for names, and nobody can be invited without one';
    const hint = hasColumn
      ? 'fill it in'
      : 'add a column "Name", or say which it is with --column name=HEADER';
    for (const line of lines) this.#faults.add(line, 'missing-name', message, hint);
  }

  #member({ cells, line }: Row): StaffMember | null {
    const { meanings } = this.#columns;
    if (cells.slice(meanings.length).some((cell) => cell !== '')) {
      this.#faults.add(
        line,
        'extra-cell',
        `this row has ${cells.length} cells, and the header has ${meanings.length}`,
        'put a cell that holds the delimiter in quotes',
      );
      return null;
    }
    const cellOf = (column: Column) => cells[meanings.indexOf(column)] ?? '';
    const { address, name: ofAddress } = readAddress(cellOf('email'));
    const name = nameOf(cellOf) || ofAddress;
    const textOf = (field: Field) => (field === 'email' ? address : field === 'name' ? name : cellOf(field));
    const member: Partial<Record<Field, string>> = {};
    for (const field of FIELDS) {
      const cell = textOf(field);
      if (cell === '') continue;
      const value = this.#value(field, cell, line);
      if (value !== null) member[field] = literal(value);
    }
    const { email } = member;
    if (email !== undefined) return { ...member, email };
    if (address === '') {
      this.#faults.add(
        line,
        'invalid-value',
        'this row has no e-mail address',
        'fill it in, or remove the row',
      );
    }
    return null;
  }

  /** As the file writes it; null after a complaint. */
  #value(field: Field, cell: string, line: number): string | null {
    const read = WORDS[field];
    const value = read ? read(cell) : cell;
    const result = operatorEntry.shape[field].safeParse(value ?? cell);
    if (value !== null && result.success) return value;
    const expected =
      field === 'language' ? 'a language such as en, de or German' : result.error?.issues[0]?.message;
    const heading = this.#headings[this.#columns.meanings.indexOf(field)] ?? field;
    const hint =
      field === 'role'
        ? `where ${quoted(heading)} holds job titles, give --column jobTitle=HEADER with its name`
        : undefined;
    this.#faults.add(line, 'invalid-value', `${field} must be ${expected}; found ${quoted(cell)}`, hint);
    return null;
  }
}

/** `Anke Berg <anke@acme.example>`, `mailto:anke@acme.example`, or the address alone. */
function readAddress(cell: string): { address: string; name: string } {
  const [, name = '', inside] = /^(.*)<([^<>]+)>[;,]?$/.exec(cell) ?? [];
  const address = (inside ?? cell).trim().replace(/^mailto:/i, '');
  return { address, name: name.trim().replace(/^["'](.*)["']$/, '$1') };
}

function nameOf(cellOf: (column: Column) => string): string {
  const whole = cellOf('name');
  if (whole !== '') return whole;
  const turned = cellOf('lastThenFirst');
  if (turned !== '') return turned.replace(/^([^,]+), *([^,]+)$/, '$2 $1');
  return [cellOf('firstName'), cellOf('lastName')].filter((part) => part !== '').join(' ');
}
