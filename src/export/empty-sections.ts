import type { ConfigText } from '../config/source/config-text.ts';
import { sectionsOfFile } from '../model/kinds/index.ts';

const SECTIONS = sectionsOfFile().map(({ section }) => section.name);

/** A section with nothing behind it: no list in its line, nor in those below. */
const NOTHING = new RegExp(
  `^(${SECTIONS.join('|')}):(?:[ \\t]+(?:null|~))?(?=[ \\t]*(?:[ \\t]#.*)?\\r?$)(?!(?:[ \\t]*(?:#.*)?\\r?\\n)+[ \\t]*(?:-|\\[))`,
  'gm',
);

/** `operators:` with nothing behind it is an error in a file, and a place to write to here. */
export function withListsForNothing(file: ConfigText): ConfigText {
  const text = new TextDecoder().decode(file.bytes);
  const filled = text.replace(NOTHING, '$1: []');
  return filled === text ? file : { ...file, bytes: new TextEncoder().encode(filled) };
}
