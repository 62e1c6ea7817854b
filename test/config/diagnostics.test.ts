import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FIXTURES, fixture, load } from './load.ts';

/** For each fixture, named after its fault: place, code and hint of every complaint. */
const EXPECTED: Record<string, [place: string, code: string, hint?: string][]> = {
  'absent-moved': [
    [
      '5:5',
      'absent-moved',
      'to delete what stands at the old place, write the old address in the place of the new one; otherwise take one of the two lines away',
    ],
  ],
  'alias-bomb': [['8:13', 'alias-bomb', 'they may repeat 250,000 values at most']],
  'bad-duration': [
    ['3:18', 'invalid-value', 'write "12h"'],
    ['6:35', 'invalid-value'],
    ['8:35', 'invalid-value'],
    ['10:35', 'invalid-value'],
  ],
  'bad-email': [
    ['2:19', 'invalid-value'],
    // No hint: put together they would be somebody else's address.
    ['4:12', 'invalid-value'],
    ['5:12', 'invalid-value'],
    ['6:16', 'invalid-value'],
  ],
  'bad-event-beside-twin': [
    ['4:28', 'invalid-value', 'write chat.started'],
    ['6:14', 'duplicate-webhook', 'keep one of the two'],
    ['6:29', 'wrong-type'],
  ],
  'bad-event': [
    ['4:14', 'invalid-value', 'write chat.started'],
    ['4:28', 'invalid-value'],
  ],
  'bad-image': [['4:12', 'invalid-value']],
  'bad-indentation': [['4:4', 'indentation', 'begin it at column 3, below what it belongs to']],
  'bad-merge': [['6:9', 'bad-merge', 'write <<: *anchor']],
  'bad-policy': [
    ['3:11', 'invalid-value', 'did you mean webhooks?'],
    ['4:15', 'invalid-value'],
    ['5:34', 'invalid-value'],
    ['6:14', 'invalid-value'],
  ],
  'bad-prune-map': [
    ['4:15', 'wrong-type', 'write it as a list: ["https://hooks.acme.example/**"]'],
    ['5:5', 'unknown-key', 'did you mean "operators"?'],
  ],
  'bad-reference': [
    ['4:11', 'bad-reference', 'write ${env:HOME} or ${secret:HOME}; $${ is a literal ${'],
    ['6:11', 'bad-reference', 'did you mean ${secret:…}?'],
    [
      '8:11',
      'bad-reference',
      'write ${env:NAME}, ${env:NAME:-fallback} or ${secret:NAME}, and $${ for a literal ${',
    ],
    ['10:11', 'bad-reference', 'names have letters, digits and _, and do not start with a digit'],
    ['12:11', 'bad-reference', 'write ${secret:KEY}'],
    [
      '14:11',
      'bad-reference',
      'write ${env:NAME}, ${env:NAME:-fallback} or ${secret:NAME}, and $${ for a literal ${',
    ],
  ],
  'bad-role': [['4:11', 'wrong-word', 'write admin']],
  'bad-state': [['4:12', 'wrong-word', 'write absent']],
  'bad-status': [
    ['4:13', 'wrong-word', 'write online'],
    ['6:22', 'wrong-word', 'write online'],
    ['6:31', 'unknown-key', 'did you mean "ttl"?'],
    ['8:13', 'wrong-type'],
    ['10:5', 'missing-key', 'add value: online, away, offline or invisible'],
    ['12:36', 'wrong-word', 'write initial'],
  ],
  'bad-until': [
    ['6:37', 'invalid-value'],
    [
      '8:37',
      'invalid-value',
      'write it as 2026-12-24T18:00:00Z: year, month, day, then T, the time, and Z for UTC or an offset such as +01:00',
    ],
  ],
  'colon-in-text': [['4:22', 'missing-quotes', 'put it in quotes: "Support: level two"']],
  'control-character': [
    ['4:11', 'invalid-value'],
    ['5:15', 'invalid-value'],
    ['6:12', 'invalid-value'],
  ],
  deep: [['2:76', 'too-deep']],
  'duplicate-key': [['5:5', 'duplicate-key', 'take one of the two lines away']],
  'duplicate-operator': [['5:12', 'duplicate-operator', 'keep one of the two']],
  'duplicate-webhook': [['6:29', 'duplicate-webhook', 'keep one of the two']],
  'empty-secret': [['3:49', 'missing-secret', 'set the environment variable EMPTY']],
  'empty-section': [
    ['2:1', 'empty-value', 'take the line away, or write what belongs to it below, two spaces deeper'],
  ],
  'empty-text': [
    ['4:11', 'invalid-value'],
    ['5:5', 'empty-value', 'take the line away, or write a value behind it, such as language: en'],
  ],
  empty: [['1:1', 'empty-file', 'a file starts with `version: 1`; `chaportctl init` writes a commented one']],
  'event-for-list': [['4:13', 'wrong-type', 'write it as a list: [chat.started]']],
  'flow-list-for-map': [
    ['2:10', 'wrong-type', 'write keys with values: { key: value }'],
    ['3:9', 'wrong-type', 'write keys with values: { key: value }'],
    ['4:13', 'wrong-type', 'write keys with values: { key: value }'],
  ],
  'http-url': [
    ['3:10', 'invalid-value', 'write it with https: https://hooks.acme.example/'],
    ['5:10', 'invalid-value', 'write https:// in front: https://hooks.acme.example'],
    ['7:16', 'wrong-word', 'write true'],
  ],
  'latin-1': [['4:12', 'not-utf-8', 'save the file as UTF-8']],
  'list-for-file': [['1:1', 'wrong-type', 'take the "- " in front of the keys away']],
  'list-for-map': [['3:3', 'wrong-type', 'take the "- " in front of the keys away']],
  'long-line': [['2:446', 'unknown-key', 'did you mean "role"?']],
  'map-for-list': [
    [
      '3:3',
      'missing-dash',
      'write "- " in front of the first key of each person, and two spaces in front of the others',
    ],
  ],
  'missing-email': [['3:5', 'missing-key', 'add email: an e-mail address such as jon.snow@acme.example']],
  'missing-secret': [['3:49', 'missing-secret', 'set the environment variable NO_SUCH_KEY']],
  'missing-variable': [
    ['3:21', 'missing-variable', 'set it, or give a fallback: ${env:NO_SUCH_DOMAIN:-fallback}'],
    ['4:16', 'missing-variable', 'set it, or give a fallback: ${env:NO_SUCH_NAME:-fallback}'],
    ['4:40', 'missing-variable', 'set it, or give a fallback: ${env:NO_SUCH_NAME:-fallback}'],
  ],
  'missing-version': [['1:1', 'missing-key', 'add version: 1 at the top']],
  'moved-from-listed': [
    [
      '4:16',
      'moved-from-listed',
      'one object cannot be moved and stay: take the other one or this line away',
    ],
    [
      '8:16',
      'moved-from-listed',
      'one object cannot be moved and stay: take the other one or this line away',
    ],
  ],
  'moved-from-self': [
    ['4:16', 'moved-from-self', 'write the old address there, or take the line away'],
    ['7:16', 'moved-from-self', 'write the old address there, or take the line away'],
  ],
  'moved-from-twice': [['6:16', 'moved-from-twice', 'keep "movedFrom" in the one that it became']],
  'no-events': [
    ['4:13', 'invalid-value'],
    ['5:5', 'missing-key', 'add events: a list of event names such as [chat.started]'],
  ],
  'number-for-text': [['4:11', 'wrong-type', 'put it in quotes: "0123"']],
  'odd-keys': [
    [
      '2:1',
      'unknown-key',
      'the keys here are: version, requiredVersion, include, account, policy, defaults, operators, webhooks, shifts, overrides',
    ],
    [
      '3:1',
      'unknown-key',
      'the keys here are: version, requiredVersion, include, account, policy, defaults, operators, webhooks, shifts, overrides',
    ],
    ['4:3', 'invalid-key', 'write `key: value`'],
    ['6:3', 'invalid-key', 'write `key: value`'],
  ],
  'only-comments': [
    ['1:1', 'empty-file', 'a file starts with `version: 1`; `chaportctl init` writes a commented one'],
  ],
  'owner-absent': [
    ['5:5', 'owner-absent', 'remove this line, or name another owner if the account has a new one'],
  ],
  'owner-demoted': [
    ['6:5', 'owner-demoted', 'remove this line; the owner takes no role from the defaults either'],
  ],
  'prototype-keys': [
    [
      '2:1',
      'unknown-key',
      'the keys here are: version, requiredVersion, include, account, policy, defaults, operators, webhooks, shifts, overrides',
    ],
    [
      '3:1',
      'unknown-key',
      'the keys here are: version, requiredVersion, include, account, policy, defaults, operators, webhooks, shifts, overrides',
    ],
    [
      '6:5',
      'unknown-key',
      'the keys here are: email, movedFrom, state, name, jobTitle, role, language, image, status',
    ],
    [
      '7:5',
      'unknown-key',
      'the keys here are: email, movedFrom, state, name, jobTitle, role, language, image, status',
    ],
  ],
  'recursive-alias': [['4:5', 'recursive-alias', 'write the value out here']],
  'repeated-event': [
    ['4:43', 'repeated-event', 'remove one of the two: the account would get the event twice'],
  ],
  'several-documents': [
    [
      '3:1',
      'several-documents',
      'take the line --- away, or put what follows into a file of its own: several files are one configuration',
    ],
  ],
  'short-secret': [['3:49', 'short-secret', 'use a longer secret, or write ${env:SHORT} if it is none']],
  tabs: [['3:1', 'tab-indentation', 'put two spaces in place of each tab, or run `chaportctl fmt --fix`']],
  'text-for-file': [['1:1', 'wrong-type']],
  'too-deep': [['2:266', 'too-deep']],
  'ttl-and-until': [
    ['3:13', 'ttl-and-until', 'keep one of the two'],
    ['9:7', 'ttl-and-until', 'keep one of the two'],
  ],
  'unclosed-quote': [['4:11', 'unclosed', 'write " at the end of the text']],
  'unknown-anchor': [
    ['4:13', 'unknown-anchor', 'write &night in front of the value that is meant, further up in this file'],
  ],
  'unknown-key-far': [
    ['2:1', 'unknown-key', 'did you mean "operators"?'],
    [
      '4:1',
      'unknown-key',
      'the keys here are: version, requiredVersion, include, account, policy, defaults, operators, webhooks, shifts, overrides',
    ],
  ],
  'unknown-key': [['4:5', 'unknown-key', 'did you mean "jobTitle"?']],
  'unsupported-tag': [
    ['4:20', 'unsupported-tag', 'take !!binary away, or put the whole text in quotes'],
    [
      '6:11',
      'lost-text',
      'put it in quotes: "!env NAME"; or take "!env" away if it is not a part of the text',
    ],
  ],
  'utf-16': [['1:1', 'not-utf-8', 'save it as UTF-8']],
  'version-2': [['1:10', 'invalid-value']],
  'version-in-quotes': [['1:10', 'invalid-value', 'write it without quotes']],
  'wrong-through-merge': [
    ['5:17', 'invalid-value'],
    ['6:5', 'unknown-key', 'did you mean "language"?'],
    ['10:11', 'invalid-value'],
  ],
  'yaml-1-1': [['1:1', 'yaml-version', 'remove the line with %YAML']],
};

