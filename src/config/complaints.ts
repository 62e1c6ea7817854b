import type { DiagnosticCode } from '../model/codes.ts';
import type { SecretBook } from '../model/secrets.ts';
import type { Diagnostic, Fix, Severity } from '../model/source.ts';
import { apart } from './mistakes/mended-text.ts';
import type { TextEdit } from './mistakes/mistake.ts';
import { excerptOf } from './source/excerpts.ts';
import { type Place, type SourceFile, sourceOf } from './source/source-file.ts';

/** A fault before it is put into lines and columns. */
export interface Complaint {
  severity?: Severity;
  code: DiagnosticCode;
  message: string;
  hint?: string | undefined;
  /** Missing for what is wrong with all files together. */
  place?: Place | undefined;
  related?: { message: string; place: Place } | undefined;
  /** What mends it for certain, as an edit of the file it is in. */
  fix?: TextEdit | undefined;
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
    const once = sorted.filter(({ place, code, message }) => {
      const identity = `${place?.file.index}:${place?.offset}:${code}:${message}`;
      return !seen.has(identity) && seen.add(identity);
    });
    const fixes = this.#fixesApart(once);
    const diagnostics = once.map((complaint) => this.#toDiagnostic(complaint, fixes.has(complaint)));
    if (this.#left === null) return diagnostics;
    const message = `there is more to complain of than these ${MOST_COMPLAINTS.toLocaleString('en')} things`;
    return [...diagnostics, { severity: this.#left, code: 'too-many-complaints', message }];
  }

  /** Those whose fixes can all be made at once, and show nothing secret. */
  #fixesApart(complaints: readonly Complaint[]): Set<Complaint> {
    const withFix = complaints.filter(
      ({ fix, place }) => fix && place && this.#secrets.mask(fix.text) === fix.text,
    );
    const files = new Set(withFix.map(({ place }) => place?.file));
    const chosen = new Set<Complaint>();
    for (const file of files) {
      const byEdit = new Map<TextEdit, Complaint>();
      for (const complaint of withFix) {
        if (complaint.fix && complaint.place?.file === file) byEdit.set(complaint.fix, complaint);
      }
      for (const edit of apart([...byEdit.keys()])) {
        const complaint = byEdit.get(edit);
        if (complaint) chosen.add(complaint);
      }
    }
    return chosen;
  }

  #toDiagnostic(
    { severity = 'error', code, message, hint, place, related, fix }: Complaint,
    isFixable: boolean,
  ): Diagnostic {
    return {
      severity,
      code,
      message: this.#secrets.mask(message),
      ...(hint === undefined ? {} : { hint: this.#secrets.mask(hint) }),
      ...(place === undefined ? {} : { source: sourceOf(place), excerpt: excerptOf(place, this.#secrets) }),
      ...(related === undefined
        ? {}
        : { related: { message: related.message, source: sourceOf(related.place) } }),
      ...(isFixable && fix && place ? { fix: fixIn(place.file, fix) } : {}),
    };
  }
}

function fixIn(file: SourceFile, { from, to, text }: TextEdit): Fix {
  const positionOf = (offset: number) => {
    const { line, column } = file.sourceAt(offset);
    return { line, column };
  };
  return { from: positionOf(from), to: positionOf(to), text };
}
