import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/model/desired.ts';
import { realOf, WrittenText } from '../../src/model/text.ts';
import { fixture, load, loadSections, loadSound, sectionsOf } from './load.ts';

const SOURCE = { file: 'chaport.yaml', line: expect.any(Number), column: expect.any(Number) };

describe('the example of the contract', () => {
  const desired = loadSound(fixture('valid/everything.yaml'), { env: { HOOK_KEY: 's3cret-value' } });
  const at = (line: number, column: number) => ({ file: 'chaport.yaml', line, column });

  it('names the owner and the policy', () => {
    expect(desired.owner).toEqual({ email: 'owner@acme.example', source: at(5, 10) });
    expect(desired.policy).toEqual({
      prune: { operators: [], webhooks: [{ glob: 'https://hooks.acme.example/**', source: at(9, 16) }] },
      maxDeletes: { count: 2 },
      protect: [{ glob: '*@partner.example', source: at(11, 13) }],
      minAdmins: 1,
      unmanaged: {},
      coverage: [],
    });
  });

  it('has every operator with the defaults filled in', () => {
    expect(desired.sections.operators).toEqual([
      {
        email: 'owner@acme.example',
        absent: false,
        language: 'en',
        role: 'operator',
        roleIsDefault: true,
        source: at(20, 5),
      },
      {
        email: 'jon.snow@acme.example',
        absent: false,
        name: 'Jon Snow',
        jobTitle: 'The Wall supervisor',
        role: 'admin',
        language: 'en',
        image: 'https://acme.example/jon.png',
        status: { value: 'online', ttl: 43_200, mode: 'enforce', source: at(27, 5) },
        source: at(21, 5),
      },
      {
        email: 'sam.tarly@acme.example',
        movedFrom: 'samwell@acme.example',
        absent: false,
        name: 'Samwell Tarly',
        jobTitle: null,
        role: 'operator',
        roleIsDefault: true,
        language: 'en',
        image: null,
        status: { value: 'away', until: '2026-12-24T18:00:00Z', mode: 'initial', source: at(33, 5) },
        source: at(28, 5),
      },
      { email: 'alliser@acme.example', absent: true, source: at(34, 5) },
    ]);
  });

  it('has one webhook for each event', () => {
    const hook = {
      targetUrl: new WrittenText(
        'https://hooks.acme.example/chaport?key=s3cret-value',
        'https://hooks.acme.example/chaport?key=${secret:HOOK_KEY}',
        ['HOOK_KEY'],
      ),
      absent: false,
      essential: true,
    };
    expect(desired.sections.webhooks).toEqual([
      { event: 'chat.started', ...hook, source: at(39, 14) },
      { event: 'chat.finished', ...hook, source: at(39, 28) },
      { event: 'chat.started', targetUrl: 'https://old.acme.example/hook', absent: true, source: at(42, 14) },
    ]);
    const [first] = sectionsOf(desired).webhooks ?? [];
    expect(first && realOf(first.targetUrl)).toBe('https://hooks.acme.example/chaport?key=s3cret-value');
  });
});

describe('sections', () => {
  it('are null where no file has them, and empty where one has an empty list', () => {
    expect(loadSound('version: 1\n')).toMatchObject({
      owner: null,
      policy: DEFAULT_POLICY,
      sections: { operators: null, webhooks: null },
    });
    expect(loadSections('version: 1\noperators: []\n')).toEqual({ operators: [], webhooks: null });
  });

  it('join over files, and defaults of one file count for all', () => {
    const { desired } = load({
      'a.yaml': 'operators: [{ email: a@b.example }]\n',
      'b.yaml': 'version: 1\ndefaults: { operator: { language: de } }\noperators: [{ email: c@d.example }]\n',
    });
    expect(desired?.sections.operators).toMatchObject([
      { email: 'a@b.example', language: 'de', source: { file: 'a.yaml', line: 1, column: 13 } },
      { email: 'c@d.example', language: 'de', source: { file: 'b.yaml', line: 3, column: 13 } },
    ]);
  });

  it('are named with their files', () => {
    const { desired } = load({ 'a.yaml': 'version: 1\n', '-': 'webhooks: []\n' });
    expect(desired?.config.files).toEqual(['a.yaml', '-']);
  });
});

