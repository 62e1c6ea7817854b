import { CsvError, parse } from 'csv-parse/sync';
import { addressKey } from '../model/addresses.ts';
import type { DiagnosticCode } from '../model/codes.ts';
import { DiagnosticsError } from '../model/errors.ts';
import { operatorEntry } from '../model/kinds/operator.ts';
import { statusKind } from '../model/kinds/status.ts';
import type { Diagnostic } from '../model/source.ts';
import { literal, quoted } from '../model/written-entry.ts';

/** One person of a staff list, as an entry of the file. Empty cells are left out. */
export type StaffMember = Partial<Record<Column, string>> & { email: string };

const COLUMNS = ['email', 'name', 'jobTitle', 'role', 'language', 'image', statusKind.name] as const;
type Column = (typeof COLUMNS)[number];

/** What a column may be called, in lower case and without what is between words. */
const NAMES: Readonly<Record<string, Column>> = {
  email: 'email',
  emailaddress: 'email',
  mail: 'email',
  name: 'name',
  fullname: 'name',
  jobtitle: 'jobTitle',
  title: 'jobTitle',
  role: 'role',
  language: 'language',
  image: 'image',
  [statusKind.name]: statusKind.name,
};
/** Words of the file format, which people write with a capital. */
const WORDS: readonly Column[] = ['role', statusKind.name];

export interface StaffList {
  members: StaffMember[];
  /** Headers of columns that mean nothing here. */
  unused: string[];
}

interface Row {
  cells: string[];
  /** The line it ends on, from 1. */
  line: number;
}

type Complain = (line: number, code: DiagnosticCode, message: string, hint?: string) => void;

/**
 * Reads a staff list: CSV with a header line, columns in any order, separated by commas,
 * semicolons or tabs, with or without a byte order mark.
 * @throws {DiagnosticsError} with every fault, by line
 */
export function parseStaffList(bytes: Uint8Array, name: string): StaffList {
  const diagnostics: Diagnostic[] = [];
  const complain: Complain = (line, code, message, hint) =>
    diagnostics.push({
      severity: 'error',
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      source: { file: name, line, column: 1 },
    });
  const [header, ...rows] = readRows(bytes, complain);
  const { columns, unused } = header ? readHeader(header, complain) : { columns: [], unused: [] };
  const members = diagnostics.length > 0 ? [] : readMembers(rows, columns, complain);
  if (diagnostics.length === 0 && members.length === 0) {
    complain(1, 'no-rows', 'the staff list is empty', 'write a header line and below it one person a line');
  }
  if (diagnostics.length > 0) throw new DiagnosticsError(diagnostics);
  return { members, unused };
}

function readRows(bytes: Uint8Array, complain: Complain): Row[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    complain(1, 'not-utf-8', 'the staff list is not UTF-8 text', 'save it as "CSV UTF-8"');
    return [];
  }
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      trim: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    complain(
      line,
      'csv-syntax',
      error.message,
      'put a cell with quotes in it in quotes, and double those inside',
    );
    return [];
  }
}

/** The one that the header line has most of, outside quotes. */
function delimiterOf(text: string): string {
  const [header = ''] = text.trimStart().split(/\r?\n/, 1);
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function readHeader(
  { cells, line }: Row,
  complain: Complain,
): { columns: (Column | null)[]; unused: string[] } {
  const columns = cells.map((cell) => NAMES[cell.toLowerCase().replace(/[^\p{L}]/gu, '')] ?? null);
  for (const column of new Set(columns)) {
    const names = cells.filter((_cell, at) => column !== null && columns[at] === column);
    if (names.length > 1) {
      complain(
        line,
        'repeated-column',
        `two columns mean ${column}: ${names.map(quoted).join(' and ')}`,
        'remove one of them',
      );
    }
  }
  if (!columns.includes('email')) {
    complain(
      line,
      'missing-column',
      `the staff list has no column for e-mail addresses; its header is ${cells.map(quoted).join(', ')}`,
      `the first line names the columns: ${COLUMNS.join(', ')}`,
    );
  }
  return { columns, unused: cells.filter((cell, at) => columns[at] === null && cell !== '') };
}

function readMembers(
  rows: readonly Row[],
  columns: readonly (Column | null)[],
  complain: Complain,
): StaffMember[] {
  const lines = new Map<string, number>();
  return rows.flatMap(({ cells, line }) => {
    if (cells.length > columns.length) {
      complain(
        line,
        'extra-cell',
        `this row has ${cells.length} cells, and the header has ${columns.length}`,
        'put a cell that holds the delimiter in quotes',
      );
      return [];
    }
    const member = readMember(cells, columns, (message, hint) =>
      complain(line, 'invalid-value', message, hint),
    );
    if (member === null) return [];
    const key = addressKey(member.email);
    const first = lines.get(key);
    if (first !== undefined) {
      complain(
        line,
        'duplicate-operator',
        `${quoted(member.email)} stands in line ${first} already`,
        'keep one of the two rows',
      );
    }
    lines.set(key, line);
    return [member];
  });
}

function readMember(
  cells: readonly string[],
  columns: readonly (Column | null)[],
  complain: (message: string, hint?: string) => void,
): StaffMember | null {
  const member: Partial<Record<Column, string>> = {};
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? '';
    if (column === null || cell === '') continue;
    const value = WORDS.includes(column) ? cell.toLowerCase() : cell;
    const result = operatorEntry.shape[column].safeParse(value);
    if (result.success) member[column] = literal(value);
    else complain(`${column} must be ${result.error.issues[0]?.message}; found ${quoted(cell)}`);
  }
  const { email } = member;
  if (email !== undefined) return { ...member, email };
  const at = columns.indexOf('email');
  if ((cells[at] ?? '') === '') complain('this row has no e-mail address', 'fill it in, or remove the row');
  return null;
}
