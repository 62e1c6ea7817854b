import type { DiagnosticCode } from '../../model/codes.ts';
import { DiagnosticsError } from '../../model/errors.ts';
import type { Diagnostic } from '../../model/source.ts';

const MOST_LINES = 5;

/** What is wrong with a staff list; the same thing in many rows is said once. */
export class Faults {
  readonly #file: string;
  readonly #found = new Map<string, { diagnostic: Omit<Diagnostic, 'source'>; lines: number[] }>();

  constructor(file: string) {
    this.#file = file;
  }

  add(line: number, code: DiagnosticCode, message: string, hint?: string): void {
    const key = `${code} ${message}`;
    const known = this.#found.get(key);
    if (known) known.lines.push(line);
    else {
      const diagnostic = {
        severity: 'error' as const,
        code,
        message,
        ...(hint === undefined ? {} : { hint }),
      };
      this.#found.set(key, { diagnostic, lines: [line] });
    }
  }

  get any(): boolean {
    return this.#found.size > 0;
  }

  /** @throws {DiagnosticsError} with every fault, by line */
  throwIfAny(): void {
    if (!this.any) return;
    const faults = [...this.#found.values()].sort((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0));
    throw new DiagnosticsError(
      faults.map(({ diagnostic, lines }) => ({
        ...diagnostic,
        message: diagnostic.message + inRows(lines),
        source: { file: this.#file, line: lines[0] ?? 1, column: 1 },
      })),
    );
  }
}

function inRows(lines: readonly number[]): string {
  if (lines.length < 2) return '';
  const shown = lines.slice(0, MOST_LINES).join(', ');
  const rest = lines.length - MOST_LINES;
  return ` (${lines.length} rows: lines ${shown}${rest > 0 ? ` and ${rest} more` : ''})`;
}