describe('policy', () => {
  const policy = (text: string) => loadSound(`version: 1\npolicy: ${text}\n`).policy;

  it('takes one word for what is unmanaged of every kind, or one for each', () => {
    const modesOf = (written: string) =>
      loadSound(`version: 1\npolicy: { unmanaged: ${written} }\n`).policy.unmanaged;
    expect(modesOf('warn')).toEqual({ operators: 'warn', webhooks: 'warn' });
    expect(modesOf('{ webhooks: refuse }')).toEqual({ webhooks: 'refuse' });
  });

  it('complains of a word that it does not know, with those that it does', () => {
    const { diagnostics } = load({
      'chaport.yaml': 'version: 1\npolicy: { unmanaged: { operators: deny } }\n',
    });
    expect(diagnostics.map(({ message }) => message).join()).toContain('show, warn or refuse');
  });

  it('takes a list of kinds for everything of them', () => {
    expect(policy('{ prune: [webhooks] }').prune).toEqual({
      operators: [],
      webhooks: [{ glob: '**', source: { ...SOURCE, line: 2, column: 19 } }],
    });
  });

  it.each([
    ['0', { count: 0 }],
    ['7', { count: 7 }],
    ['10%', { percent: 10 }],
    ['"100%"', { percent: 100 }],
  ])('reads maxDeletes: %s', (written, expected) => {
    expect(policy(`{ maxDeletes: ${written} }`).maxDeletes).toEqual(expected);
  });
});

describe('statuses', () => {
  const status = (defaults: string, own: string) =>
    loadSections(
      `version: 1\ndefaults: { status: ${defaults} }\noperators: [{ email: a@b.example${own === '' ? '' : `, status: ${own}`} }]\n`,
    ).operators?.[0]?.status;
  const UNTIL = '2026-12-24T18:00:00+01:00';

  it.each([
    ['{}', 'online', { value: 'online', ttl: 28_800, mode: 'enforce' }],
    ['{}', '{ value: away, ttl: 45s }', { value: 'away', ttl: 45, mode: 'enforce' }],
    ['{}', '{ value: away, ttl: 30m }', { value: 'away', ttl: 1_800, mode: 'enforce' }],
    ['{}', '{ value: away, ttl: 2d }', { value: 'away', ttl: 172_800, mode: 'enforce' }],
    ['{}', '{ value: away, ttl: 90 }', { value: 'away', ttl: 90, mode: 'enforce' }],
    [`{ until: ${UNTIL} }`, 'online', { value: 'online', until: UNTIL, mode: 'enforce' }],
    [`{ until: ${UNTIL} }`, '{ value: online, ttl: 1h }', { value: 'online', ttl: 3_600, mode: 'enforce' }],
    ['{ ttl: 1h }', `{ value: online, until: ${UNTIL} }`, { value: 'online', until: UNTIL, mode: 'enforce' }],
    ['{ value: offline, mode: initial }', '', { value: 'offline', ttl: 28_800, mode: 'initial' }],
    [
      '{ value: offline, mode: initial }',
      '{ mode: enforce }',
      { value: 'offline', ttl: 28_800, mode: 'enforce' },
    ],
  ])('with defaults %s and %s', (defaults, own, expected) => {
    expect(status(defaults, own)).toEqual({ ...expected, source: SOURCE });
  });

  it.each([
    ['2026-12-24', '2026-12-25T00:00:00Z'],
    ['2026-12-31+01:00', '2027-01-01T00:00:00+01:00'],
    ['2028-02-28-11:00', '2028-02-29T00:00:00-11:00'],
    ['2026-12-24z', '2026-12-25T00:00:00Z'],
  ])('until the date %s end at the next midnight', (written, until) => {
    const expected = { value: 'online', until, mode: 'enforce', source: SOURCE };
    expect(status('{}', `{ value: online, until: "${written}" }`)).toEqual(expected);
  });

  it('are not managed where neither the entry nor the defaults have a value', () => {
    expect(status('{ ttl: 1h }', '')).toBeUndefined();
  });

  it('of the defaults are not for those who leave', () => {
    const { operators } = loadSections(
      'version: 1\ndefaults: { status: { value: online } }\noperators: [{ email: a@b.example, state: absent }]\n',
    );
    expect(operators?.[0]).toEqual({ email: 'a@b.example', absent: true, source: SOURCE });
  });
});

