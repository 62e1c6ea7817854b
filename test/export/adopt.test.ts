import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatConfigText } from '../../src/config/format/index.ts';
import { parseConfig } from '../../src/config/index.ts';
import { adoptUnmanaged, exportAccount } from '../../src/export/index.ts';
import type { DesiredState } from '../../src/model/desired.ts';
import type { LiveState } from '../../src/model/live.ts';
import { plan } from '../../src/planner/plan.ts';
import { live, liveOperator, liveWebhook, PLAN_OPTIONS } from '../support/builders.ts';
import { oddAccount } from './odd-accounts.ts';

const account = live(
  [
    liveOperator('owner@acme.example', { name: 'Olenna', role: 'admin' }),
    liveOperator('jon@acme.example', { name: 'Jon Snow', jobTitle: 'Steward' }),
    liveOperator('anna@acme.example', { name: 'Anna: "Berg" # 1', language: 'no' }),
  ],
  [
    liveWebhook('chat.started', 'https://a.example/x'),
    liveWebhook('chat.finished', 'https://a.example/x'),
    liveWebhook('chat.started', 'https://b.example/x?key=hidden-value', { essential: true }),
  ],
);

interface Outcome {
  files: Record<string, string>;
  env: Record<string, string>;
  adopted: ReturnType<typeof adoptUnmanaged>;
}

function adopt(
  files: Record<string, string>,
  state: LiveState = account,
  options: { into?: string[]; env?: Record<string, string> } = {},
): Outcome {
  const texts = Object.entries(files).map(([name, text]) => ({
    name,
    bytes: new TextEncoder().encode(text),
  }));
  const { into = Object.keys(files), env = {} } = options;
  const adopted = adoptUnmanaged(state, {
    texts,
    into,
    env,
    plan: (desired: DesiredState) => plan(desired, state, PLAN_OPTIONS),
  });
  const after = { ...files };
  for (const { name, after: bytes } of adopted.files) {
    after[name] = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }
  const secrets = adopted.secrets.map(({ name, value }) => [name, value]);
  return { files: after, env: { ...env, ...Object.fromEntries(secrets) }, adopted };
}

function planOf({ files, env }: Pick<Outcome, 'files' | 'env'>, state: LiveState = account) {
  const texts = Object.entries(files).map(([name, text]) => ({
    name,
    bytes: new TextEncoder().encode(text),
  }));
  const { desired, diagnostics } = parseConfig(texts, { env });
  // An account may have words that a file is warned of.
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors, JSON.stringify(files)).toEqual([]);
  if (desired === null) throw new Error('the files have errors');
  return plan(desired, state, PLAN_OPTIONS);
}

const canonical = (text: string) =>
  formatConfigText({ name: 'chaport.yaml', bytes: new TextEncoder().encode(text) });

