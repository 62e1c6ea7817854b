import type { Document } from 'yaml';
import { curlyQuotes } from './curly-quotes.ts';
import { indentation } from './indentation.ts';
import { linesOf } from './lines.ts';
import { MendedText } from './mended-text.ts';
import { missingSpaces } from './missing-spaces.ts';
import type { Line, Mistake, ReadText, Recogniser, TextEdit } from './mistake.ts';
import { missingQuotes } from './quoting.ts';
import { oddSpaces, tabs } from './spaces.ts';
import { unclosed } from './unclosed.ts';
import { unreadable } from './unreadable.ts';

/** What a text shows before it is parsed. One after the other: each looks at a text in which those before are mended. */
const OF_TEXT: readonly Recogniser[] = [oddSpaces, tabs, missingSpaces, curlyQuotes];

/** What the parser stumbles over. */
const OF_ERRORS: readonly Recogniser[] = [unclosed, missingQuotes, indentation];

/** With more errors than this that no recogniser explains, the parser's own errors are shown, all at once. */
const MOST_ERRORS = 200;

/** More rounds than a person makes mistakes of different kinds. */
const MOST_ROUNDS = 60;
/** What mends one error may show more of them, for a while. */
const MOST_WITHOUT_GAIN = 3;
/** A long text is not read over and over. */
const MOST_READ = 4_000_000;

export interface Mended {
  /** The document as it is read on; null where the parser gave up. */
  document: Document.Parsed | null;
  /** With places in the text as it was written. */
  mistakes: Mistake[];
  /** Lines are missing, so what is not there may have been written. */
  hasLostLines: boolean;
  originalOf: (offset: number) => number;
  isMended: boolean;
}

/** Parses a text, and again without the slips that are found in it, until it can be read. */
export function mendText(
  text: string,
  parse: (text: string, originalOf: (offset: number) => number) => Document.Parsed | null,
): Mended {
  const mended = new MendedText(text);
  const originalOf = (offset: number) => mended.originalOf(offset);
  const mistakes: Mistake[] = [];
  let hasLostLines = false;
  const mend = (found: readonly Mistake[]): boolean => {
    hasLostLines ||= found.some(({ losesLine }) => losesLine === true);
    const before = mended.text;
    for (const mistake of found) mistakes.push(asWritten(mistake, mended));
    mended.apply(found.flatMap(({ readAs, fix }) => readAs ?? fix ?? []));
    return mended.text !== before;
  };
  for (const family of OF_TEXT) mend(family(new LazyReading(mended.text, null)));
  const progress = new Progress();
  let document = parse(mended.text, originalOf);
  for (let round = 0; document !== null && round < mostRounds(text); round += 1) {
    // Where nothing was gained, what is left is for the parser to say.
    if (!progress.isMadeBy(document.errors, originalOf)) break;
    if (!mend(mistakesIn(new LazyReading(mended.text, document)))) break;
    document = parse(mended.text, originalOf);
  }
  return { document, mistakes, hasLostLines, originalOf, isMended: mended.isMended };
}

/**
 * Whether mending leads anywhere: to fewer errors, or to a first one further on in what was written. Else two mistakes
 * can go on undoing each other, or one be mended over and over, the text twice as long each time.
 */
class Progress {
  #fewest = Number.POSITIVE_INFINITY;
  #furthest = -1;
  #without = 0;

  isMadeBy(errors: ReadText['errors'], originalOf: (offset: number) => number): boolean {
    const first = originalOf(errors.reduce((least, { pos }) => Math.min(least, pos[0]), Number.MAX_VALUE));
    const isGain = errors.length < this.#fewest || first > this.#furthest;
    this.#fewest = Math.min(this.#fewest, errors.length);
    this.#furthest = Math.max(this.#furthest, first);
    this.#without = isGain ? 0 : this.#without + 1;
    return this.#without < MOST_WITHOUT_GAIN;
  }
}

function mostRounds(text: string): number {
  return Math.max(1, Math.min(MOST_ROUNDS, Math.floor(MOST_READ / (text.length + 1))));
}

class LazyReading implements ReadText {
  readonly text: string;
  readonly errors: ReadText['errors'];
  #lines: Line[] | undefined;

  constructor(text: string, document: Document.Parsed | null) {
    this.text = text;
    this.errors = document?.errors ?? [];
  }

  get lines(): readonly Line[] {
    this.#lines ??= linesOf(this.text);
    return this.#lines;
  }
}

function mistakesIn(reading: ReadText): Mistake[] {
  if (reading.errors.length === 0) return [];
  if (reading.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return [];
  for (const family of OF_ERRORS) {
    const found = family(reading);
    if (found.length > 0) return found;
  }
  if (reading.errors.length > MOST_ERRORS) return [];
  const last = unreadable(reading);
  return last ? [last] : [];
}

function asWritten({ from, to, fix, ...mistake }: Mistake, text: MendedText): Mistake {
  const original: TextEdit | null = fix ? text.originalEdit(fix) : null;
  return {
    ...mistake,
    from: text.originalOf(from),
    to: text.originalOf(to),
    ...(original ? { fix: original } : {}),
  };
}
