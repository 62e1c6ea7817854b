import {
  type CollectionTag,
  Document,
  isCollection,
  isSeq,
  type Scalar,
  type ScalarTag,
  type Tags,
} from 'yaml';

/** A longer flow list or map is broken up, one entry a line. */
const LONGEST_FLOW = 90;

/** Words that YAML 1.1, which many other programs still read, takes for a truth value. */
const OLD_BOOLEAN = /^(?:y|yes|n|no|on|off)$/i;

/** Times such as 22:00, which it takes for numbers to the base of sixty. */
const OLD_NUMBER = /^[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?$/;

/** What hides or reorders text is written as an escape, so that a reader sees that it is there. */
const INVISIBLE =
  /[\p{Cc}\p{Cs}\p{Co}\u00a0\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3164\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/u;
const EVERY_INVISIBLE = new RegExp(INVISIBLE.source, 'gu');

type StringifyScalar = NonNullable<ScalarTag['stringify']>;
type StringifyContext = Parameters<StringifyScalar>[1];

/** The core schema, with one spelling for each value: plain text where it can be, double quotes where it must. */
const canonicalTags = (tags: Tags): Tags =>
  tags.map((tag) => {
    if (typeof tag === 'string') return tag;
    return isCollectionTag(tag) ? canonicalCollection(tag) : canonicalScalar(tag);
  });

/** How files are parsed to be written again. `<<` stays a key, and repeated keys stay where they are. */
export const DOCUMENT_OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
  customTags: canonicalTags,
} as const;

/** A new document from plain data, to be written in the canonical form. */
export function createDocument(content: unknown): Document {
  return new Document(content, DOCUMENT_OPTIONS);
}

/** The canonical text of a document that was made with `DOCUMENT_OPTIONS`. */
export function canonicalText(document: Document): string {
  return document.toString({
    indent: 2,
    lineWidth: 0,
    singleQuote: false,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
    verifyAliasOrder: false,
  });
}

function isCollectionTag(tag: ScalarTag | CollectionTag): tag is CollectionTag {
  return tag.collection !== undefined;
}

function canonicalScalar(tag: ScalarTag): ScalarTag {
  const written: StringifyScalar = tag.stringify ?? ((item) => String(item.value));
  if (tag.tag === 'tag:yaml.org,2002:str') return { ...tag, stringify: canonicalString(written) };
  return {
    ...tag,
    // Numbers and the like stay as they are written: 0123 is a text to some readers.
    stringify: (item, ...rest) =>
      item.type === 'PLAIN' && typeof item.source === 'string' ? item.source : written(item, ...rest),
  };
}

function canonicalString(written: StringifyScalar): StringifyScalar {
  return (item, ctx, ...callbacks) => {
    const value = String(item.value);
    const isBlock = item.type?.startsWith('BLOCK_') === true && /\n/.test(value) && ctx.inFlow !== true;
    if (INVISIBLE.test(isBlock ? value.replaceAll('\n', '') : value)) return escapedText(value);
    const type = isBlock ? item.type : needsQuotes(item, value) ? 'QUOTE_DOUBLE' : 'PLAIN';
    return written({ ...item, type, value } as Scalar, ctx, ...callbacks);
  };
}

function needsQuotes(item: Scalar, value: string): boolean {
  // In quotes it is a key like any other.
  const isQuotedMergeKey = value === '<<' && item.type !== 'PLAIN';
  // Unquoted, `&name` before a text looks like a part of it that got lost.
  if (item.anchor !== undefined && item.type !== 'PLAIN') return true;
  const isOldWord = OLD_BOOLEAN.test(value) || OLD_NUMBER.test(value);
  return value.includes('\n') || isOldWord || isQuotedMergeKey || /^(?:---|\.\.\.)/.test(value);
}

function escapedText(value: string): string {
  return JSON.stringify(value).replace(EVERY_INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** `[a, b]` without blanks at the brackets, `{ a: b }` with them; block style where a line would be too long. */
function canonicalCollection(tag: CollectionTag): CollectionTag {
  const stringify = (item: unknown, ctx: StringifyContext, ...callbacks: (() => void)[]): string => {
    if (!isCollection(item)) throw new TypeError('no collection');
    const padded = { ...ctx, flowCollectionPadding: isSeq(item) ? '' : ' ' };
    const text = item.toString(padded, ...callbacks);
    const isFlow = ctx.inFlow !== true && item.flow === true && item.items.length > 0;
    if (!isFlow || (text.length <= LONGEST_FLOW && !text.includes('\n'))) return text;
    if (!text.includes('\n') || !text.includes('#')) {
      item.flow = false;
      return item.toString(padded, ...callbacks);
    }
    return text;
  };
  // The library asks every tag for `stringify`; its types say so for scalars only.
  return { ...tag, stringify } as unknown as CollectionTag;
}
