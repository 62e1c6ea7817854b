import { escapeForTerminal } from '../escape.ts';
import type { People } from '../people.ts';
import { cutMiddle } from '../width.ts';
import { shownValue } from './values.ts';

/** Columns of a name; longer ones stand with their field. */
const WIDEST_NAME = 32;
/** What cannot be taken for our own words around it. */
const PLAIN_NAME = /^[\p{L}\p{M}\p{N} .'’-]+$/u;

/** `jon.snow@acme.example (Jon Snow)`: escaped, and the key alone where nobody knows more. */
export function keyAndName(key: string, people: People): string {
  const name = people.get(key);
  const shown = name === undefined ? null : shownName(name);
  return shown === null ? escapeForTerminal(key) : `${escapeForTerminal(key)} (${shown})`;
}

function shownName(name: string): string {
  return cutMiddle(PLAIN_NAME.test(name) ? escapeForTerminal(name) : shownValue(name), WIDEST_NAME);
}

/** Whether the name is whole beside the key. */
export function isNameWhole(name: string): boolean {
  return shownName(name) === name;
}
