import fc from 'fast-check';
import { addressKey } from '../../src/model/addresses.ts';
import type { DeleteLimit } from '../../src/model/desired.ts';
import { type DesiredOperator, type LiveOperator, ROLES } from '../../src/model/kinds/operator.ts';
import { STATUS_VALUES } from '../../src/model/kinds/status.ts';
import { type DesiredWebhook, type LiveWebhook, webhookKey } from '../../src/model/kinds/webhook.ts';
import { realOf } from '../../src/model/text.ts';
import { normaliseUrl } from '../../src/model/urls.ts';
import { parseTarget } from '../../src/planner/targets.ts';
import {
  type FileInShort,
  liveOperator,
  liveWebhook,
  operator,
  status,
  webhook,
} from '../support/builders.ts';

export const OWNER = 'Owner@acme.example';

/** Few addresses and few URLs, in several spellings, so that files and accounts keep meeting. */
const PEOPLE = [
  'owner@acme.example',
  'ann@acme.example',
  'bob@acme.example',
  'cid@partner.example',
  'dot@partner.example',
];
const URLS = [
  'https://hooks.acme.example/',
  'https://hooks.acme.example/chat?key=1',
  'https://old.acme.example/hook',
  'https://hooks.partner.example/in',
];
const EVENTS = ['chat.started', 'chat.finished'];

/** Four of them share a name. */
const nameOf = (email: string) => (/^(dot|cid|bob)/.test(email) ? 'ann' : (email.split('@', 1)[0] ?? ''));

const emailSpelling = (email: string) => fc.constantFrom(email, email.toUpperCase());
const urlSpelling = (url: string) =>
  fc.constantFrom(url, url.replace('.example', '.EXAMPLE'), url.replace('.example', '.example:443'));

