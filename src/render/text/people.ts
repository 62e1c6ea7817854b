import { escapeForTerminal } from '../escape.ts';
import type { People } from '../people.ts';
import { cutMiddle, displayWidth } from '../width.ts';
import { shownValue } from './values.ts';

/** Columns of a name; longer ones stand with their field. */
const WIDEST_NAME = 32;
/** In fewer nobody knows who it is. */
const NARROWEST_NAME = 7;
/** What cannot be taken for our own words around it. */
const PLAIN_NAME = /^[\p{L}\p{M}\p{N} .'’-]+$/u;

/** `jon.snow@acme.example (Jon Snow)`: escaped, and the key alone where nobody knows more. */
export function keyAndName(key: string, people: People, widest = WIDEST_NAME): string {
  const name = people.get(key);
  const shown = name === undefined ? null : shownName(name, widest);
  return shown === null ? escapeForTerminal(key) : `${escapeForTerminal(key)} (${shown})`;
}

/** With so much less of the name that the whole is `columns` narrower; null where too little of it would be left. */
export function withShorterName(key: string, people: People, columns: number): string | null {
  const name = people.get(key);
  const widest = name === undefined ? 0 : displayWidth(shownName(name)) - columns;
  return widest < NARROWEST_NAME ? null : keyAndName(key, people, widest);
}

function shownName(name: string, widest = WIDEST_NAME): string {
  return cutMiddle(PLAIN_NAME.test(name) ? escapeForTerminal(name) : shownValue(name), widest);
}

/** Whether the name is whole beside the key. */
export function isNameWhole(name: string): boolean {
  return shownName(name) === name;
}
