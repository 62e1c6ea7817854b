import { describe, expect, it } from 'vitest';
import { exportAccount } from '../../src/export/index.ts';
import { live, liveOperator, liveWebhook } from '../support/builders.ts';

const BASE_URL = 'https://app.chaport.com/api/v1';
const yamlOf = (...args: Parameters<typeof live>) => exportAccount(live(...args), { baseUrl: BASE_URL }).yaml;

const owner = liveOperator('Owner@acme.example', {
  id: 'o1',
  name: 'Olenna',
  role: 'admin',
  lastActivityAt: '2026-11-20T16:30:00.000Z',
});
const people = ['a', 'b', 'c', 'd'].map((name) =>
  liveOperator(`${name}@acme.example`, { id: name, name: name.toUpperCase() }),
);

describe('exportAccount', () => {
  it('reads as if a person had written it', () => {
    const { yaml } = exportAccount(
      live(
        [
          ...people,
          liveOperator('e@acme.example', { id: 'e', name: 'E', language: 'de', jobTitle: 'Übersetzung' }),
          owner,
        ],
        [
          liveWebhook('chat.started', 'https://hooks.acme.example/x', { id: 'w2' }),
          liveWebhook('chat.finished', 'https://hooks.acme.example/x', { id: 'w1' }),
          liveWebhook('chat.started', 'https://hooks.acme.example/y?key=hidden', {
            id: 'w3',
            essential: true,
          }),
          ...['a.b', 'a.c', 'a.d', 'a.e'].map((event) =>
            liveWebhook(event, 'https://z.example/', { id: `z-${event}` }),
          ),
        ],
      ),
      { baseUrl: BASE_URL, owner: 'owner@ACME.example' },
    );
    expect(yaml).toBe(`# yaml-language-server: $schema=./chaport.schema.json
# Exported from https://app.chaport.com/api/v1
# Statuses are not in here: people set their own, and they expire. "export --kind status" writes them.
# For help while you edit this file: chaportctl schema > chaport.schema.json

version: 1

account:
  owner: Owner@acme.example

defaults:
  operator: { language: en, role: operator }
  webhook: { essential: false }

operators:
  - email: a@acme.example # id a, never active
    name: A
  - email: b@acme.example # id b, never active
    name: B
  - email: c@acme.example # id c, never active
    name: C
  - email: d@acme.example # id d, never active
    name: D
  - email: e@acme.example # id e, never active
    name: E
    jobTitle: Übersetzung
    language: de
  - email: Owner@acme.example # id o1, last active 2026-11-20
    name: Olenna
    role: admin

webhooks:
  - url: https://hooks.acme.example/x # ids w1, w2
    events: [chat.finished, chat.started]
  - url: https://hooks.acme.example/y?key=\${secret:HOOKS_ACME_EXAMPLE_KEY} # id w3
    events: [chat.started]
    essential: true
  - url: https://z.example/
    events:
      - a.b # id z-a.b
      - a.c # id z-a.c
      - a.d # id z-a.d
      - a.e # id z-a.e
`);
  });

  it('leaves the account open where nobody says who the owner is', () => {
    expect(yamlOf([owner, ...people])).toContain(`
# The owner's address guards against a wrong token. Check it, then remove the # of the two lines.
# account:
#   owner: Owner@acme.example

defaults:`);
  });

  it('says of what a file cannot hold that it stays as it is', () => {
    const yaml = yamlOf(
      [
        liveOperator('x@acme.example', { role: 'super\u202evisor' }),
        liveOperator('no address', { id: 'n1' }),
      ],
      [
        liveWebhook('chat.started', 'http://plain.example/?key=hidden', { id: 'w1' }),
        liveWebhook('odd', 'https://x.example/', { id: 'w2' }),
      ],
    );
    expect(yaml).toContain(
      '# The account has the role "super\\u{202e}visor" here, which a file cannot say: it stays as it is.',
    );
    expect(yaml).toContain(`# Not in this file:
# - the operator "no address" (id n1, never active): this is no e-mail address that a file may hold
operators:`);
    expect(yaml).toContain(`# Not in this file:
# - the webhook "chat.started" to "http://plain.example/?key=***" (id w1): a file takes https: only
# - the webhook "odd" to "https://x.example/" (id w2): this is no event name that a file may hold
webhooks: []`);
  });

  it('writes a subscription that stands twice in the account once, and says so', () => {
    const yaml = yamlOf(
      [owner],
      [
        liveWebhook('a.b', 'https://x.example', { id: 'w1' }),
        liveWebhook('a.b', 'https://X.example:443/', { id: 'w2', essential: true }),
      ],
    );
    expect(yaml).toContain(`
  # The account has "a.b" once more (id w2), so it arrives twice: delete one in the Chaport app.
  - url: https://x.example # id w1
    events: [a.b]`);
    expect(yaml.match(/a\.b\]/g)).toHaveLength(1);
  });

  it('never makes admin the default', () => {
    const admins = people.map((one) => ({ ...one, role: 'admin' }));
    expect(yamlOf(admins)).not.toMatch(/operator: \{.*role/);
  });

  it('lifts nothing that an entry could not take back', () => {
    const yaml = yamlOf([
      ...people,
      ...people.map((one) => ({ ...one, email: `x${one.email}` })),
      liveOperator('z@acme.example', { language: null, role: 'owner' }),
    ]);
    expect(yaml).not.toContain('defaults:');
  });

  it('exports statuses when they are asked for', () => {
    const { yaml } = exportAccount(
      live([
        liveOperator('x@acme.example', { lastStatus: 'away' }),
        liveOperator('y@acme.example', { lastStatus: 'busy' }),
        liveOperator('z@acme.example', { lastStatus: 'At lunch' }),
      ]),
      { baseUrl: BASE_URL, kinds: ['status'] },
    );
    expect(yaml).toContain('  status: { ttl: 8h, mode: enforce }');
    expect(yaml).toMatch(/- email: x@acme.example .*\n {4}status: away\n/);
    expect(yaml).toMatch(
      /# The account has the status "At lunch" here, which a file cannot say.\n {2}- email: z@acme.example/,
    );
    expect(yaml).toMatch(/- email: y@acme.example .*\n {4}status: busy\n/);
    expect(yaml).not.toContain('name:');
    expect(yaml).not.toContain('webhooks:');
  });

  it.each([
    [
      'https://h.example/x?key=s3cret-value',
      'https://h.example/x?key=${secret:H_EXAMPLE_KEY}',
      ['s3cret-value'],
    ],
    ['https://bob:pw-pw@h.example/', 'https://${secret:H_EXAMPLE_LOGIN}@h.example/', ['bob:pw-pw']],
    [
      'https://h.example/T00000000/B01ABCDEF',
      'https://h.example/${secret:H_EXAMPLE_TOKEN}',
      ['T00000000/B01ABCDEF'],
    ],
    [
      'https://hooks.zapier.com/hooks/catch/123/o1b/',
      'https://hooks.zapier.com/hooks/catch/${secret:HOOKS_ZAPIER_COM_TOKEN}/',
      ['123/o1b'],
    ],
    [
      'https://hooks.slack.com/services/T1/B2/x3?key=second',
      'https://hooks.slack.com/services/${secret:HOOKS_SLACK_COM_TOKEN}?key=${secret:HOOKS_SLACK_COM_KEY}',
      ['T1/B2/x3', 'second'],
    ],
    ['https://h.example/#fragment', 'https://h.example/#${secret:H_EXAMPLE_FRAGMENT}', ['fragment']],
    ['https://h.example/?lonely', 'https://h.example/?${secret:H_EXAMPLE_QUERY}', ['lonely']],
    ['https://h.example/a$?v=1', 'https://h.example/${secret:H_EXAMPLE_V}', ['a$?v=1']],
    ['https://h.example/?v=1', 'https://h.example/?v=1', []],
    [
      'https://h.example/a$${b?k=cash$tail',
      'https://h.example/a$$${b?k=${secret:H_EXAMPLE_K}',
      ['cash$tail'],
    ],
    ['https://h.example/x$?a=$four', 'https://h.example/x$?a${secret:H_EXAMPLE_A}', ['=$four']],
    ['https://chaport/?token=abcdef', 'https://chaport/?token=${secret:HOOK_CHAPORT_TOKEN}', ['abcdef']],
    [
      'https://1.example/?a=same&b=same',
      'https://1.example/?${secret:HOOK_1_EXAMPLE_A}&${secret:HOOK_1_EXAMPLE_B}',
      ['a=same', 'b=same'],
    ],
  ])('writes %s with its credentials named', (url, written, values) => {
    const exported = exportAccount(live([owner], [liveWebhook('a.b', url)]), { baseUrl: BASE_URL });
    expect(JSON.parse(exported.json).webhooks[0].url).toBe(written);
    expect(exported.secrets.map(({ value }) => value)).toEqual(values);
    const revealed = exportAccount(live([owner], [liveWebhook('a.b', url)]), {
      baseUrl: BASE_URL,
      revealSecrets: true,
    });
    expect(JSON.parse(revealed.json).webhooks[0].url).toBe(url.replaceAll('${', () => '$${'));
    expect(revealed.secrets).toEqual([]);
  });

  it('gives one name to one credential, and different ones to different credentials of one place', () => {
    const { secrets } = exportAccount(
      live(
        [owner],
        [
          liveWebhook('a.b', 'https://h.example/x?key=first'),
          liveWebhook('a.c', 'https://h.example/x?key=first', { essential: true }),
          liveWebhook('a.b', 'https://h.example/y?key=second'),
        ],
      ),
      { baseUrl: BASE_URL },
    );
    expect(secrets).toEqual([
      {
        name: 'H_EXAMPLE_KEY',
        value: '=first',
        where: 'the short value at a *** and the 6 characters up to its end, in https://h.example/x?key=***',
      },
      {
        name: 'H_EXAMPLE_KEY_2',
        value: 'second',
        where: 'the value of "key" in https://h.example/y?key=***',
      },
    ]);
  });

  it('takes numbers for numbers where it puts people and webhooks in order', () => {
    const { json } = exportAccount(
      live(
        [
          owner,
          ...['agent10', 'agent2', 'agent02', 'agent1b'].map((name) => liveOperator(`${name}@acme.example`)),
        ],
        ['chat10', 'chat9'].map((path) => liveWebhook('a.b', `https://h.example/${path}`)),
      ),
      { baseUrl: BASE_URL },
    );
    const { operators, webhooks } = JSON.parse(json) as Record<string, { email: string; url: string }[]>;
    expect(operators?.map(({ email }) => email.split('@')[0]?.toLowerCase())).toEqual([
      'agent1b',
      'agent02',
      'agent2',
      'agent10',
      'owner',
    ]);
    expect(webhooks?.map(({ url }) => url)).toEqual(['https://h.example/chat9', 'https://h.example/chat10']);
  });

  it('refuses an owner who is no operator', () => {
    expect(() => exportAccount(live([owner]), { baseUrl: BASE_URL, owner: 'nobody@acme.example' })).toThrow(
      'the account has no operator nobody@acme.example',
    );
  });
});
