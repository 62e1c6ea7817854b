import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/model/desired.ts';
import { fixture, load, loadSound } from './load.ts';

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
    });
  });

  it('has every operator with the defaults filled in', () => {
    expect(desired.operators).toEqual([
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
      targetUrl: 'https://hooks.acme.example/chaport?key=s3cret-value',
      absent: false,
      essential: true,
    };
    expect(desired.webhooks).toEqual([
      { event: 'chat.started', ...hook, source: at(39, 14) },
      { event: 'chat.finished', ...hook, source: at(39, 28) },
      { event: 'chat.started', targetUrl: 'https://old.acme.example/hook', absent: true, source: at(42, 14) },
    ]);
  });
});

describe('sections', () => {
  it('are null where no file has them, and empty where one has an empty list', () => {
    expect(loadSound('version: 1\n')).toMatchObject({
      owner: null,
      policy: DEFAULT_POLICY,
      operators: null,
      webhooks: null,
    });
    expect(loadSound('version: 1\noperators: []\n')).toMatchObject({ operators: [], webhooks: null });
  });

  it('join over files, and defaults of one file count for all', () => {
    const { desired } = load({
      'a.yaml': 'operators: [{ email: a@b.example }]\n',
      'b.yaml': 'version: 1\ndefaults: { operator: { language: de } }\noperators: [{ email: c@d.example }]\n',
    });
    expect(desired?.operators).toMatchObject([
      { email: 'a@b.example', language: 'de', source: { file: 'a.yaml', line: 1, column: 13 } },
      { email: 'c@d.example', language: 'de', source: { file: 'b.yaml', line: 3, column: 13 } },
    ]);
  });

  it('are named and hashed with their files', () => {
    const { desired } = load({ 'a.yaml': 'version: 1\n', '-': 'webhooks: []\n' });
    const sha256 = createHash('sha256')
      .update('a.yaml\0' + '11\0version: 1\n' + '-\0' + '13\0webhooks: []\n')
      .digest('hex');
    expect(desired?.config).toEqual({ files: ['a.yaml', '-'], sha256 });
  });
});

describe('policy', () => {
  const policy = (text: string) => loadSound(`version: 1\npolicy: ${text}\n`).policy;

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
    loadSound(
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

  it('are not managed where neither the entry nor the defaults have a value', () => {
    expect(status('{ ttl: 1h }', '')).toBeUndefined();
  });

  it('of the defaults are not for those who leave', () => {
    const { operators } = loadSound(
      'version: 1\ndefaults: { status: { value: online } }\noperators: [{ email: a@b.example, state: absent }]\n',
    );
    expect(operators?.[0]).toEqual({ email: 'a@b.example', absent: true, source: SOURCE });
  });
});

describe('owner, addresses and URLs', () => {
  it('lets the owner take the default role, which is marked', () => {
    const { operators } = loadSound(
      'version: 1\naccount: { owner: o@b.example }\ndefaults: { operator: { role: operator } }\noperators: [{ email: O@b.example }]\n',
    );
    expect(operators?.[0]).toMatchObject({ email: 'O@b.example', role: 'operator', roleIsDefault: true });
  });

  it.each(['http://localhost:8080/x', 'http://127.0.0.1/x', 'http://[::1]:1/x', 'HTTPS://acme.example/x'])(
    'accepts %s',
    (url) => {
      const { webhooks } = loadSound(`version: 1\nwebhooks: [{ url: "${url}", events: [a.b] }]\n`);
      expect(webhooks).toHaveLength(1);
    },
  );

  it('normalises the URL and the one it moved from', () => {
    const { webhooks } = loadSound(
      'version: 1\nwebhooks: [{ url: "https://ACME.example:443", movedFrom: "https://Old.example", events: [a.b] }]\n',
    );
    expect(webhooks).toMatchObject([
      { targetUrl: 'https://acme.example/', movedFrom: 'https://old.example/' },
    ]);
  });

  it('reads words of YAML 1.1 as text', () => {
    const { operators } = loadSound(
      'version: 1\noperators: [{ email: a@b.example, name: yes, jobTitle: 12:30, language: no }]\n',
    );
    expect(operators).toMatchObject([{ name: 'yes', jobTitle: '12:30', language: 'no' }]);
  });
});

it('loads 10,000 operators in linear time, sound or faulty', () => {
  const people = (count: number, role: string) =>
    `version: 1\noperators:\n${Array.from({ length: count }, (_, index) => `  - email: p${index}@acme.example\n    name: Person ${index}\n    role: ${role}\n    status: { value: online, ttl: 8h }\n`).join('')}`;
  const elapsed = (text: string) => {
    const start = performance.now();
    const { desired, diagnostics } = load({ 'a.yaml': text });
    expect((desired?.operators?.length ?? 0) + diagnostics.length).toBe(10_000);
    return performance.now() - start;
  };
  expect(elapsed(people(10_000, 'operator'))).toBeLessThan(8_000);
  expect(elapsed(people(10_000, 'boss'))).toBeLessThan(8_000);
});
