import fc from 'fast-check';
import type { LiveOperator } from '../../src/model/kinds/operator.ts';
import type { LiveWebhook } from '../../src/model/kinds/webhook.ts';
import { idOf } from '../support/builders.ts';

const HOSTILE = [
  'no',
  'null',
  '~',
  '1e3',
  '0123',
  '2026-12-24',
  '<<',
  '- a: b',
  '# no comment',
  'x # y',
  'it\'s "quoted"',
  '${secret:STOLEN}',
  '$${env:HOME}',
  '$',
  '${',
  '*alias',
  '&anchor',
  '!!str x',
  '--- ',
  '...',
  '%YAML 1.1',
  '{ a: b }',
  '[a, b]',
  'a, b: c',
  'trailing: ',
  'trailing colon:',
  '\u202egnp.exe',
  'zero\u200bwidth',
  'line\nbreak',
  'carriage\rreturn',
  'tab\there',
  'nul\u0000',
  'next\u0085line',
  '\ufeffbom',
  '\ud800 half',
  '👩‍💻 Ada',
  'Zoë Çelik',
  '  spaces  ',
  "=HYPERLINK('https://evil.example')",
  'x'.repeat(300),
];

const text = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('Jon Snow', 'Support agent', 'en', 'de', 'https://acme.example/a.png'),
  },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }) },
);
const optional = fc.option(text, { nil: null });
const localPart = fc.oneof(
  fc.constantFrom('jon', 'Sam', 'o', 'owner', 'ann+x', "o'neil", '*', '#a', '${x}', 'null', '1'),
  fc.string({ minLength: 1, maxLength: 12 }),
);
const email = fc.oneof(
  { weight: 8, arbitrary: localPart.map((name) => `${name}@acme.example`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('nobody', 'a b@acme.example', '@', 'x@y@z', 'line\n@acme.example'),
  },
);

const operator = fc.record({
  email,
  name: optional,
  language: fc.oneof({ weight: 4, arbitrary: fc.constant('en') }, { weight: 1, arbitrary: optional }),
  jobTitle: optional,
  role: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('operator', 'operator', 'operator', 'admin') },
    { weight: 1, arbitrary: fc.constantFrom('owner', 'supervisor', null) },
  ),
  image: optional,
  lastStatus: fc.constantFrom('online', 'away', 'offline', 'invisible', 'on\nline', null),
  lastActivityAt: fc.constantFrom('2026-11-20T16:30:00.000Z', 'yesterday\n', null),
});

const url = fc.oneof(
  fc.constantFrom(
    'https://hooks.acme.example/chaport',
    'https://HOOKS.acme.example:443/chaport',
    'https://hooks.acme.example/chaport?key=s3cr3t-key',
    'https://hooks.acme.example/chaport?key=s3cr3t-key&v=1',
    'https://hooks.acme.example/chaport?key=other-key',
    'https://bob:hunter2@hooks.acme.example/',
    'https://a@h.example',
    'https://hooks.acme.example/services/T00000000/B01ABCDEF/XXXXXXXXXXXXXXXXXXXXXXXX',
    'https://hooks.acme.example/a$?$=$x#frag$ment',
    'https://hooks.acme.example/${env:HOME}?x=${secret:Y}',
    'https://hooks.acme.example/?1&2&=3&&a=',
    'https://chaport/x?token=abcdefgh',
    'https://1.example/;p=q/x',
    'http://localhost:8080/hook',
    'http://hooks.acme.example/plain',
    'ftp://hooks.acme.example/',
    'not a url',
    'https://a/b c',
    'https://a/\u202eb',
    'https:\\\\a\\b',
    'https://[::1]/x?k=abcd',
  ),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string({ maxLength: 8 }).map((end) => `https://h.example/${end}`),
  fc.string({ maxLength: 8 }).map((end) => `https://h.example/?k=${end}`),
);
const event = fc.constantFrom(
  'chat.started',
  'chat.finished',
  'chat.newEvent.visitorMessage',
  'a.b',
  'c.d',
  'odd',
  'x y.z\n',
);
const webhook = fc.record({ event, targetUrl: url, essential: fc.boolean() });

/** Whatever an account may hold; no address twice, since then no plan can be made at all. */
export const oddAccount: fc.Arbitrary<{ operators: LiveOperator[]; webhooks: LiveWebhook[] }> = fc
  .record({
    operators: fc.uniqueArray(operator, {
      minLength: 1,
      maxLength: 12,
      selector: (one) => one.email.toLowerCase(),
    }),
    webhooks: fc.array(webhook, { maxLength: 12 }),
  })
  .map(({ operators, webhooks }) => ({
    operators: operators.map(
      (one, index): LiveOperator => ({
        ...one,
        id: idOf(`operator ${index}`),
        realStatus: null,
        lastLoginAt: null,
        // As the API client reads them.
        ...Object.fromEntries(
          (['name', 'language', 'jobTitle', 'role', 'image'] as const).map((key) => [key, one[key] || null]),
        ),
      }),
    ),
    webhooks: webhooks.map((one, index): LiveWebhook => ({ ...one, id: idOf(`webhook ${index}`) })),
  }));
