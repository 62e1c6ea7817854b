import { describe, expect, it } from 'vitest';
import { load } from './load.ts';

const PEOPLE =
  'operators:\n  - { email: a@acme.example, name: Ann, status: online }\n  - { email: b@acme.example, state: absent }\n';
const HOOKS =
  'webhooks:\n  - { url: "https://acme.example/?key=${secret:KEY}", events: [chat.started, chat.finished] }\n';
const HEAD =
  'version: 1\naccount: { owner: o@acme.example }\npolicy: { prune: { webhooks: ["https://a/**", "https://b/**"] }, minAdmins: 1 }\n';
const KEY = 'a-key-of-a-good-length';

function hashOf(files: Record<string, string>, env: Record<string, string> = { KEY }): string {
  const { desired, diagnostics } = load(files, { env });
  if (!desired) throw new Error(JSON.stringify(diagnostics));
  return desired.config.sha256;
}
const edited = (from: string, to: string) => {
  const text = HEAD + PEOPLE + HOOKS;
  expect(text).toContain(from);
  return hashOf({ 'a.yaml': text.replace(from, to) });
};

describe('the hash over what the files ask for', () => {
  const hash = hashOf({ 'a.yaml': HEAD + PEOPLE + HOOKS });

  it('is a SHA-256 in hex', () => {
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is the same with comments, in another order of sections, entries, events and globs', () => {
    const text = `# people\n${HOOKS.replace('chat.started, chat.finished', 'chat.finished, chat.started')}operators:
  - { state: absent, email: b@acme.example } # left
  - email: a@acme.example
    status: online
    name: "Ann"
${HEAD.replace('"https://a/**", "https://b/**"', '"https://b/**", "https://a/**"')}`;
    expect(hashOf({ 'a.yaml': text })).toBe(hash);
  });

  it('is the same in other files, and with the defaults that entries had written out', () => {
    expect(hashOf({ 'people.yaml': PEOPLE, '-': HEAD, 'hooks.yaml': HOOKS })).toBe(hash);
    const text = HEAD + PEOPLE.replace('a@acme.example, ', 'a@acme.example, language: en, ') + HOOKS;
    const filled = `${HEAD}defaults: { operator: { language: en } }\n${PEOPLE}${HOOKS}`;
    expect(hashOf({ 'a.yaml': filled })).toBe(hashOf({ 'a.yaml': text }));
  });

  it('is the same whatever a status is, which is set by hand', () => {
    expect(edited('status: online', 'status: away')).toBe(hash);
  });

  it.each([
    ['name: Ann', 'name: Anne'],
    ['name: Ann', 'name: Ann, role: admin'],
    ['name: Ann', 'name: Ann, movedFrom: z@acme.example'],
    ['state: absent', 'state: present'],
    ['a@acme.example', 'c@acme.example'],
    ['o@acme.example', 'p@acme.example'],
    ['chat.started, ', ''],
    ['?key=', '?k='],
    ['minAdmins: 1', 'minAdmins: 2'],
    ['minAdmins: 1', 'maxDeletes: 1'],
    ['minAdmins: 1', 'minAdmins: 1, protect: ["*@b.example"]'],
    ['"https://a/**", ', ''],
  ])('is another one with %s as %s', (from, to) => {
    expect(edited(from, to)).not.toBe(hash);
  });

  it('is another one without a section than with an empty one', () => {
    expect(hashOf({ 'a.yaml': 'version: 1\n' })).not.toBe(
      hashOf({ 'a.yaml': 'version: 1\noperators: []\n' }),
    );
  });

  it('is another one when a secret is, and does not tell a short one', () => {
    const text = HEAD + PEOPLE + HOOKS;
    expect(hashOf({ 'a.yaml': text }, { KEY: `${KEY}!` })).not.toBe(hash);
    expect(hashOf({ 'a.yaml': text }, { KEY: 'short-1' })).toBe(
      hashOf({ 'a.yaml': text }, { KEY: 'short-2' }),
    );
  });
});