const commentsOf = (text: string): string[] => text.match(/# [^\r\n]*/g) ?? [];

/** The lines of `after` without those that were added; what is left must be all of `before`. */
function isSubsequence(before: string, after: string): boolean {
  let at = 0;
  for (const character of after.split('')) if (character === before[at]) at += 1;
  return at === before.length;
}

const FILES: Record<string, string> = {
  'a block list': `# top
version: 1

operators:   # people
    # the boss
    - email: 'owner@acme.example'   # owner

      name:    "Olenna"

# hooks
webhooks:
- url: https://a.example/x # url
  events: [ 'chat.started' ]
  # after the hooks
# the end
`,
  'no line end': 'version: 1\noperators:\n  - email: owner@acme.example',
  'Windows line ends': 'version: 1\r\noperators:\r\n  - email: owner@acme.example\r\n\r\n# end\r\n',
  'a byte order mark': '\ufeffversion: 1\noperators:\n  - email: owner@acme.example\n',
  'an empty list': 'version: 1\noperators: [] # none yet\nwebhooks: []\n',
  'an empty list with a comment inside': 'version: 1\noperators: [\n  # none yet\n]\nwebhooks: []\n',
  'a section with nothing': 'version: 1\noperators: # later\n\nwebhooks:\n\n# end\n',
  'a section that is null': 'version: 1\noperators: ~\nwebhooks: null # later\n',
  'no sections': 'version: 1\n# that is all\n',
  'a list on one line': 'version: 1\noperators: [{ email: owner@acme.example }] # here\n',
  'a list on one line with a trailing comma':
    'version: 1\noperators: [{ email: owner@acme.example }, ] # here\n',
  'a list in brackets over lines':
    'version: 1\noperators: [\n  { email: owner@acme.example } # the boss\n]\nwebhooks: [\n  { url: https://a.example/x, events: [chat.started] }, # one\n]\n',
  JSON: '{ "version": 1, "operators": [{ "email": "owner@acme.example" }] }\n',
  'JSON over lines':
    '{\n  "version": 1,\n  "operators": [\n    { "email": "owner@acme.example" }\n  ],\n  "webhooks": []\n}\n',
  'brackets around everything': '{version: 1, operators: []}',
  'anchors and merges':
    'version: 1\noperators:\n  - &base\n    email: owner@acme.example\n    name: Olenna\n  - <<: *base\n    email: jon@acme.example\n    name: Jon Snow\n    # last word\n',
  'an end mark': '---\nversion: 1\noperators:\n  - email: owner@acme.example\n...\n',
  'an indented file': '  version: 1\n  operators:\n    - email: owner@acme.example\n',
  'entries apart':
    'version: 1\noperators:\n  - email: owner@acme.example\n\n  - email: jon@acme.example\n\nwebhooks: []\n',
  'a block text last':
    'version: 1\noperators:\n  - email: owner@acme.example\n    jobTitle: >-\n      Head of\n      support\n\n\nwebhooks: []\n',
};

describe('adopting what is unmanaged', () => {
  it.each(Object.entries(FILES))('works in a file with %s, and keeps what is in it', (name, text) => {
    const state =
      name === 'a block text last'
        ? live(
            [
              liveOperator('owner@acme.example', { jobTitle: 'Head of support' }),
              liveOperator('jon@acme.example'),
            ],
            [],
          )
        : account;
    const outcome = adopt({ 'chaport.yaml': text }, state);
    const after = outcome.files['chaport.yaml'] ?? '';
    const [comments, kept] = [commentsOf(text), commentsOf(after)];
    expect(kept.filter((comment) => comments.includes(comment))).toEqual(comments);
    expect(after.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
    if (text.includes('\r\n')) expect(after).not.toMatch(/[^\r]\n/);
    if (name.startsWith('JSON')) expect(JSON.parse(after)).toMatchObject({ version: 1 });
    else expect(canonical(after)).toBe(after.replaceAll('\r\n', '\n').replace('\ufeff', ''));
    const planned = planOf(outcome, state);
    expect(planned.changes, after).toEqual([]);
    expect(planned.unmanaged, after).toEqual([]);
    expect(outcome.adopted.leftOut).toEqual([]);
  });

  it('leaves a canonical file as it is but for what is added, and says so of any other', () => {
    const text = FILES['a block list'] ?? '';
    const { files, adopted } = adopt({ 'chaport.yaml': canonical(text) });
    expect(isSubsequence(canonical(text), files['chaport.yaml'] ?? '')).toBe(true);
    expect(adopted.files).toEqual([expect.objectContaining({ isRewritten: false })]);
    const other = adopt({ 'chaport.yaml': text });
    expect(other.files).toEqual(files);
    expect(other.adopted.files).toEqual([expect.objectContaining({ isRewritten: true })]);
  });

  it('puts new entries behind the last one and its comments, with their ids', () => {
    const { files } = adopt({ 'chaport.yaml': FILES['a block list'] ?? '' });
    expect(files['chaport.yaml']).toBe(`# top
version: 1

operators:
  # people
  # the boss
  - email: owner@acme.example # owner

    name: Olenna
  - email: anna@acme.example # id ${account.operators?.[2]?.id}, never active
    name: "Anna: \\"Berg\\" # 1"
    role: operator
    language: "no"
  - email: jon@acme.example # id ${account.operators?.[1]?.id}, never active
    name: Jon Snow
    jobTitle: Steward
    role: operator
    language: en

# hooks
webhooks:
  - url: https://a.example/x # url
    events: [chat.started]
    # after the hooks
  - url: https://a.example/x # id ${account.webhooks?.[1]?.id}
    events: [chat.finished]
    essential: false
  - url: https://b.example/x?key=\${secret:B_EXAMPLE_KEY} # id ${account.webhooks?.[2]?.id}
    events: [chat.started]
    essential: true
  # the end
`);
  });

  it('writes each section where it is already, and a new one into the first file', () => {
    const { files } = adopt(
      {
        'account.yaml': 'version: 1\naccount: { owner: owner@acme.example }\n',
        'team.yaml': 'operators:\n  - email: owner@acme.example\n',
      },
      account,
    );
    expect(files['account.yaml']).toContain('\nwebhooks:\n  - url: https://a.example/x');
    expect(files['team.yaml']).toContain('\n  - email: jon@acme.example');
  });

  it('writes only the files that it was told to', () => {
    const base = 'version: 1\noperators:\n  - email: owner@acme.example\n';
    const { files } = adopt({ 'base.yaml': base, 'new.yaml': '# new people\nwebhooks: []\n' }, account, {
      into: ['new.yaml'],
    });
    expect(files['base.yaml']).toBe(base);
    expect(files['new.yaml']).toContain('- email: jon@acme.example');
  });

  it('has regard to the defaults of the files', () => {
    const text = `version: 1
defaults:
  operator: { language: en, role: operator, jobTitle: Agent, image: https://acme.example/a.png }
  status: { value: online }
  webhook: { essential: false }
operators: []
`;
    const state = live(
      [
        liveOperator('a@acme.example', {
          lastStatus: 'online',
          jobTitle: 'Agent',
          image: 'https://acme.example/a.png',
        }),
        liveOperator('b@acme.example', { lastStatus: 'away', jobTitle: null }),
        liveOperator('c@acme.example', { language: null }),
      ],
      [liveWebhook('a.b', 'https://a.example/x')],
    );
    const outcome = adopt({ 'chaport.yaml': text }, state);
    const [a = '', b = ''] = (outcome.files['chaport.yaml'] ?? '').split('- email: ').slice(1);
    expect(a).not.toMatch(/language|role|jobTitle|image|status/);
    expect(b).toContain('jobTitle: ""');
    expect(b).toContain('image: ""');
    expect(b).toContain('status: { mode: initial }');
    expect(outcome.files['chaport.yaml']).not.toContain('essential: true');
    const planned = planOf(outcome, state);
    expect(planned.changes).toEqual([]);
    expect(planned.unmanaged.map(({ key }) => key)).toEqual(['c@acme.example']);
    expect(outcome.adopted.leftOut).toEqual([
      expect.objectContaining({
        what: expect.stringContaining('c@acme.example'),
        why: expect.stringContaining('defaults'),
      }),
    ]);
  });

  it('names a credential as the files do already', () => {
    const text =
      'version: 1\nwebhooks:\n  - url: https://b.example/x?key=${secret:OUR_KEY}\n    events: [chat.finished]\n';
    const outcome = adopt({ 'chaport.yaml': text }, account, { env: { OUR_KEY: 'hidden-value' } });
    expect(outcome.adopted.secrets).toEqual([]);
    expect(outcome.files['chaport.yaml']?.match(/OUR_KEY/g)).toHaveLength(2);
  });

  it('names the credential of a URL that the files move away from as they do', () => {
    const text =
      'version: 1\nwebhooks:\n  - url: https://new.example/\n    movedFrom: https://b.example/x?key=${secret:OUR_KEY}\n    events: [chat.finished]\n';
    const outcome = adopt({ 'chaport.yaml': text }, account, { env: { OUR_KEY: 'hidden-value' } });
    expect(outcome.adopted.secrets).toEqual([]);
    expect(outcome.files['chaport.yaml']).toContain('- url: https://b.example/x?key=${secret:OUR_KEY} # id');
  });

  it('counts what is new, and leaves out a second subscription for what the files have', () => {
    const text =
      'version: 1\nwebhooks:\n  - url: https://a.example/x\n    events: [chat.started, chat.finished]\n';
    const state = live(
      ['a@acme.example', 'b@acme.example'].map((email) => liveOperator(email)),
      [
        liveWebhook('chat.started', 'https://a.example/x'),
        liveWebhook('chat.started', 'https://A.example:443/x', { id: 'second' }),
        ...['a.b', 'a.c'].map((event) => liveWebhook(event, 'https://c.example/x')),
      ],
    );
    const { added, leftOut } = adopt({ 'chaport.yaml': text }, state).adopted;
    expect(added).toEqual({ operators: 2, webhooks: 2 });
    expect(leftOut).toEqual([
      {
        what: 'the webhook "chat.started" (id second)',
        why: 'the files have it already, and the account has it twice: delete one in the Chaport app',
      },
    ]);
  });

  it('leaves to prune what prune claims', () => {
    const text =
      'version: 1\npolicy: { prune: { webhooks: ["https://a.example/**"] }, maxDeletes: 9 }\nwebhooks: []\n';
    const { files } = adopt({ 'chaport.yaml': text });
    expect(files['chaport.yaml']).toContain('https://b.example/x');
    expect(files['chaport.yaml']).not.toContain('url: https://a.example/x');
  });

  it('refuses a section that is an alias', () => {
    const text = 'version: 1\nwebhooks: &none []\noperators: *none\n';
    expect(() => adopt({ 'chaport.yaml': text })).toThrow('it is the alias *none');
  });

  it('changes nothing where there is nothing to add', () => {
    const first = adopt({ 'chaport.yaml': 'version: 1\n' });
    const second = adopt(first.files, account, { env: first.env });
    expect(second.adopted).toMatchObject({
      files: [],
      added: { operators: 0, webhooks: 0 },
    });
  });

  it('completes a file that has a part of any account', () => {
    fc.assert(
      fc.property(oddAccount, fc.nat({ max: 12 }), fc.nat({ max: 12 }), (state, people, hooks) => {
        const part = {
          operators: (state.operators ?? []).slice(0, people + 1),
          webhooks: (state.webhooks ?? []).slice(0, hooks),
        };
        const exported = exportAccount(part, { baseUrl: 'https://app.chaport.com/api/v1' });
        const env = Object.fromEntries(exported.secrets.map(({ name, value }) => [name, value]));
        const outcome = adopt({ 'chaport.yaml': exported.yaml }, state, { env });
        expect(isSubsequence(exported.yaml.replaceAll('[]', ''), outcome.files['chaport.yaml'] ?? '')).toBe(
          true,
        );
        expect(planOf(outcome, state).changes).toEqual([]);
        // What is still unmanaged cannot be written at all.
        expect(adopt(outcome.files, state, { env: outcome.env }).adopted.files).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});
