import type { DiagnosticCode } from '../../model/codes.ts';
import type { Diagnostic } from '../../model/source.ts';
import { parseConfig } from '../load.ts';
import { withEdits } from '../mistakes/mended-text.ts';
import type { TextEdit } from '../mistakes/mistake.ts';
import type { ConfigText } from '../source/config-text.ts';
import { MAX_BYTES } from '../source/decode.ts';
import { SourceFile } from '../source/source-file.ts';

/** What editors and word processors broke: mended, it says what the person saw while typing. */
const BROKEN_BY_PROGRAMS: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  'tab-indentation',
  'odd-space',
  'curly-quotes',
  'missing-space',
  'missing-quotes',
  'indentation',
]);

/** Whether `fmt --fix` mends it. */
export function isMendedByFormat({ code, fix }: Pick<Diagnostic, 'code' | 'fix'>): boolean {
  return fix !== undefined && BROKEN_BY_PROGRAMS.has(code);
}

/** One slip that was mended, with its line before and after. */
export interface MendedSlip {
  diagnostic: Diagnostic;
  before: string;
  after: string;
}

/** Mending one slip may bring the next to light. */
const MOST_ROUNDS = 10;

/** A configuration file without the slips that `fmt --fix` mends. The rest is as it was. */
export function mendConfigText({ name, bytes }: ConfigText): ConfigText & { slips: MendedSlip[] } {
  const slips: MendedSlip[] = [];
  let mended = bytes;
  for (let round = 0; round < MOST_ROUNDS && mended.length <= MAX_BYTES; round += 1) {
    const { diagnostics } = parseConfig([{ name, bytes: mended }], { env: {}, missingSecrets: 'warning' });
    const found = diagnostics.filter(isMendedByFormat);
    if (found.length === 0) break;
    const file = new SourceFile(name, 0, new TextDecoder().decode(mended));
    const edits = found.map((diagnostic) => editOf(diagnostic, file));
    slips.push(...found.map((diagnostic, index) => slipOf(diagnostic, edits[index], file)));
    mended = new TextEncoder().encode(
      withEdits(
        file.text,
        edits.toSorted((a, b) => a.from - b.from),
      ),
    );
  }
  return { name, bytes: mended, slips };
}

function editOf({ fix }: Diagnostic, file: SourceFile): TextEdit {
  if (!fix) throw new TypeError('a slip that is mended has a fix');
  return { from: file.offsetOf(fix.from), to: file.offsetOf(fix.to), text: fix.text };
}

function slipOf(diagnostic: Diagnostic, edit: TextEdit | undefined, file: SourceFile): MendedSlip {
  const offset = edit?.from ?? 0;
  const { start, end } = file.lineAround(offset);
  const after = edit ? withEdits(file.text, [edit]) : file.text;
  const [line = ''] = after.slice(start).split(/\r?\n/, 1);
  return { diagnostic, before: file.text.slice(start, end), after: line };
}