const ENV = { EMPTY: '', SHORT: 'abc', KEY: 'a-long-enough-key' };
const files = readdirSync(FIXTURES).filter((name) => name.endsWith('.yaml'));

describe('every fixture gets its complaints, at their places, with what would be right', () => {
  it('has an expectation for each fixture and a fixture for each expectation', () => {
    expect(files.map((name) => name.replace('.yaml', '')).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(files)('%s', (name) => {
    const { desired, diagnostics } = load({ [name]: fixture(name) }, { env: ENV });
    const found = diagnostics.map(({ source, code, hint }) => {
      const place = `${source?.line}:${source?.column}`;
      return hint === undefined ? [place, code] : [place, code, hint];
    });
    expect(found).toEqual(EXPECTED[name.replace('.yaml', '')]);
    expect(diagnostics.every(({ source }) => source?.file === name)).toBe(true);
    const hasErrors = diagnostics.some(({ severity }) => severity === 'error');
    expect(desired === null).toBe(hasErrors);
  });
});

describe('a whole diagnostic', () => {
  it('names the nearest key and shows the line with the length of the mark', () => {
    expect(load({ 'unknown-key.yaml': fixture('unknown-key.yaml') }).diagnostics).toEqual([
      {
        severity: 'error',
        code: 'unknown-key',
        message: 'unknown key "job_title" in a person',
        hint: 'did you mean "jobTitle"?',
        source: { file: 'unknown-key.yaml', line: 4, column: 5 },
        excerpt: { text: '    job_title: The Wall supervisor', length: 9 },
        fix: { from: { line: 4, column: 5 }, to: { line: 4, column: 14 }, text: 'jobTitle' },
      },
    ]);
  });

  it('names both places of a duplicate', () => {
    expect(load({ 'twice.yaml': fixture('duplicate-operator.yaml') }).diagnostics).toEqual([
      {
        severity: 'error',
        code: 'duplicate-operator',
        message: 'the operator "Jon.Snow@ACME.example" is described twice',
        hint: 'keep one of the two',
        source: { file: 'twice.yaml', line: 5, column: 12 },
        related: {
          message: 'the first one is here',
          source: { file: 'twice.yaml', line: 3, column: 12 },
        },
        excerpt: { text: '    email: Jon.Snow@ACME.example', length: 21 },
      },
    ]);
  });

  it('tells an open bracket or a missing comma beside a quoted text from an open quote', () => {
    const messages = (text: string) => load({ 'a.yaml': text }).diagnostics.map(({ message }) => message);
    const [bracket] = messages('version: 1\noperators: [{ email: "a@b.example"');
    const [comma] = messages('version: 1\noperators: ["a" "b"]\n');
    expect([bracket, comma]).toEqual(['this bracket is never closed', 'a comma is missing here']);
    for (const open of ['"a@b.example', "'a@b.example", '"']) {
      expect(messages(`version: 1\nname: ${open}`)).toContain('this quote is never closed');
    }
  });

  it('names the objects of entries as they are written, secrets hidden', () => {
    const text = `version: 1
operators:
  - { email: a@b.example, movedFrom: z@b.example }
  - { email: c@b.example, movedFrom: Z@b.example }
webhooks:
  - { url: "https://a.example/\${secret:KEY}", events: [chat.started, chat.started] }
  - { url: "https://A.example/\${secret:KEY}", events: [chat.started] }
  - { url: "https://b.example/", movedFrom: "https://a.example/\${secret:KEY}", events: [chat.started] }
  - { url: "https://c.example/", movedFrom: "https://C.example", events: [chat.started] }
`;
    expect(load({ 'a.yaml': text }, { env: ENV }).diagnostics.map(({ message }) => message)).toEqual([
      '"Z@b.example" is moved twice',
      'the event "chat.started" stands twice in this webhook',
      'the webhook "chat.started" to "https://A.example/${secret:KEY}" is described twice',
      '"movedFrom" names "chat.started" to "https://a.example/${secret:KEY}", which is described by itself',
      '"movedFrom" names what it stands in: "https://C.example"',
    ]);
  });

  it('takes any plain word for a status, and warns of one that is not known', () => {
    const { diagnostics } = load({
      'a.yaml': `version: 1
operators:
  - { email: a@acme.example, status: onlin }
  - { email: b@acme.example, status: { value: at-lunch } }
  - { email: c@acme.example, status: invisible }
`,
    });
    expect(diagnostics.map(({ severity, code, hint }) => [severity, code, hint])).toEqual([
      ['warning', 'unknown-status', 'did you mean online?'],
      ['warning', 'unknown-status', 'known are: online, away, offline, invisible'],
    ]);
  });

  it.each(['[{a: b}]', '[[admin]]', '[null]'])('is given where a list holds more than words: %s', (value) => {
    const text = `version: 1\noperators:\n  - { email: jon@acme.example, role: ${value} }\n`;
    const { diagnostics } = load({ 'a.yaml': text });
    expect(diagnostics.map(({ code }) => code)).toEqual(['invalid-value']);
  });

  it('says what is expected and what was found', () => {
    const { diagnostics } = load({ 'a.yaml': fixture('bad-status.yaml') });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '"status" must be online, away, offline or invisible; found "on line"',
      '"value" must be online, away, offline or invisible; found "on_line"',
      'unknown key "tll" in "status"',
      '"status" must be online, away, offline or invisible, or the keys value, ttl, until and mode below it; found the number 5',
      '"status" has no "value", and neither have the defaults',
      '"mode" must be enforce or initial; found "once"',
    ]);
  });

  it('cuts a very long line around the mark and says where the mark has gone', () => {
    const [diagnostic] = load({ 'a.yaml': fixture('long-line.yaml') }).diagnostics;
    const { text = '', column = 0, length = 0 } = diagnostic?.excerpt ?? {};
    expect(text.length).toBeLessThanOrEqual(200);
    expect(text.slice(column - 1, column - 1 + length)).toBe('rolle');
    expect(diagnostic?.source?.column).toBe(446);
  });
});

describe('several texts', () => {
  it('puts complaints in the order of files, lines and columns', () => {
    const { diagnostics } = load({
      'b.yaml': 'version: 1\noperators:\n  - { emial: x, rolle: y }\n',
      'a.yaml': 'version: 2\n',
    });
    expect(diagnostics.map(({ source, code }) => [source?.file, source?.line, source?.column, code])).toEqual(
      [
        ['b.yaml', 3, 7, 'unknown-key'],
        ['b.yaml', 3, 14, 'invalid-value'],
        ['b.yaml', 3, 17, 'unknown-key'],
        ['b.yaml', 3, 24, 'invalid-value'],
        ['a.yaml', 1, 10, 'invalid-value'],
      ],
    );
  });

  it('complains about an empty file among others, and about a syntax error without asking for the version', () => {
    const { diagnostics } = load({ 'a.yaml': 'operators: []\n', 'empty.yaml': '', 'c.yaml': 'a: "b' });
    expect(diagnostics.map(({ source, code }) => [source?.file, code])).toEqual([
      ['empty.yaml', 'empty-file'],
      ['c.yaml', 'unknown-key'],
      ['c.yaml', 'unclosed'],
    ]);
  });

  it('needs a version in one of them only', () => {
    expect(load({ 'a.yaml': 'operators: []\n', 'b.yaml': 'version: 1\n' }).diagnostics).toEqual([]);
    expect(load({ 'a.yaml': 'version: 1\n', 'b.yaml': 'version: 1\n' }).diagnostics).toEqual([]);
    const { diagnostics } = load({ 'a.yaml': 'operators: []\n', 'b.yaml': 'webhooks: []\n' });
    expect(diagnostics).toMatchObject([{ code: 'missing-key', message: 'no file has a "version"' }]);
  });

  it.each(['account: { owner: a@acme.example }', 'policy: {}', 'defaults: {}'])(
    'lets only one file have %s',
    (section) => {
      const text = `version: 1\n${section}\n`;
      const { desired, diagnostics } = load({ 'a.yaml': text, 'b.yaml': text });
      expect(desired).toBeNull();
      expect(diagnostics).toMatchObject([
        {
          code: 'repeated-section',
          source: { file: 'b.yaml', line: 2, column: 1 },
          related: { source: { file: 'a.yaml', line: 2, column: 1 } },
        },
      ]);
    },
  );

  it('finds the same person in two files', () => {
    const { diagnostics } = load({
      'a.yaml': 'version: 1\noperators: [{ email: jon@acme.example }]\n',
      'b.yaml': 'operators: [{ email: JON@acme.example, state: absent }]\n',
    });
    expect(diagnostics).toMatchObject([
      {
        code: 'duplicate-operator',
        source: { file: 'b.yaml', line: 1, column: 22 },
        related: { source: { file: 'a.yaml', line: 2, column: 22 } },
      },
    ]);
  });

  it('applies the owner rules across files', () => {
    const { diagnostics } = load({
      'people.yaml': 'operators: [{ email: owner@acme.example, role: operator }]\n',
      'account.yaml': 'version: 1\naccount: { owner: owner@acme.example }\n',
    });
    expect(diagnostics).toMatchObject([
      { code: 'owner-demoted', source: { file: 'people.yaml', line: 1, column: 42 } },
    ]);
  });

  it('still finds duplicates of entries that are faulty in other ways', () => {
    const { diagnostics } = load({
      'a.yaml':
        'version: 1\noperators:\n  - { email: a@b.example, role: x }\n  - { email: a@b.example, nmae: y }\n',
    });
    expect(diagnostics.map(({ code }) => code)).toEqual([
      'invalid-value',
      'duplicate-operator',
      'unknown-key',
    ]);
  });

  it('asks for a file where there is none', () => {
    expect(load({})).toMatchObject({ desired: null, diagnostics: [{ code: 'no-files' }] });
  });

  it('refuses a text of more than 10 MiB', () => {
    const { desired, diagnostics } = load({ 'big.yaml': new Uint8Array(11 * 1024 * 1024).fill(0x20) });
    expect(desired).toBeNull();
    expect(diagnostics).toMatchObject([
      { code: 'file-too-large', message: 'this file is larger than 10 MiB (11.0 MiB)' },
    ]);
  });

  it('shows standard input by a name and keeps its own', () => {
    expect(load({ '-': 'version: 2' }).diagnostics[0]?.source?.file).toBe('<stdin>');
    expect(load({ '-': 'version: 1' }).desired?.config.files).toEqual(['-']);
  });
});