describe('owner, addresses and URLs', () => {
  it('lets the owner take the default role, which is marked', () => {
    const { operators } = loadSections(
      'version: 1\naccount: { owner: o@b.example }\ndefaults: { operator: { role: operator } }\noperators: [{ email: O@b.example }]\n',
    );
    expect(operators?.[0]).toMatchObject({ email: 'O@b.example', role: 'operator', roleIsDefault: true });
  });

  it.each(['http://localhost:8080/x', 'http://127.0.0.1/x', 'http://[::1]:1/x', 'HTTPS://acme.example/x'])(
    'accepts %s',
    (url) => {
      const { webhooks } = loadSections(`version: 1\nwebhooks: [{ url: "${url}", events: [a.b] }]\n`);
      expect(webhooks).toHaveLength(1);
    },
  );

  it('normalises the URL and the one it moved from', () => {
    const { webhooks } = loadSections(
      'version: 1\nwebhooks: [{ url: "https://ACME.example:443", movedFrom: "https://Old.example", events: [a.b] }]\n',
    );
    expect(webhooks).toMatchObject([
      { targetUrl: 'https://acme.example/', movedFrom: 'https://old.example/' },
    ]);
  });

  it('reads words of YAML 1.1 as text', () => {
    const { operators } = loadSections(
      'version: 1\noperators: [{ email: a@b.example, name: yes, jobTitle: 12:30, language: no }]\n',
    );
    expect(operators).toMatchObject([{ name: 'yes', jobTitle: '12:30', language: 'no' }]);
  });
});

it('loads 10,000 operators in linear time, sound or faulty', () => {
  const people = (count: number, role: string) =>
    `version: 1\noperators:\n${Array.from({ length: count }, (_, index) => `  - email: p${index}@acme.example\n    name: Person ${index}\n    role: ${role}\n    status: { value: online, ttl: 8h }\n`).join('')}`;
  const elapsed = (text: string) => {
    // Of the processor, not of the clock: another program on the machine is no fault of the loader.
    const start = process.cpuUsage();
    const { desired, diagnostics } = load({ 'a.yaml': text });
    const { user, system } = process.cpuUsage(start);
    expect((desired?.sections.operators?.length ?? 0) + diagnostics.length).toBe(10_000);
    return (user + system) / 1_000;
  };
  expect(elapsed(people(10_000, 'operator'))).toBeLessThan(8_000);
  expect(elapsed(people(10_000, 'boss'))).toBeLessThan(8_000);
});

describe('the pins of the account', () => {
  const pinsOf = (written: string) => loadSound(`version: 1\naccount: { ${written} }\n`).account;

  it('are an id and an address, or several of those', () => {
    expect(pinsOf('operatorId: 59747c3ff77948220136b7b3')).toEqual({
      operatorId: '59747c3ff77948220136b7b3',
      baseUrls: null,
    });
    expect(pinsOf('baseUrl: "https://a.example/v1"').baseUrls).toEqual(['https://a.example/v1']);
    expect(pinsOf('baseUrl: ["https://a.example", "https://b.example"]').baseUrls).toEqual([
      'https://a.example',
      'https://b.example',
    ]);
  });

  it('are none by default', () => {
    expect(pinsOf('owner: o@acme.example')).toEqual({ operatorId: null, baseUrls: null });
  });
});

describe('webhooks by path', () => {
  const HOOK = 'https://acme.example/in';
  const file = (entries: string, defaults = '{}') => ({
    'chaport.yaml': `version: 1\ndefaults: { webhook: ${defaults} }\nwebhooks:\n${entries}`,
  });
  const entry = (query: string, rest = '') =>
    `  - { url: "${HOOK}${query}", events: [chat.started]${rest} }\n`;
  const codesOf = (...given: Parameters<typeof file>) =>
    load(file(...given)).diagnostics.map(({ code }) => code);

  it('are the same one twice where they differ in the query alone', () => {
    const byPath = ', identity: path';
    expect(codesOf(entry('?k=1', byPath) + entry('?k=2', byPath))).toEqual(['duplicate-webhook']);
    expect(codesOf(entry('?k=1') + entry('?k=2'), '{ identity: path }')).toEqual(['duplicate-webhook']);
    expect(codesOf(entry('?k=1') + entry('?k=2'))).toEqual([]);
  });

  it('may say so themselves, or leave it to the defaults', () => {
    const entries = entry('?k=1') + entry('/b', ', identity: url');
    const { desired } = load(file(entries, '{ identity: path }'));
    expect(desired && sectionsOf(desired).webhooks?.map(({ identity }) => identity)).toEqual([
      'path',
      undefined,
    ]);
  });
});
