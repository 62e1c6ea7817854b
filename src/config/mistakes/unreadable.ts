import type { YAMLParseError } from 'yaml';
import type { Line, Mistake, ReadText, TextEdit } from './mistake.ts';

/** Stands in a mended text for a value that could not be read: it was complained of. */
export const UNREADABLE = '\ue000\ue001';

interface Words {
  message: string;
  hint: string;
}

const NO_KEY: Words = {
  message: 'this line has no ":", so it says nothing',
  hint: 'a line says `key: value`; a person or webhook begins with "- "',
};

const NO_COLUMN: Words = {
  message: 'this line begins at a column where nothing begins',
  hint: 'begin it at the same column as its neighbours: two spaces deeper than what it is a part of',
};

const WORDS: Readonly<Record<string, Words>> = {
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a ": " stands in the middle of this line',
    hint: 'put a text that contains ": " in quotes; begin a section of keys on a line of its own',
  },
  MULTILINE_IMPLICIT_KEY: NO_KEY,
  BAD_INDENT: NO_COLUMN,
  UNEXPECTED_TOKEN: {
    message: 'this text stands where nothing can stand',
    hint: 'put a text with special characters in quotes',
  },
  BAD_ALIAS: {
    message: 'this text cannot begin with * or &',
    hint: 'put a text that begins with * or & in quotes',
  },
};

const OTHER: Words = {
  message: 'this cannot be read',
  hint: 'put a text with special characters in quotes',
};

/** What the parser stumbled over and no other knows: in words, and how to read on without it. */
export function unreadable({ errors, lines, text }: ReadText): Mistake | null {
  const [error] = errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (!error) return null;
  const [from, to] = error.pos;
  const line = lines.findLast(({ start }) => start <= from);
  const isOnLine = line !== undefined && from <= line.end + 1 && line.value !== `"${UNREADABLE}"`;
  return {
    code: 'yaml-syntax',
    ...wordsForFault(error),
    from,
    to,
    losesLine: true,
    readAs: [isOnLine ? without(line) : withoutLineAt(text, from)],
  };
}

/** What the parser says, in words for people. */
export function wordsForFault({ code, message }: Pick<YAMLParseError, 'code' | 'message'>): Words {
  if (/followed by map values/.test(message)) return NO_KEY;
  if (/without - indicator/.test(message)) return NO_COLUMN;
  const [, char] = /^Missing (,|:)|Missing , or : between/.exec(message) ?? [];
  if (/^Missing , /.test(message) || char === ',') {
    return {
      message: 'a comma is missing here',
      hint: 'write a comma between the parts of a list in brackets',
    };
  }
  const [, bracket] = /expected to end with (.)|end with an? (.)/.exec(message) ?? [];
  if (bracket) return { message: `a ${bracket} is missing`, hint: `close what was opened with ${bracket}` };
  return WORDS[code] ?? OTHER;
}

function without({ key, value, valueAt, start, end, inBrackets }: Line): TextEdit {
  if (key === null || inBrackets) return { from: start, to: end, text: '' };
  return { from: valueAt, to: valueAt + value.length, text: `"${UNREADABLE}"` };
}

function withoutLineAt(text: string, offset: number): TextEdit {
  const from = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const end = text.indexOf('\n', offset);
  return { from, to: end === -1 ? text.length : end, text: '' };
}