/** A field that may be left out. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const withoutUndefined = <T extends object>(object: T) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };

const livePerson = (email: string): fc.Arbitrary<LiveOperator> =>
  fc
    .record({
      email: emailSpelling(email),
      name: fc.constantFrom(nameOf(email), null),
      jobTitle: fc.constantFrom('Steward', null),
      language: fc.constantFrom('en', 'de'),
      role: fc.constantFrom('operator', 'admin'),
      image: fc.constantFrom('https://acme.example/a.png', null),
      lastStatus: fc.constantFrom('online', 'away', 'offline', null),
    })
    .map(({ email: spelled, ...rest }) => liveOperator(spelled, { ...rest, id: `id-${email}` }));

const livePeople = fc
  .tuple(...PEOPLE.map((email) => maybe(livePerson(email))))
  .map((people) => people.flatMap((person) => person ?? []));

/** Now and then the same subscription stands twice or three times. */
const liveHooks: fc.Arbitrary<LiveWebhook[]> = fc
  .array(
    fc.record({
      event: fc.constantFrom(...EVENTS),
      targetUrl: fc.constantFrom(...URLS).chain(urlSpelling),
      essential: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((hooks) =>
    hooks.map(({ event, targetUrl, essential }, index) =>
      liveWebhook(event, targetUrl, { essential, id: `hook-${index}` }),
    ),
  );

const wantedStatus = fc
  .record({
    value: fc.constantFrom(...STATUS_VALUES),
    mode: fc.constantFrom('enforce' as const, 'initial' as const),
    until: fc.constantFrom(undefined, '2026-12-24T18:00:00Z', '2020-01-01T00:00:00Z'),
  })
  .map(({ value, ...rest }) => status(value, withoutUndefined(rest)));

/** What stands in the file about one address: nothing, an entry, or the old address of someone else's entry. */
const part = fc.constantFrom('nothing', 'entry', 'entry', 'entry', 'absent', 'old');

const wantedPerson = (email: string): fc.Arbitrary<DesiredOperator> =>
  fc
    .record({
      email: emailSpelling(email),
      name: fc.constant(nameOf(email)),
      jobTitle: maybe(fc.constantFrom('Steward', 'Supervisor', null)),
      language: maybe(fc.constantFrom('en', 'de')),
      role: maybe(fc.constantFrom(...ROLES)),
      roleIsDefault: fc.boolean(),
      image: maybe(fc.constantFrom('https://acme.example/a.png', null)),
      status: maybe(wantedStatus),
    })
    .map(({ email: spelled, roleIsDefault, ...rest }) =>
      operator(spelled, {
        ...withoutUndefined(rest),
        ...(rest.role !== undefined && roleIsDefault ? { roleIsDefault } : {}),
      }),
    );

const wantedPeople = fc.tuple(...PEOPLE.map((email) => fc.tuple(part, wantedPerson(email)))).map((people) => {
  const olds = people.flatMap(([role, person]) => (role === 'old' ? person.email : []));
  return people.flatMap(([role, person]): DesiredOperator[] => {
    const isOwner = addressKey(realOf(person.email)) === addressKey(OWNER);
    if (role === 'absent' && !isOwner) {
      return [{ email: person.email, absent: true, source: person.source }];
    }
    if (role !== 'entry') return [];
    const movedFrom = olds.pop();
    return [movedFrom === undefined ? person : { ...person, movedFrom }];
  });
});

const wantedHooks = fc
  .tuple(
    ...EVENTS.flatMap((event) =>
      URLS.map((url) =>
        fc.record({
          role: part,
          event: fc.constant(event),
          url: fc.constant(url),
          essential: maybe(fc.boolean()),
        }),
      ),
    ),
  )
  .map((hooks) => {
    const olds = hooks.filter((hook) => hook.role === 'old');
    return hooks.flatMap(({ role, event, url, essential }): DesiredWebhook[] => {
      if (role === 'absent') return [webhook(event, url, { absent: true })];
      if (role !== 'entry') return [];
      const index = olds.findIndex((old) => old.event === event);
      const [old] = index === -1 ? [] : olds.splice(index, 1);
      return [webhook(event, url, withoutUndefined({ essential, movedFrom: old?.url }))];
    });
  });

const limit = fc.constantFrom<DeleteLimit>({ count: 100 }, { count: 100 }, { percent: 20 }, { count: 1 });

const wantedPolicy = fc.record({
  prune: fc.record({
    operators: fc.constantFrom<string[]>([], ['*'], ['*@acme.example'], ['*@partner.example']),
    webhooks: fc.constantFrom<string[]>(
      [],
      ['**'],
      ['https://hooks.acme.example/**'],
      ['https://old.*/hook'],
    ),
  }),
  maxDeletes: limit,
  protect: fc.constantFrom<string[]>(
    [],
    [],
    ['*@partner.example', 'https://*.partner.example/**'],
    ['bob@*'],
    ['nobody@*'],
  ),
  minAdmins: fc.constantFrom(null, null, 0, 1, 2),
});

export const scenario = fc.record({
  file: fc.record({
    owner: fc.constantFrom(OWNER, OWNER, undefined),
    policy: wantedPolicy,
    operators: fc.oneof({ weight: 6, arbitrary: wantedPeople }, { weight: 1, arbitrary: fc.constant(null) }),
    webhooks: fc.oneof({ weight: 6, arbitrary: wantedHooks }, { weight: 1, arbitrary: fc.constant(null) }),
  }) satisfies fc.Arbitrary<FileInShort>,
  operators: livePeople,
  webhooks: liveHooks,
  prune: fc.constantFrom(undefined, undefined, undefined, true, false),
  targets: fc
    .oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.subarray(['operator', 'status', 'webhook', 'operator:*@acme*', 'webhook:*finished*']),
      },
    )
    .map((texts) => texts.map(parseTarget)),
});

export type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

export const liveWebhookKey = ({ event, targetUrl }: LiveWebhook) =>
  webhookKey(event, normaliseUrl(targetUrl));
