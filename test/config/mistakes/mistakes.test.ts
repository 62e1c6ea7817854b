import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/model/source.ts';
import { load } from '../load.ts';

/**
 * Each case of a `*.txt`: `=== title`, what a person wrote, then for every complaint `>>> line:column code | hint`, then
 * what they meant. Without a meaning there is nothing that could be mended for certain, or not all of it.
 */
interface Case {
  title: string;
  written: string;
  complaints: string[];
  meant: string;
}

function casesOf(file: string): Case[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [, title = '', written = '', complaints = '', meant = ''] =
        /^(.*)\n([\s\S]*?)((?:^>>> .*\n)+)([\s\S]*)$/m.exec(part) ?? [];
      return {
        title,
        written,
        complaints: complaints
          .trimEnd()
          .split('\n')
          .map((line) => line.slice(4)),
        meant,
      };
    });
}

/** All fixes at once, as an editor makes them. */
function withFixes(text: string, diagnostics: readonly Diagnostic[]): string {
  const lines = text.split('\n');
  const offsetOf = ({ line, column }: { line: number; column: number }) =>
    lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
  return diagnostics
    .flatMap(({ fix }) => (fix ? [{ from: offsetOf(fix.from), to: offsetOf(fix.to), text: fix.text }] : []))
    .sort((a, b) => b.from - a.from)
    .reduce((mended, { from, to, text: put }) => mended.slice(0, from) + put + mended.slice(to), text);
}

const said = ({ source, code, hint }: Diagnostic) =>
  `${source?.line}:${source?.column} ${code} | ${hint ?? ''}`;
const JARGON = /\b(?:map|node|scalar|implicit|glob|entry|entries|token|plain value|block)\b/i;

const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.txt'));

describe('the mistakes', () => {
  it('are many', () => {
    expect(files.flatMap(casesOf).length).toBeGreaterThan(120);
  });

  describe.each(files)('of %s', (file) => {
    it.each(casesOf(file))('$title', ({ written, complaints, meant }) => {
      const { diagnostics } = load({ 'chaport.yaml': written });
      expect(diagnostics.map((diagnostic) => said(diagnostic).trimEnd())).toEqual(
        complaints.map((line) => line.trimEnd()),
      );
      for (const { message, hint = '' } of diagnostics) {
        expect(`${message} ${hint}`).not.toMatch(JARGON);
      }
      if (meant === '') return;
      const mended = load({ 'chaport.yaml': withFixes(written, diagnostics) });
      const wished = load({ 'chaport.yaml': meant });
      expect(mended.diagnostics).toEqual([]);
      expect(wished.diagnostics).toEqual([]);
      expect(mended.desired?.config.sha256).toBe(wished.desired?.config.sha256);
      expect(mended.desired?.policy.protect.map(({ glob }) => glob)).toEqual(
        wished.desired?.policy.protect.map(({ glob }) => glob),
      );
    });
  });
});

describe('a file that is another one altogether', () => {
  const staff = 'Name;E-Mail;Rolle\nAnke;anke@acme.example;Agent\n';
  it.each<[what: string, bytes: string | Uint8Array]>([
    ['a staff list (CSV)', staff],
    ['a staff list (CSV)', 'sep=;\n\nanke@acme.example;Anke\n'],
    ['an Excel workbook or another packed file', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0xff)],
    ['an answer of the Chaport API', '{"result":[{"id":"1","email":"anke@acme.example"}]}'],
    ['a saved plan', '{ "formatVersion": "2", "changes": [] }'],
    ['the report of an apply', '{ "formatVersion": "2", "converged": true, "changes": [] }'],
    ['a web page', '<!DOCTYPE html><html>'],
  ])('is called %s, and nothing else is said', (what, bytes) => {
    const { diagnostics } = load({ 'chaport.yaml': bytes });
    expect(diagnostics).toMatchObject([
      {
        code: 'not-a-configuration',
        message: `this is ${what}, not a configuration`,
        source: { line: 1, column: 1 },
      },
    ]);
  });

  it('is none where it is written in braces', () => {
    expect(
      load({ 'a.yaml': '{"version": 1, "operators": [{"email": "a@acme.example"}]}' }).diagnostics,
    ).toEqual([]);
  });
});

describe('what is fine', () => {
  it.each([
    [
      'Windows line ends and a byte order mark',
      '\ufeffversion: 1\r\noperators:\r\n  - email: a@acme.example\r\n    name: Anke\r\n',
    ],
    [
      'an apostrophe of a word processor',
      'version: 1\noperators:\n  - email: a@acme.example\n    jobTitle: Chef d’équipe\n',
    ],
    [
      'curly quotes in straight ones',
      'version: 1\noperators:\n  - email: a@acme.example\n    name: "“Anke”"\n',
    ],
    [
      'a text over several lines',
      'version: 1\noperators:\n  - email: a@acme.example\n    jobTitle: >-\n      name:Anke\n      -email: x\n',
    ],
    [
      'an anchor that is used',
      'version: 1\noperators:\n  - email: a@acme.example\n    name: &n Anke\n    jobTitle: *n\n',
    ],
    ['null written out', 'version: 1\noperators:\n  - email: a@acme.example\n    jobTitle: null\n'],
    [
      'brackets over several lines',
      'version: 1\npolicy: {\n  protect: [\n    "*@acme.example",\n  ],\n  minAdmins: 1\n}\n',
    ],
    ['an apostrophe in an address', "version: 1\noperators:\n  - email: o'brien@acme.example\n"],
    [
      'a status of defaults in short',
      'version: 1\ndefaults: { status: online }\noperators:\n  - email: a@acme.example\n',
    ],
  ])('%s', (_what, text) => {
    expect(load({ 'a.yaml': text }).diagnostics).toEqual([]);
  });
});

describe('a fix', () => {
  it('shows no secret that somebody wrote out', () => {
    const text =
      'version: 1\noperators:\n  - email: a@acme.example\n    name: @s3cret-value\n    jobTitle: ${secret:KEY}\n';
    const { diagnostics } = load({ 'a.yaml': text }, { env: { KEY: 's3cret-value' } });
    expect(diagnostics).toMatchObject([{ code: 'missing-quotes' }]);
    expect(JSON.stringify(diagnostics)).not.toContain('s3cret-value');
  });

  it('does not meet another one', () => {
    const text = 'version: 1\noperators:\n\t- email: mailto:a@acme.example\n\t  name:Anke\n';
    const once = withFixes(text, load({ 'a.yaml': text }).diagnostics);
    const twice = withFixes(once, load({ 'a.yaml': once }).diagnostics);
    expect(twice).toBe('version: 1\noperators:\n  - email: a@acme.example\n    name: Anke\n');
  });
});
