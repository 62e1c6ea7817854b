export { escapeForTerminal, escapeInJson } from '../model/escape.ts';

/** Blanks that a page would swallow, as `\x20`: at both ends, and all but the first of a row. */
export function showBlanks(text: string): string {
  return text.replace(/^ +| +$|(?<= ) +/g, (blanks) => '\\x20'.repeat(blanks.length));
}

/** Whether a terminal that knows bidi may draw this text from right to left. */
export function hasRightToLeft(text: string): boolean {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(text);
}
