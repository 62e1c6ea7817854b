import { DiagnosticsError } from '../../model/errors.ts';
import { quoted } from '../../model/written-entry.ts';

export interface DecodedList {
  text: string;
  /** Said to the person, where it was not UTF-8. */
  note: string | null;
}

/** The single-byte encodings that spreadsheets still save in. */
const SINGLE_BYTE = ['windows-1252', 'windows-1251'] as const;

/**
 * The text of a staff list: UTF-8, UTF-16, or a single-byte encoding.
 * @param knownHeadings how many headings of a text are known.
 * @throws {DiagnosticsError} for what is no text, or in no encoding that can be told.
 */
export function decodeStaffList(
  bytes: Uint8Array,
  name: string,
  knownHeadings: (text: string) => number,
): DecodedList {
  const what = whatElseItIs(bytes);
  if (what !== null)
    throw refusal(name, 'not-a-text', `this is ${what.what}, and a staff list is text`, what.hint);
  const wide = utf16Of(bytes);
  if (wide !== null)
    return { text: new TextDecoder(wide).decode(bytes), note: `${quoted(name)} was read as UTF-16.` };
  const text = decodeStrictly(bytes);
  if (text !== null) return { text, note: null };
  const [best] = SINGLE_BYTE.map((encoding) => {
    const decoded = new TextDecoder(encoding).decode(bytes);
    return {
      encoding,
      decoded,
      known: knownHeadings(decoded),
      isLikely: hasCyrillicWords(decoded) === (encoding === 'windows-1251'),
    };
  })
    .filter(({ known }) => known > 0)
    .sort((a, b) => b.known - a.known || Number(b.isLikely) - Number(a.isLikely));
  if (!best) {
    throw refusal(name, 'not-utf-8', 'the staff list is not UTF-8 text', 'save it as "CSV UTF-8"');
  }
  const [sample = ''] = /[^\s;,]*[^\0-\u007f][^\s;,]*/.exec(best.decoded) ?? [];
  return {
    text: best.decoded,
    note: `${quoted(name)} is not UTF-8 and was read as ${best.encoding}: check a word such as ${quoted(sample)}. To be sure, save it as "CSV UTF-8".`,
  };
}

const SAVE_AS_CSV =
  'open it in Excel or LibreOffice, choose "Save as", and there "CSV UTF-8"; then give that file';

/** What begins like this is no text, whatever its name says. */
function whatElseItIs(bytes: Uint8Array): { what: string; hint: string } | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  if (head.startsWith('PK\u0003\u0004')) {
    const isOther = head.includes('opendocument.spreadsheet');
    const isWorkbook = /\bxl\/|\[Content_Types\]\.xml/.test(head);
    const what = isOther
      ? 'a LibreOffice workbook (.ods)'
      : isWorkbook
        ? 'an Excel workbook (.xlsx)'
        : 'an Excel workbook or another zip archive';
    return { what, hint: SAVE_AS_CSV };
  }
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0'))
    return { what: 'an old Excel workbook (.xls)', hint: SAVE_AS_CSV };
  if (/^\s*<(?:html|table|!doctype|\?xml|\?mso)/i.test(head.replace(/^\u00ef\u00bb\u00bf/, ''))) {
    return { what: 'a web page or XML, whatever its name says', hint: SAVE_AS_CSV };
  }
  if (head.startsWith('%PDF-'))
    return { what: 'a PDF', hint: 'export the list as CSV from where the PDF was made' };
  return null;
}

/** By its byte order mark, or by a zero byte in the first character. */
function utf16Of([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== undefined)) return 'utf-16be';
  return null;
}

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Western words have such letters here and there, Russian ones throughout. */
function hasCyrillicWords(text: string): boolean {
  const runs = text.match(/[^\0-\u007f]+/g) ?? [];
  return runs.filter((run) => run.length >= 3).length * 2 > runs.length;
}

function refusal(
  file: string,
  code: 'not-a-text' | 'not-utf-8',
  message: string,
  hint: string,
): DiagnosticsError {
  return new DiagnosticsError([
    { severity: 'error', code, message, hint, source: { file, line: 1, column: 1 } },
  ]);
}
