import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfigFiles } from '../../src/config/index.ts';
import type { Diagnostic } from '../../src/model/source.ts';
import { sectionsOf } from './load.ts';

interface Loading {
  paths?: string[];
  env?: Record<string, string>;
  links?: Record<string, string>;
  stdin?: string;
  missingSecrets?: 'warning';
}

/** Files by name, in a folder of their own; the first one is loaded unless `paths` says otherwise. */
async function load(
  files: Record<string, string>,
  { paths = Object.keys(files).slice(0, 1), env = {}, links = {}, stdin = '', ...options }: Loading = {},
) {
  const cwd = await mkdtemp(path.join(tmpdir(), 'include-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
    await writeFile(path.join(cwd, name), text);
  }
  for (const [name, target] of Object.entries(links)) await symlink(target, path.join(cwd, name));
  const readStdin = async () => new TextEncoder().encode(stdin);
  return loadConfigFiles(paths, { cwd, readStdin }, { env, ...options });
}

const shown = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ source, code, related }) =>
    [`${source?.file}:${source?.line}:${source?.column} ${code}`, related?.source]
      .map((part) => (typeof part === 'object' ? `${part.file}:${part.line}` : part))
      .filter((part) => part !== undefined)
      .join(' ← '),
  );

/** What is wrong: `FILE:LINE:COLUMN CODE ← RELATED-FILE:LINE`. */
const faultsOf = async (...args: Parameters<typeof load>) => shown((await load(...args)).diagnostics);

async function soundly(...args: Parameters<typeof load>) {
  const { desired, diagnostics } = await load(...args);
  if (desired === null) throw new Error(shown(diagnostics).join('\n'));
  return { ...desired, ...sectionsOf(desired) };
}

const BASE = `version: 1
policy: { maxDeletes: 1, prune: { webhooks: ["https://h.example/**"] } }
defaults: { operator: { language: en, role: operator } }
operators:
  - { email: ben@acme.example, name: Ben, jobTitle: Agent }
  - { email: temp@acme.example, name: Temp }
  - { email: gone@acme.example, state: absent }
webhooks:
  - { url: "https://h.example/in?k=\${secret:KEY}", events: [chat.started] }
`;
const env = { KEY: 'key-0123456789' };

