import { describe, expect, it } from 'vitest';
import { RefusedError, UserError } from '../../src/model/errors.ts';
import { SecretBook } from '../../src/model/secrets.ts';
import { parseTarget } from '../../src/planner/targets.ts';
import { live, liveOperator, liveWebhook, operator, planFor, status, webhook } from '../support/builders.ts';

describe('a target', () => {
  it('is a kind, or a kind and a glob over keys', () => {
    const everyone = parseTarget('operator');
    expect([everyone.kind, everyone.matches('jon@acme.example')]).toEqual(['operator', true]);
    const hooks = parseTarget('webhook:chat.* https://Hooks.acme.example/*');
    expect(hooks.kind).toBe('webhook');
    expect(hooks.matches('chat.started https://hooks.acme.example/a/b')).toBe(true);
    expect(hooks.matches('chat.started https://other.example/')).toBe(false);
  });

  it('takes a kind in the plural', () => {
    expect(['operators', 'statuses', 'webhooks'].map((text) => parseTarget(text).kind)).toEqual([
      'operator',
      'status',
      'webhook',
    ]);
  });

  it.each([
    ['operatos', 'there is no kind "operatos"'],
    ['', 'there is no kind ""'],
    [':jon@acme.example', 'there is no kind ""'],
    ['Operator', 'there is no kind "Operator"'],
    ['operator:', 'the pattern after the colon is empty'],
    ['operator:j[o]n@*', 'a pattern has no "["'],
    ['webhook:* https://{a', 'this "{" is never closed'],
  ])('"%s" is refused: %s', (text, reason) => {
    expect(() => parseTarget(text)).toThrow(reason);
  });
});

describe('a target that matches nothing', () => {
  const secrets = new SecretBook();
  secrets.addSecret('KEY', 'hush-hush');
  const moved = operator('jon@acme.example', { movedFrom: 'snow@acme.example', status: status('online') });
  const FILE = { operators: [moved], webhooks: [webhook('chat.started', 'https://h.example/')], secrets };
  const LIVE = live(
    [liveOperator('owner@acme.example'), liveOperator('snow@acme.example')],
    [liveWebhook('chat.finished', 'https://live.example/')],
  );
  const complaintFor = (text: string, file: Parameters<typeof planFor>[0] = FILE, state = LIVE) => {
    try {
      planFor(file, state, { targets: [parseTarget(text)] });
      return null;
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof RefusedError) throw error;
      expect([error.code, error.hint]).toEqual([
        'target-matches-nothing',
        'nothing was planned: correct the target, or leave it out',
      ]);
      return error.message;
    }
  };

  it.each([
    'operator',
    'operator:jon@*',
    'operator:SNOW@acme.example',
    'operator:owner@acme.example',
    'status:jon@*',
    'webhook:chat.started https://h.example/*',
    'webhook:* https://live.example/',
  ])('is not "%s", which is in the files or in the account', (text) => {
    expect(complaintFor(text)).toBeNull();
  });

  it.each([
    [
      'webhook:https://h.example/*',
      'no webhook has such a key; the key of a webhook is its event, a blank and its URL',
    ],
    ['operator:jon', 'no operator has such a key; the key of an operator is the e-mail address'],
    ['status:jon', 'no status has such a key; the key of a status is the e-mail address of its operator'],
  ])('"%s" is an error, with what a key is', (text, reason) => {
    expect(complaintFor(text)).toBe(`--target ${text}: ${reason}`);
  });

  it('is an error where its kind is not managed, or there is none of it', () => {
    const only = { operators: [moved] };
    expect(complaintFor('webhook', only)).toBe('--target webhook: no file has the section webhooks');
    expect(complaintFor('webhook', { ...FILE, webhooks: [] }, live(LIVE.operators, []))).toBe(
      '--target webhook: neither the files nor the account have webhooks',
    );
  });

  it('is not one whose kind no file has, where the policy watches that kind', () => {
    const watched = { operators: [moved], policy: { unmanaged: { webhooks: 'warn' as const } } };
    expect(complaintFor('webhook', watched)).toBeNull();
  });

  it('is named beside every other one', () => {
    const targets = ['operator:x', 'status:y', 'operator'].map(parseTarget);
    expect(() => planFor(FILE, LIVE, { targets })).toThrow(
      /^--target operator:x: .*\n--target status:y: .*$/,
    );
  });

  it('is named without a secret', () => {
    expect(complaintFor('webhook:* https://x.example/hush-hush')).toContain('x.example/${secret:KEY}:');
  });
});

it('does not matter any more once a plan has deleted all that it matched', () => {
  const file = { operators: [] };
  const targets = [parseTarget('operator:jon@*')];
  expect(() => planFor(file, live([liveOperator('amy@acme.example')]), { targets })).toThrow(UserError);
  expect(planFor(file, live([liveOperator('amy@acme.example')]), { targets, again: true }).changes).toEqual(
    [],
  );
});
