import { type Alias, isAlias, isScalar, Scalar } from 'yaml';
import type * as z from 'zod';
import { branchesOf, itemsOf } from '../schema/walk.ts';
import { inQuotes } from './mistake.ts';
import { listOf, rangeOf, type Tree, tell } from './tree.ts';

/** Texts of which YAML takes a part for something else. Returns the node as it is meant. */
export function mendText(tree: Tree, node: unknown, schema: z.ZodType): unknown {
  if (isAlias(node)) return textFromAlias(tree, node, schema);
  if (!isScalar(node)) return node;
  if (node.type === 'PLAIN' || node.value === null) {
    loseNothing(tree, node, schema);
    warnOfCutOff(tree, node, schema);
  }
  return node;
}

/** `*@acme.example` without quotes: YAML takes it for a reference to something in the file. */
function textFromAlias(tree: Tree, alias: Alias, schema: z.ZodType): unknown {
  if (tree.anchors.has(alias.source)) return alias;
  const isPattern = /[@./*]/.test(alias.source);
  const item = itemsOf(schema);
  const wanted = item ?? schema;
  if (!isPattern || !wanted.safeParse(`*${alias.source}`).success) return alias;
  const [from, to] = rangeOf(alias);
  const text = `*${alias.source}`;
  const quoted = item ? `[${inQuotes(text)}]` : inQuotes(text);
  tell(tree, from, to, {
    code: 'missing-quotes',
    message: 'a pattern that begins with "*" needs quotes',
    hint: `put it in quotes: ${quoted}`,
    fix: { from, to, text: quoted },
  });
  const scalar = new Scalar(text);
  scalar.range = alias.range ?? null;
  return item ? listOf([scalar], scalar) : scalar;
}

/** `&Sales team`, `!important`: all that is left is `team`, or nothing. */
function loseNothing(tree: Tree, scalar: Scalar, schema: z.ZodType): void {
  const mark = lostMark(tree, scalar);
  if (mark === null || !takesText(schema)) return;
  const [, to] = rangeOf(scalar);
  const text = tree.file.text.slice(mark, Math.max(mark, to)).trimEnd();
  if (text.includes('\n')) return;
  const [word = ''] = text.split(/\s/);
  const quoted = inQuotes(text);
  tell(tree, mark, mark + text.length, {
    code: 'lost-text',
    message: `"${word}" would be lost here: a text that begins with "${word.charAt(0)}" needs quotes`,
    hint: `put it in quotes: ${quoted}; or take "${word}" away if it is not a part of the text`,
    fix: { from: mark, to: mark + text.length, text: quoted },
  });
  scalar.value = text;
  delete scalar.anchor;
  delete scalar.tag;
}

/** Where an anchor that nothing refers to, or a tag that means nothing, stands in front of a text. */
function lostMark({ file, used }: Tree, scalar: Scalar): number | null {
  const isUnused = scalar.anchor !== undefined && !used.has(scalar.anchor);
  const isTag = scalar.tag !== undefined && !scalar.tag.startsWith('tag:yaml.org,');
  if (!isUnused && !isTag) return null;
  const [start] = rangeOf(scalar);
  const { start: lineStart } = file.lineAround(start);
  const before = /(?<=[\s[{,])[&!]\S*\s*(?:[&!]\S*\s*)?$/.exec(file.text.slice(lineStart, start));
  return before ? lineStart + before.index : null;
}

function takesText(schema: z.ZodType): boolean {
  return branchesOf(schema).some(({ type }) => type === 'string' || type === 'enum');
}

/** `Agent #7`: behind the space is a comment for YAML, and mostly none for people. */
function warnOfCutOff(tree: Tree, scalar: Scalar, schema: z.ZodType): void {
  const [from, to] = rangeOf(scalar);
  if (from === to || !tree.file.text.startsWith(' #', to)) return;
  const { end } = tree.file.lineAround(Math.max(from, to - 1));
  const rest = tree.file.text.slice(to, end);
  if (!/^ #[^\s#]/.test(rest)) return;
  const written = tree.file.text.slice(from, to);
  const whole = written + rest.trimEnd();
  const isText = schema.safeParse(whole).success;
  const quoted = inQuotes(whole);
  const comment = `${written} # ${rest.slice(2).trim()}`;
  tell(tree, to, to + rest.trimEnd().length, {
    severity: 'warning',
    code: 'cut-off-text',
    message: `the text ends before the "#": what follows it is a comment`,
    hint: isText
      ? `put all of it in quotes: ${quoted}; a comment has a space behind its "#"`
      : `put a space behind the "#": ${comment}`,
    fix: isText
      ? { from, to: to + rest.trimEnd().length, text: quoted }
      : { from: to + 2, to: to + 2, text: ' ' },
  });
}
