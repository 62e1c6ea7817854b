import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Alias, Document, isScalar, type Scalar, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import { formatConfigText } from '../../src/config/format/index.ts';
import { parseConfig } from '../../src/config/index.ts';
import type { DiagnosticCode } from '../../src/model/codes.ts';
import { runs } from '../support/runs.ts';

const file = (text: string) => ({ name: 'chaport.yaml', bytes: new TextEncoder().encode(text) });
const format = (text: string) => formatConfigText(file(text));

/** What the text means to the program, without places. */
function meaningOf(text: string): unknown {
  const { desired, diagnostics } = parseConfig([file(text)], { env: {}, missingSecrets: 'warning' });
  if (desired === null) return diagnostics.map(({ code, message }) => [code, message]).sort();
  const { config: _config, secrets: _secrets, ...rest } = desired;
  return JSON.parse(JSON.stringify(rest, (key, value) => (key === 'source' ? undefined : value)));
}

const commentsOf = (text: string) => [...text.matchAll(/# c\d+/g)].map(([comment]) => comment).sort();

const text = fc.oneof(
  fc.constantFrom(
    'Jon',
    'no',
    'null',
    '1',
    '0123',
    'a: b',
    '# x',
    '- y',
    '<<',
    '{',
    'x, y',
    '~',
    ' z ',
    "o'neil",
    '"',
    '${secret:X}',
    '$${',
    '…',
    '\u202e',
    'line\nbreak',
    '\ttab',
    '2026-12-24',
  ),
  fc.string({ maxLength: 12 }),
);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const operator = fc.record({
  status: optional(fc.constantFrom('online', { value: 'away', ttl: '8h' }, { ttl: 3600, value: 'online' })),
  language: optional(text),
  name: optional(text),
  email: fc.nat({ max: 9_999 }).map((number) => `person${number}@acme.example`),
  jobTitle: optional(fc.option(text)),
  role: optional(fc.constantFrom('operator', 'admin', 'boss')),
  unknown: optional(fc.constantFrom(1, true, null, 'x')),
});
const webhook = fc.record({
  essential: optional(fc.boolean()),
  events: fc.uniqueArray(
    fc.constantFrom('a.b', 'chat.started', 'chat.finished', 'chat.newEvent.visitorMessage'),
    { minLength: 1 },
  ),
  url: fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['https'] }),
});
const config = fc.record({
  webhooks: optional(fc.array(webhook, { maxLength: 3 })),
  operators: optional(fc.array(operator, { maxLength: 4 })),
  defaults: optional(
    fc.constantFrom({ webhook: { essential: true }, operator: { role: 'operator', language: 'en' } }),
  ),
  policy: optional(
    fc.constantFrom(
      { minAdmins: 1, prune: ['webhooks'], maxDeletes: '10%' },
      { protect: ['*@x.example'], prune: { webhooks: ['**'] } },
    ),
  ),
  version: fc.constant(1),
  account: optional(fc.constantFrom({ owner: 'owner@acme.example' })),
});

/** The content in any style that a person or a program may write it in, with comments c0, c1, … */
const written = fc
  .tuple(
    config,
    fc.infiniteStream(fc.nat({ max: 99 })),
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom(2, 4),
    fc.boolean(),
  )
  .map(([content, dice, newline, indent, indentSeq]) => {
    const document = new Document(JSON.parse(JSON.stringify(content)));
    const roll = () => dice.next().value ?? 0;
    let count = 0;
    const comment = () => ` c${count++}`;
    let anchors = 0;
    const decorate = (node: Scalar | YAMLMap | YAMLSeq) => {
      if (roll() < 12) node.commentBefore = comment();
      if (roll() < 12) node.spaceBefore = true;
      if (roll() < 10) node.comment = comment();
    };
    visit(document, {
      Scalar: (_key, node) => {
        if (typeof node.value === 'string') {
          node.type = (['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'PLAIN'] as const)[roll() % 4] ?? 'PLAIN';
        }
        if (roll() < 6) node.anchor = `a${anchors++}`;
        decorate(node);
      },
      Collection: (_key, node) => {
        if (node === document.contents) return;
        if (roll() < 20) node.flow = true;
        decorate(node);
      },
      Pair: (_key, pair) => {
        const isAliased = isScalar(pair.value) && anchors > 0 && roll() < 10;
        if (isAliased) pair.value = new Alias(`a${anchors - 1}`);
      },
    });
    if (roll() < 30) document.commentBefore = ' yaml-language-server: $schema=./chaport.schema.json';
    if (roll() < 20) document.comment = comment();
    return document.toString({ indent, indentSeq, lineWidth: 0 }).replaceAll('\n', newline);
  });

/** What is complained of as a slip of the text itself. */
const SLIPS = new Set<DiagnosticCode>(['yaml-syntax', 'lost-text', 'missing-space', 'missing-quotes']);

describe('the canonical form', () => {
  it('of any file keeps its meaning and its comments, and is its own canonical form', () => {
    fc.assert(
      fc.property(written, (before) => {
        const { diagnostics } = parseConfig([file(before)], { env: {} });
        // Such a text has no meaning yet that could be kept.
        fc.pre(!diagnostics.some(({ code }) => SLIPS.has(code)));
        const after = format(before);
        expect(meaningOf(after), after).toEqual(meaningOf(before));
        expect(commentsOf(after), after).toEqual(commentsOf(before));
        expect(format(after)).toBe(after);
      }),
      { numRuns: runs(250) },
    );
  });
});