describe('include', () => {
  it('reads files and folders relative to the file, each once, and no others', async () => {
    const { config, operators } = await soundly(
      {
        'envs/prod.yaml':
          'version: 1\ninclude: [../base, "../base/b ü.yaml", "../${env:MORE}.yaml"]\noperators: []\n',
        'base/a.yaml': 'operators: [{ email: a@acme.example }]\ninclude: ["b ü.yaml"]\n',
        'base/b ü.yaml': 'operators: [{ email: b@acme.example }]\n',
        'base/inner/no.yaml': 'not: read\n',
        'chaport.yaml': 'not: read\n',
        'more.yaml': 'operators: [{ email: c@acme.example }]\n',
      },
      { env: { MORE: 'more' } },
    );
    expect(config.files).toEqual(['envs/prod.yaml', 'base/a.yaml', 'base/b ü.yaml', 'more.yaml']);
    expect(operators?.map(({ email }) => email)).toEqual(['a', 'b', 'c'].map((who) => `${who}@acme.example`));
  });

  it('takes a file that another one includes as included, also where it is named or in a named folder', async () => {
    const files = {
      'base.yaml': BASE,
      'prod.yaml':
        'include: [base.yaml]\npolicy: { maxDeletes: 5 }\noverrides: { operators: [{ email: temp@acme.example, omit: true }] }\n',
    };
    for (const paths of [['prod.yaml'], ['base.yaml', 'prod.yaml'], ['.']]) {
      const { policy, operators } = await soundly(files, { paths, env });
      expect(policy).toMatchObject({
        maxDeletes: { count: 5 },
        prune: { webhooks: [{ glob: 'https://h.example/**' }] },
      });
      expect(operators?.map(({ email }) => email)).toEqual(['ben@acme.example', 'gone@acme.example']);
    }
  });

  it('follows links that leave the folder, from the place that they lead to', async () => {
    const { config } = await soundly(
      {
        'envs/prod.yaml': 'version: 1\ninclude: [shared.yaml, ../team/shared.yaml]\n',
        'team/shared.yaml': 'include: [more.yaml]\noperators: []\n',
        'team/more.yaml': 'operators: [{ email: a@acme.example }]\n',
      },
      { links: { 'envs/shared.yaml': '../team/shared.yaml' } },
    );
    expect(config.files).toEqual(['envs/prod.yaml', 'envs/shared.yaml', 'team/more.yaml']);
  });

  it('takes the paths in standard input from the working folder', async () => {
    const { config } = await soundly(
      { 'base.yaml': BASE },
      { paths: ['-'], stdin: 'include: [base.yaml]\n', env },
    );
    expect(config.files).toEqual(['-', 'base.yaml']);
  });

  it('goes down a chain of 200 files, and the outermost wins', async () => {
    const chain = Array.from({ length: 200 }, (_, at) => [
      `f${at}.yaml`,
      `version: 1\n${at < 199 ? `include: [f${at + 1}.yaml]\n` : ''}policy: { minAdmins: ${at} }\noperators: [{ email: p${at}@acme.example }]\n${
        at < 199 ? `overrides: { operators: [{ email: p199@acme.example, jobTitle: "of ${at}" }] }\n` : ''
      }`,
    ]);
    const { policy, operators } = await soundly(Object.fromEntries(chain));
    expect(policy.minAdmins).toBe(0);
    expect(operators).toHaveLength(200);
    expect(operators?.find(({ email }) => email === 'p199@acme.example')).toMatchObject({ jobTitle: 'of 0' });
  });

  it('complains at its place of what cannot be read, and of circles', async () => {
    expect(
      await faultsOf(
        {
          'a.yaml': 'version: 1\ninclude: [none.yaml, b.yaml, empty, "-", "${secret:KEY}"]\noperators: []\n',
          'b.yaml': 'include:\n  - c.yaml\n',
          'c.yaml': 'include:\n  - b.yaml\n  - c.yaml\n',
          'empty/x.txt': '',
        },
        { env },
      ),
    ).toEqual([
      'a.yaml:2:11 missing-file',
      'a.yaml:2:30 no-yaml-files',
      'a.yaml:2:37 unreadable-file',
      'a.yaml:2:42 unreadable-file',
      'c.yaml:2:5 include-circle',
      'c.yaml:3:5 include-circle',
    ]);
  });

  it('asks two included files to agree, key by key, unless the including file says which', async () => {
    const files = (own: string) => ({
      'top.yaml': `version: 1\ninclude: [a.yaml, b.yaml]\n${own}operators: []\n`,
      'a.yaml': 'defaults:\n  operator: { language: en, role: operator }\n',
      'b.yaml': 'defaults:\n  operator: { language: de, role: operator }\n  status: { ttl: 1h }\n',
    });
    expect(await faultsOf(files(''))).toEqual(['b.yaml:2:15 conflicting-keys ← a.yaml:2']);
    expect(await faultsOf(files('defaults: { operator: { language: fr } }\n'))).toEqual([]);
    expect(await faultsOf(files(''), { paths: ['a.yaml', 'b.yaml'] })).toContain(
      'b.yaml:1:1 repeated-section ← a.yaml:1',
    );
  });

  it('lets one of two win that includes the other, however the two are reached', async () => {
    const { policy } = await soundly({
      'top.yaml': 'version: 1\ninclude: [base.yaml, mid.yaml]\noperators: []\n',
      'mid.yaml': 'include: [base.yaml]\npolicy: { minAdmins: 3, unmanaged: { webhooks: warn } }\n',
      'base.yaml': 'policy: { minAdmins: 1, maxDeletes: 7, unmanaged: { operators: refuse } }\n',
    });
    expect(policy).toMatchObject({ minAdmins: 3, maxDeletes: { count: 7 }, unmanaged: { webhooks: 'warn' } });
    expect(policy.unmanaged).not.toHaveProperty('operators');
  });

  it('holds to every requiredVersion', async () => {
    const files = {
      'top.yaml': 'version: 1\nrequiredVersion: ">=0.2 <1"\ninclude: [base.yaml]\n',
      'base.yaml': 'requiredVersion: ">=9"\nx-own: { any: [thing] }\noperators: []\n',
    };
    expect(await faultsOf(files)).toEqual(['base.yaml:1:18 required-version']);
    expect(await faultsOf({ 'a.yaml': 'version: 1\nrequiredVersion: soon\noperators: []\n' })).toEqual([
      'a.yaml:2:18 invalid-value',
    ]);
  });

  it('takes a variable that is not set for a warning where that is wished', async () => {
    const files = {
      'a.yaml':
        'version: 1\noperators: [{ email: "${env:WHO}", role: "${env:ROLE}" }, { email: b@acme.example, name: "${env:NAME}" }]\n',
    };
    const { desired, diagnostics } = await load(files, { missingSecrets: 'warning' });
    expect(desired).not.toBeNull();
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(
      Array.from({ length: 3 }, () => 'warning missing-variable'),
    );
  });
});

