import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';
import type { DesiredState } from '../../src/model/desired.ts';
import { DiagnosticsError } from '../../src/model/errors.ts';
import type { LiveState } from '../../src/model/live.ts';
import { planSchema } from '../../src/model/plan-schema.ts';
import { SecretBook } from '../../src/model/secrets.ts';
import { realFields } from '../../src/model/text.ts';
import { normaliseUrl } from '../../src/model/urls.ts';
import { plan } from '../../src/planner/plan.ts';
import { remainingChanges, staleDifferences } from '../../src/planner/saved-plan/differences.ts';
import { desiredValues, secretsOfPlan } from '../../src/planner/saved-plan/filled-values.ts';
import { live, liveOperator, liveWebhook, PLAN_OPTIONS } from '../support/builders.ts';

const STARTED = 'chat.started';

function load(yaml: string, env: Record<string, string>): DesiredState {
  const bytes = new TextEncoder().encode(`version: 1\n${yaml}`);
  const { desired, diagnostics } = parseConfig([{ name: 'chaport.yaml', bytes }], { env });
  if (!desired) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return desired;
}

const planOf = (desired: DesiredState, state: LiveState) => plan(desired, state, PLAN_OPTIONS);

/** The text of a plan, in which none of the spellings may stand. */
function textWithout(made: ReturnType<typeof plan>, ...spellings: string[]): string {
  expect(planSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
  const text = JSON.stringify(made);
  for (const spelling of spellings) expect(text.toLowerCase()).not.toContain(spelling.toLowerCase());
  return text;
}

const HOOK = `webhooks:
  - url: https://Hooks.acme.example:443/chaport?key=\${secret:HOOK_KEY}
    events: [${STARTED}]
    essential: true
`;
const SECRET = 'p@ss-wörd/+1';
const ENCODED = 'p@ss-w%C3%B6rd';

describe('a secret of the file', () => {
  it('stands as ${secret:NAME} in a create, which says where', () => {
    const made = planOf(load(HOOK, { HOOK_KEY: SECRET }), live(null, []));
    textWithout(made, SECRET, ENCODED, encodeURIComponent(SECRET));
    expect(made.changes).toMatchObject([
      {
        key: `${STARTED} https://Hooks.acme.example:443/chaport?key=\${secret:HOOK_KEY}`,
        after: { targetUrl: 'https://Hooks.acme.example:443/chaport?key=${secret:HOOK_KEY}' },
        secretFields: ['targetUrl'],
      },
    ]);
  });

  it('is recognised in the account, and stands so before and after an update', () => {
    const hook = liveWebhook(STARTED, `https://hooks.acme.example/chaport?key=${SECRET}`);
    const made = planOf(load(HOOK, { HOOK_KEY: SECRET }), live(null, [hook]));
    textWithout(made, SECRET, ENCODED);
    expect(made.changes).toMatchObject([
      {
        action: 'update',
        fields: [{ path: 'essential' }],
        secretFields: ['targetUrl'],
        secretFieldsBefore: ['targetUrl'],
      },
    ]);
  });

  it('of less than twelve characters has no fingerprint, and the plan warns of that at its place', () => {
    const of = (value: string) => planOf(load(HOOK, { HOOK_KEY: value }), live(null, []));
    expect(of('twelve-chars')).toMatchObject({
      secrets: { HOOK_KEY: expect.stringMatching(/^[0-9a-f]{4}$/) },
      warnings: [],
    });
    const short = of('eleven-char');
    expect(short.secrets).toEqual({ HOOK_KEY: null });
    expect(short.warnings).toEqual([
      {
        code: 'secret-without-fingerprint',
        message: expect.stringMatching(/^secret HOOK_KEY has fewer than 12 characters, .* is not noticed/),
        source: { file: 'chaport.yaml', line: 4, column: 14 },
      },
    ]);
  });

  it('is masked in warnings, refusals and what is unmanaged', () => {
    const desired = load(`${HOOK}policy:\n  protect: ["https://hooks.*/**"]\n`, { HOOK_KEY: SECRET });
    const url = `https://hooks.acme.example/chaport?key=${SECRET}`;
    const hooks = ['a', 'b'].map((id) => liveWebhook(STARTED, url, { id }));
    const made = planOf(desired, live(null, [...hooks, liveWebhook('chat.finished', url)]));
    const text = textWithout(made, SECRET, ENCODED, encodeURIComponent(SECRET));
    expect(made.warnings.map(({ code }) => code)).toEqual(['duplicate-subscription']);
    expect(made.refusals.map(({ code }) => code)).toEqual(['protect']);
    expect(made.unmanaged).toHaveLength(2);
    expect(text).toContain('${secret:HOOK_KEY}');
  });

  it('is masked in the errors that prevent a plan', () => {
    const yaml = 'operators:\n  - email: ${secret:WHO}@acme.example\n';
    const made = () => planOf(load(yaml, { WHO: 'Nobody42' }), live([liveOperator('jon@acme.example')]));
    expect(made).toThrow(DiagnosticsError);
    expect(made).toThrow('${secret:WHO}@acme.example');
    expect(made).not.toThrow(/nobody42/i);
  });

  it('is not shown as a host, which has no capitals', () => {
    const yaml = `webhooks:\n  - url: https://\${secret:TENANT}.hooks.example/in\n    events: [${STARTED}]\n`;
    const made = planOf(load(yaml, { TENANT: 'AcmeT3nant' }), live(null, []));
    textWithout(made, 'AcmeT3nant');
    expect(made.changes[0]?.effects).toEqual([
      { code: 'starts-sending', text: 'starts sending chat data to ${secret:TENANT}.hooks.example' },
    ]);
  });

  it('is not shown in part where it is the whole URL', () => {
    const yaml = `webhooks:\n  - url: \${secret:URL}\n    events: [${STARTED}]\n`;
    const made = planOf(load(yaml, { URL: 'https://hidden.example/in?key=1' }), live(null, []));
    textWithout(made, 'hidden.example');
    expect(made.changes[0]?.effects).toEqual([
      { code: 'starts-sending', text: 'starts sending chat data to ${secret:URL}' },
    ]);
  });

  it('keeps a role a role: the guards and the order see it, whatever it was written as', () => {
    const yaml =
      'policy:\n  minAdmins: 1\noperators:\n  - email: jon@acme.example\n    role: ${secret:A}\n  - email: sam@acme.example\n    role: ${secret:B}\n';
    const desired = load(yaml, { A: 'operator', B: 'operator' });
    const admins = ['jon@acme.example', 'sam@acme.example'].map((email) =>
      liveOperator(email, { role: 'admin' }),
    );
    const made = planOf(desired, live(admins));
    expect(made.refusals.map(({ code }) => code)).toEqual(['min-admins']);
    expect(made.changes[0]?.fields).toEqual([{ path: 'role', before: 'admin', after: 'operator' }]);
  });

  it('that also stands in a value of the account is masked there, and that value is not sent', () => {
    const yaml = `${HOOK}operators:\n  - email: jon@acme.example\n    jobTitle: Steward\n`;
    const desired = load(yaml, { HOOK_KEY: 'hunter22' });
    const made = planOf(desired, live([liveOperator('jon@acme.example', { name: 'Jon hunter22' })], []));
    textWithout(made, 'hunter22');
    const change = made.changes.find(({ kind }) => kind === 'operator');
    expect(change).toMatchObject({ about: { name: 'Jon ${secret:HOOK_KEY}' } });
    expect(change?.after).not.toHaveProperty('name');
  });

  it('that the file also writes out is shown by its name there, and sent as it is', () => {
    const yaml = `${HOOK}operators:\n  - email: jon@acme.example\n    jobTitle: Key hunter22\n`;
    const desired = load(yaml, { HOOK_KEY: 'hunter22' });
    const made = planOf(desired, live([liveOperator('jon@acme.example')], []));
    textWithout(made, 'hunter22');
    const change = made.changes.find(({ kind }) => kind === 'operator');
    expect(change).toMatchObject({
      after: { jobTitle: 'Key ${secret:HOOK_KEY}' },
      secretFields: ['jobTitle'],
    });
    const sent = change && realFields(desiredValues(change, desired.secrets) ?? {});
    expect(sent?.jobTitle).toBe('Key hunter22');
  });

  it('that the file writes out in another spelling is an error: it could only be sent masked', () => {
    const yaml = `${HOOK}operators:\n  - email: jon@acme.example\n    image: https://acme.example/i.png?key=hun%74er22\n`;
    const made = () =>
      planOf(load(yaml, { HOOK_KEY: 'hunter22' }), live([liveOperator('jon@acme.example')], []));
    expect(made).toThrow(/image holds a secret in another spelling/);
    expect(made).not.toThrow(/hun%74er22/);
  });

  it('text in the account that looks like a reference stays text', () => {
    const desired = load('operators:\n  - email: jon@acme.example\n    name: Jon\n', {});
    const made = planOf(desired, live([liveOperator('jon@acme.example', { name: '${secret:TOKEN}' })]));
    const [change] = made.changes;
    expect(change).not.toHaveProperty('secretFieldsBefore');
    expect(secretsOfPlan(made)).toEqual([]);
    expect(change?.before?.name).toBe('${secret:TOKEN}');
  });
});

describe('a credential that only the account knows', () => {
  it('is hidden in deletes and wherever else it would be named', () => {
    const yaml =
      'policy:\n  prune: [webhooks]\n  maxDeletes: 2\nwebhooks:\n  - url: https://a.example/\n    events: [chat.started]\n    movedFrom: https://b.example/?key=known\n';
    const made = planOf(
      load(yaml, {}),
      live(null, [
        liveWebhook(STARTED, 'https://me:pass1@c.example/hook?key=sesame'),
        liveWebhook(STARTED, 'https://b.example/?key=known'),
      ]),
    );
    textWithout(made, 'pass1', 'sesame');
    expect(made.changes.map(({ key }) => key)).toEqual([
      'chat.started https://a.example/',
      'chat.started https://***@c.example/hook?key=***',
    ]);
    // The file says it itself, so it is no secret.
    expect(made.changes[0]?.before?.targetUrl).toBe('https://b.example/?key=known');
  });
});

describe('a saved plan with secrets', () => {
  const account = live(null, [liveWebhook(STARTED, `https://hooks.acme.example/chaport?key=${SECRET}`)]);
  const made = planOf(load(HOOK, { HOOK_KEY: SECRET }), account);
  const bookFor = (value: string) => {
    const book = new SecretBook();
    book.addSecret('HOOK_KEY', value);
    return book;
  };

  it('names the secrets that it needs', () => {
    expect(secretsOfPlan(made)).toEqual(['HOOK_KEY']);
  });

  it('is not stale, and sends the real URL, with the secret from the environment', () => {
    expect(staleDifferences(made, account, bookFor(SECRET))).toEqual([]);
    const [change] = made.changes;
    const sent = change && realFields(desiredValues(change, bookFor(SECRET)) ?? {});
    expect(normaliseUrl(String(sent?.targetUrl))).toBe(
      new URL(`https://hooks.acme.example/chaport?key=${SECRET}`).href,
    );
  });

  it('is stale with another secret than the account has, and shows neither', () => {
    const differences = staleDifferences(made, account, bookFor('another-one'));
    expect(differences).toMatchObject([{ kind: 'webhook', path: 'targetUrl' }]);
    expect(JSON.stringify(differences)).not.toMatch(/another-one|p@ss/);
  });

  it('remains until the account has it', () => {
    const book = bookFor(SECRET);
    expect(remainingChanges(made, account, book)).toEqual(made.changes);
    const done = (account.webhooks ?? []).map((hook) => ({ ...hook, essential: true }));
    expect(remainingChanges(made, live(null, done), book)).toEqual([]);
  });
});
