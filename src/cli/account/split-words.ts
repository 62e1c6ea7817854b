import { UserError } from '../../model/errors.ts';

/** What a shell would do something about, were there one. */
const OF_A_SHELL = '$~`;|&';

/**
 * The words of a command, split by blanks and quotes; inside quotes everything is as it stands.
 * @throws {UserError} for what only a shell could carry out, an open quote, and nothing at all.
 */
export function splitWords(text: string, where: string): string[] {
  const fail = (problem: string): never => {
    throw new UserError('usage', `${where} ${problem}`, {
      hint: "there is no shell: write a program and its words, such as 'membrane token', and put what has signs in it between quotes; where a shell is needed, name it: sh -c '…'",
    });
  };
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (const character of text) {
    if (quote !== null) {
      if (character === quote) quote = null;
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (OF_A_SHELL.includes(character)) {
      fail(`has a ${character} outside quotes, and is run without a shell`);
    } else word = (word ?? '') + character;
  }
  if (quote !== null) fail('has a quote that is never closed');
  if (word !== null) words.push(word);
  if (words.length === 0 || words[0] === '') fail('names no program');
  return words;
}