describe('overrides', () => {
  const over = (overrides: string, more = '') => ({
    'top.yaml': `version: 1\ninclude: [base.yaml]\n${more}overrides:\n${overrides}`,
    'base.yaml': BASE,
  });

  it('change the fields that they name, before defaults, and name both places', async () => {
    const { operators, webhooks } = await soundly(
      over(
        `  operators:
    - { email: BEN@acme.example, role: admin, status: online }
    - { email: temp@acme.example, omit: true }
    - { email: gone@acme.example, state: present, name: Back }
  webhooks:
    - { url: "https://H.example:443/in?k=\${secret:KEY}", events: [chat.finished, chat.rated] }
`,
      ),
      { env },
    );
    const base = { file: 'base.yaml', column: 5 };
    const top = (line: number, column: number) => [{ file: 'top.yaml', line, column }];
    expect(operators).toEqual([
      {
        email: 'ben@acme.example',
        absent: false,
        name: 'Ben',
        jobTitle: 'Agent',
        role: 'admin',
        language: 'en',
        status: {
          value: 'online',
          ttl: 28_800,
          mode: 'enforce',
          source: { ...base, line: 5, overrides: top(5, 47) },
        },
        source: { ...base, line: 5, overrides: top(5, 7) },
      },
      {
        email: 'gone@acme.example',
        absent: false,
        name: 'Back',
        role: 'operator',
        roleIsDefault: true,
        language: 'en',
        source: { ...base, line: 7, overrides: top(7, 7) },
      },
    ]);
    expect(webhooks?.map(({ event, source }) => [event, source.line, source.overrides])).toEqual([
      ['chat.finished', 9, top(9, 67)],
      ['chat.rated', 9, top(9, 82)],
    ]);
  });

  it('reach included files only, and are complained of where they change nothing', async () => {
    const faults = await faultsOf(
      {
        ...over(
          `  operators:
    - { email: own@acme.example, role: admin }
    - { email: bem@acme.example, role: admin }
    - { email: side@acme.example, role: admin }
    - { email: ben@acme.example, role: boss }
    - { email: ben@acme.example, omit: true }
    - { email: temp@acme.example, omit: true, name: T }
`,
          'operators: [{ email: own@acme.example }]\n',
        ),
        'side.yaml': 'operators: [{ email: side@acme.example }]\n',
      },
      { paths: ['top.yaml', 'side.yaml'], env },
    );
    expect(faults).toEqual([
      'top.yaml:6:16 nothing-to-override ← top.yaml:3',
      'top.yaml:7:16 nothing-to-override',
      'top.yaml:8:16 nothing-to-override ← side.yaml:1',
      'top.yaml:9:40 invalid-value ← base.yaml:5',
      'top.yaml:10:16 duplicate-override ← top.yaml:9',
      'top.yaml:11:47 omit-with-others ← base.yaml:6',
    ]);
  });

  it('name both places where what they say breaks a rule', async () => {
    const { diagnostics } = await load(
      over(
        '  operators: [{ email: ben@acme.example, state: absent }]\n',
        'account: { owner: ben@acme.example }\n',
      ),
      { env },
    );
    expect(shown(diagnostics)).toEqual(['top.yaml:5:42 owner-absent ← top.yaml:3']);
    expect(diagnostics[0]?.message).toMatch(/\(it overrides what is said here: base\.yaml:5:5\)$/);
  });

  it('do not change the events of several entries with one URL at once', async () => {
    const hook = (event: string, flag: boolean) =>
      `  - { url: https://h.example/, events: [${event}], essential: ${flag} }\n`;
    const files = (override: string) => ({
      'top.yaml': `version: 1\ninclude: [base.yaml]\noverrides: { webhooks: [{ url: https://h.example, ${override} }] }\n`,
      'base.yaml': `webhooks:\n${hook('chat.started', true)}${hook('chat.finished', false)}`,
    });
    expect(await faultsOf(files('events: [chat.finished]'))).toEqual([
      'top.yaml:3:51 shared-override ← base.yaml:2',
    ]);
    const { webhooks } = await soundly(files('essential: true'));
    expect(webhooks?.map(({ essential }) => essential)).toEqual([true, true]);
  });

  it('must agree where no file includes the other, and what is omitted further in is changed no more', async () => {
    const files = (mid: string, top = '') => ({
      'top.yaml': `version: 1\ninclude: [left.yaml, right.yaml]\n${top}`,
      'left.yaml':
        'include: [base.yaml]\noverrides: { operators: [{ email: ben@acme.example, role: admin }] }\n',
      'right.yaml': `include: [base.yaml]\noverrides: { operators: [{ email: ben@acme.example, ${mid} }] }\n`,
      'base.yaml': BASE,
    });
    const say = (fields: string) => `overrides: { operators: [{ email: ben@acme.example, ${fields} }] }\n`;
    expect(await faultsOf(files('role: operator'), { env })).toEqual([
      'right.yaml:2:53 conflicting-keys ← left.yaml:2',
    ]);
    expect(await faultsOf(files('role: operator', say('role: admin')), { env })).toEqual([]);
    expect(await faultsOf(files('omit: true'), { env })).toHaveLength(1);
    const chain = (top: string) => ({
      'top.yaml': `version: 1\ninclude: [mid.yaml]\n${say(top)}`,
      'mid.yaml': `include: [base.yaml]\n${say('omit: true')}`,
      'base.yaml': BASE,
    });
    expect(await faultsOf(chain('role: admin'), { env })).toEqual([
      'top.yaml:3:26 nothing-to-override ← mid.yaml:2',
    ]);
    const { operators } = await soundly(chain('state: present'), { env });
    expect(operators?.map(({ email }) => email)).toContain('ben@acme.example');
  });
});
