import type { Complaints } from '../complaints.ts';
import { SourceFile } from '../source/source-file.ts';

interface Foreign {
  what: string;
  hint: string;
}

const BEGINNINGS: readonly [readonly number[], Foreign][] = [
  [
    [0x50, 0x4b, 0x03, 0x04],
    {
      what: 'an Excel workbook or another packed file',
      hint: 'a staff list is saved as CSV first (in Excel: Save as, CSV UTF-8), and then read by `chaportctl import STAFF.csv --into FILE`',
    },
  ],
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    {
      what: 'an old Excel workbook or Word document',
      hint: 'a staff list is saved as CSV first (in Excel: Save as, CSV UTF-8), and then read by `chaportctl import STAFF.csv --into FILE`',
    },
  ],
  [[0x25, 0x50, 0x44, 0x46], { what: 'a PDF', hint: 'name the YAML file with --file' }],
];

const STAFF_LIST: Foreign = {
  what: 'a staff list (CSV)',
  hint: '`chaportctl import STAFF.csv --into FILE` brings it into a configuration, `chaportctl init --operators STAFF.csv` begins one',
};

/** Whether the file is one of another kind altogether; then that is the one thing that is said of it. */
export function isForeignFile(
  name: string,
  index: number,
  bytes: Uint8Array,
  complaints: Complaints,
): boolean {
  const foreign =
    BEGINNINGS.find(([start]) => start.every((byte, at) => bytes[at] === byte))?.[1] ?? foreignText(bytes);
  if (!foreign) return false;
  complaints.add({
    code: 'not-a-configuration',
    message: `this is ${foreign.what}, not a configuration`,
    hint: foreign.hint,
    place: { file: new SourceFile(name, index, ''), offset: 0, length: 1 },
  });
  return true;
}

/** Enough of a file to tell what it is. */
const BEGINNING = 8_192;

function foreignText(bytes: Uint8Array): Foreign | null {
  const text = new TextDecoder().decode(bytes.subarray(0, BEGINNING)).trimStart();
  if (/^<(?:!doctype|html|\?xml)/i.test(text)) {
    return { what: 'a web page', hint: 'name the YAML file with --file' };
  }
  if (/^[{[]/.test(text)) return foreignJson(bytes, text);
  return isStaffList(text) ? STAFF_LIST : null;
}

function foreignJson(bytes: Uint8Array, beginning: string): Foreign | null {
  if (!/"(?:formatVersion|result|id|\$schema)"/.test(beginning)) return null;
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
  if (has(document, 'formatVersion') && has(document, 'changes')) {
    const isReport = has(document, 'converged');
    return {
      what: isReport ? 'the report of an apply' : 'a saved plan',
      hint: isReport
        ? '`chaportctl plan --since FILE` compares with it'
        : '`chaportctl apply FILE` applies it',
    };
  }
  if (has(document, '$schema') && has(document, 'properties')) {
    return { what: 'the schema of configurations', hint: 'name the YAML file with --file' };
  }
  const list = has(document, 'result') ? document.result : document;
  const [first] = Array.isArray(list) ? list : [list];
  const isObject = has(first, 'id') && (has(first, 'email') || has(first, 'targetUrl'));
  if (!isObject) return null;
  return {
    what: 'an answer of the Chaport API',
    hint: '`chaportctl export --out chaport.yaml` writes what an account holds as a configuration',
  };
}

function has<Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}

/** By its header: columns, one of them for addresses. */
function isStaffList(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '' && !/^sep=.$/i.test(line.trim()));
  const rows = lines.slice(0, 2).map((line) => line.split(/[,;\t]/));
  const [header = [], row = []] = rows;
  if (header.length < 2 || /^\s*#|:\s|^[\w-]+:$/.test(lines[0] ?? '')) return false;
  const isAddress = (cell: string) =>
    /e-?mail|correo|почта/i.test(cell) || /^"?[^\s@:]+@[^\s@:]+"?$/.test(cell.trim());
  return header.some(isAddress) || (row.length === header.length && row.some(isAddress));
}
