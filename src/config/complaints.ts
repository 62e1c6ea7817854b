import type { DiagnosticCode } from '../model/codes.ts';
import type { SecretBook } from '../model/secrets.ts';
import type { Diagnostic, Severity } from '../model/source.ts';
import { excerptOf } from './source/excerpts.ts';
import { type Place, sourceOf } from './source/source-file.ts';

/** A fault before it is put into lines and columns. */
export interface Complaint {
  severity?: Severity;
  code: DiagnosticCode;
  message: string;
  hint?: string | undefined;
  /** Missing for what is wrong with all files together. */
  place?: Place | undefined;
  related?: { message: string; place: Place } | undefined;
}

/** More than anybody mends before asking again. */
const MOST_COMPLAINTS = 10_000;

/** Gathers the complaints; each is turned into a located diagnostic only at the end. */
export class Complaints {
  readonly #complaints: Complaint[] = [];
  /** How grave the gravest is of those that found no place any more. */
  #left: Severity | null = null;
  readonly #secrets: SecretBook;

  constructor(secrets: SecretBook) {
    this.#secrets = secrets;
  }

  add(complaint: Complaint): void {
    if (this.#complaints.length < MOST_COMPLAINTS) this.#complaints.push(complaint);
    else if (complaint.severity !== 'warning') this.#left = 'error';
    else this.#left ??= 'warning';
  }

  /** Adds what comes, and asks for no more once an error found no place. */
  addAll(complaints: Iterable<Complaint>): void {
    for (const complaint of complaints) {
      this.add(complaint);
      if (this.isFull) return;
    }
  }

  /** Whether an error found no place any more: then looking for others is in vain. */
  get isFull(): boolean {
    return this.#left === 'error';
  }

  get hasErrors(): boolean {
    return this.isFull || this.#complaints.some(({ severity }) => severity !== 'warning');
  }

  /** In the order of files, lines and columns; what an alias brings up again is said once. */
  toDiagnostics(): Diagnostic[] {
    const seen = new Set<string>();
    const sorted = [...this.#complaints].sort(
      (a, b) =>
        (a.place?.file.index ?? -1) - (b.place?.file.index ?? -1) ||
        (a.place?.offset ?? 0) - (b.place?.offset ?? 0),
    );
    const diagnostics = sorted
      .filter(({ place, code, message }) => {
        const identity = `${place?.file.index}:${place?.offset}:${code}:${message}`;
        return !seen.has(identity) && seen.add(identity);
      })
      .map((complaint) => this.#toDiagnostic(complaint));
    if (this.#left === null) return diagnostics;
    const message = `there is more to complain of than these ${MOST_COMPLAINTS.toLocaleString('en')} things`;
    return [...diagnostics, { severity: this.#left, code: 'too-many-complaints', message }];
  }

  #toDiagnostic({ severity = 'error', code, message, hint, place, related }: Complaint): Diagnostic {
    return {
      severity,
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(place === undefined ? {} : { source: sourceOf(place), excerpt: excerptOf(place, this.#secrets) }),
      ...(related === undefined
        ? {}
        : { related: { message: related.message, source: sourceOf(related.place) } }),
    };
  }
}
