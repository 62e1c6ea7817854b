import { describe, expect, it } from 'vitest';
import { fixture, load, loadSections, places } from './load.ts';

describe('positions through anchors, aliases and merges', () => {
  it('points at the wrong value where it is written, whoever merges it', () => {
    const { diagnostics } = load({ 'a.yaml': fixture('wrong-through-merge.yaml') });
    expect(places(diagnostics)).toEqual([
      'a.yaml:5:17 invalid-value',
      'a.yaml:6:5 unknown-key',
      'a.yaml:10:11 invalid-value',
    ]);
    expect(diagnostics[2]?.related).toEqual({
      message: 'the anchor is here',
      source: { file: 'a.yaml', line: 5, column: 17 },
    });
  });

  it('points at the alias where the same entry comes twice', () => {
    const { diagnostics } = load({
      'a.yaml':
        'version: 1\noperators:\n  - &jon\n    email: jon@acme.example\n  - *jon\n  - <<: *jon\n    name: Jon\n',
    });
    expect(places(diagnostics)).toEqual(['a.yaml:5:5 duplicate-operator', 'a.yaml:6:5 duplicate-operator']);
  });

  it('gives each entry, status and subscription a place of its own', () => {
    const { operators, webhooks } = loadSections(fixture('valid/anchors-and-merges.yaml'));
    const line = ({ source }: { source: { line: number; column: number } }) =>
      `${source.line}:${source.column}`;
    expect(operators?.map(line)).toEqual(['4:5', '9:5', '12:5']);
    // A merged status stands nowhere in its entry.
    expect(operators?.map(({ status }) => status && line(status))).toEqual(['8:5', '9:5', '14:5']);
    expect(webhooks?.map(line)).toEqual(['18:9', '19:9', '21:13', '21:13']);
  });

  it('counts columns in a file with a byte order mark and Windows line ends', () => {
    const { diagnostics } = load({ 'a.yaml': '\ufeffversoin: 1\r\nversion: 1\r\noperators: {}\r\n' });
    expect(places(diagnostics)).toEqual(['a.yaml:1:1 unknown-key', 'a.yaml:3:12 wrong-type']);
    expect(diagnostics[1]?.excerpt).toEqual({ text: 'operators: {}', length: 2 });
  });

  it('says once what an alias brings up many times', () => {
    const { diagnostics } = load({
      'a.yaml':
        'version: 1\nwebhooks:\n  - { url: "https://a.example/", events: &e [bad] }\n  - { url: "https://b.example/", events: *e }\n',
    });
    expect(places(diagnostics)).toEqual(['a.yaml:3:46 invalid-value']);
  });
});

describe('values through anchors and merges', () => {
  it('lets what an entry says win over what it merges, and the first merged map over the next', () => {
    const { operators, webhooks } = loadSections(fixture('valid/anchors-and-merges.yaml'));
    expect(operators?.map(({ name, role, language }) => [name, role, language])).toEqual([
      ['Arya', 'operator', 'en'],
      ['Sansa', 'operator', 'en'],
      ['Arya', 'admin', 'en'],
    ]);
    expect(operators?.map(({ status }) => status?.ttl)).toEqual([28_800, 28_800, 172_800]);
    expect(webhooks?.map(({ event, targetUrl }) => `${event} ${targetUrl}`)).toEqual([
      'chat.started https://one.acme.example/hook',
      'chat.finished https://one.acme.example/hook',
      'chat.started https://two.acme.example/hook',
      'chat.finished https://two.acme.example/hook',
    ]);
  });

  it('lets a quoted << be a key like any other', () => {
    expect(places(load({ 'a.yaml': 'version: 1\n"<<": { operators: [] }\n' }).diagnostics)).toEqual([
      'a.yaml:2:1 unknown-key',
    ]);
  });

  it('never reaches a prototype', () => {
    load({ 'a.yaml': fixture('prototype-keys.yaml') });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
