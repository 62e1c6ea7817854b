import { describe, expect, it } from 'vitest';
import { realOf, type Text } from '../../src/model/text.ts';
import { load, loadSections, loadSound, sectionsOf } from './load.ts';

const named = (name: string) =>
  `version: 1\noperators: [{ email: jon@acme.example, name: ${JSON.stringify(name)} }]\n`;
const hooked = (url: string) =>
  `version: 1\nwebhooks: [{ url: ${JSON.stringify(url)}, events: [chat.started] }]\n`;

function nameOf(name: string, env: Record<string, string | undefined>): Text | undefined {
  return loadSections(named(name), { env }).operators?.[0]?.name;
}

describe('references', () => {
  it.each([
    ['${env:NAME}', { NAME: 'Jon' }, 'Jon'],
    ['a ${env:NAME} b ${env:NAME}', { NAME: 'Jon' }, 'a Jon b Jon'],
    ['${env:NAME:-Sam}', {}, 'Sam'],
    ['${env:NAME:-Sam}', { NAME: '' }, 'Sam'],
    ['${env:NAME:-Sam}', { NAME: 'Jon' }, 'Jon'],
    ['x${env:NAME:-}', {}, 'x'],
    ['x${env:NAME}', { NAME: '' }, 'x'],
    ['${env:NAME:-a:-b}', {}, 'a:-b'],
    ['$${env:NAME}', { NAME: 'Jon' }, '${env:NAME}'],
    ['$$${env:NAME}', { NAME: 'Jon' }, '$${env:NAME}'],
    ['costs $5 or $$', {}, 'costs $5 or $$'],
    ['${env:NAME}', { NAME: '${env:OTHER}' }, '${env:OTHER}'],
  ])('reads %s with %j as %s', (written, env, expected) => {
    expect(nameOf(written, env)).toBe(expected);
  });

  it('are replaced in values and never in keys', () => {
    const { diagnostics } = load(
      { 'a.yaml': 'version: 1\n"${env:KEY}": []\n' },
      { env: { KEY: 'operators' } },
    );
    expect(diagnostics).toMatchObject([
      { code: 'unknown-key', message: 'unknown key "${env:KEY}" in the file' },
    ]);
  });

  it('give numbers where a number or duration belongs', () => {
    const text =
      'version: 1\npolicy: { maxDeletes: "${env:N}", minAdmins: "${env:N}" }\ndefaults: { status: { value: online, ttl: "${env:T}" } }\noperators: [{ email: a@b.example }]\n';
    const desired = loadSound(text, { env: { N: '3', T: '3600' } });
    expect(desired.policy).toMatchObject({ maxDeletes: { count: 3 }, minAdmins: 3 });
    expect(sectionsOf(desired).operators?.[0]?.status?.ttl).toBe(3600);
  });

  it('cannot bring YAML into the file', () => {
    expect(nameOf('${env:NAME}', { NAME: 'x, role: admin' })).toBe('x, role: admin');
  });

  it('do not find what only the prototype of the environment has', () => {
    expect(load({ 'a.yaml': named('${env:toString}') }).diagnostics).toMatchObject([
      { code: 'missing-variable' },
    ]);
  });
});

describe('secrets', () => {
  const SECRET = 'hunter2-hunter2';

  it('are real in the desired state, in texts that show themselves as the file has them', () => {
    const desired = loadSound(hooked('https://HOOKS.acme.example/${env:PATH_PART}?key=${secret:HOOK_KEY}'), {
      env: { HOOK_KEY: SECRET, PATH_PART: 'in' },
    });
    const target = sectionsOf(desired).webhooks?.[0]?.targetUrl ?? '';
    expect(realOf(target)).toBe(`https://hooks.acme.example/in?key=${SECRET}`);
    expect(target).toMatchObject({ secrets: ['HOOK_KEY'] });
    expect(String(target)).toBe('https://HOOKS.acme.example/in?key=${secret:HOOK_KEY}');
    expect(JSON.stringify(desired.sections)).not.toContain(SECRET);
    expect(desired.secrets.names).toEqual(['HOOK_KEY']);
    expect(desired.secrets.mask(`echo ${SECRET}`)).toBe('echo ${secret:HOOK_KEY}');
  });

  it('can be filled in again from what is shown, literal ${ included', () => {
    const desired = loadSound(named('$${x} ${env:E} ${secret:S} $${secret:S}'), {
      env: { E: '${e}', S: SECRET },
    });
    const name = sectionsOf(desired).operators?.[0]?.name ?? '';
    expect(realOf(name)).toBe(`\${x} \${e} ${SECRET} \${secret:S}`);
    expect(desired.secrets.fill(String(name)).real).toBe(realOf(name));
  });

  it('may stand for a word of the format, and mean it', () => {
    const text =
      'version: 1\noperators: [{ email: a@b.example, movedFrom: c@b.example, state: "${secret:STATE}" }, { email: d@b.example, role: "${secret:ROLE}", status: { value: "${secret:STATUS}", ttl: "${secret:TTL}" } }]\npolicy: { prune: ["${secret:SECTION}"], protect: ["${secret:GLOB}"], minAdmins: "${secret:COUNT}" }\n';
    const env = {
      STATE: 'absent',
      ROLE: 'operator',
      STATUS: 'offline',
      TTL: '00003600',
      SECTION: 'webhooks',
      GLOB: '*@c.example',
      COUNT: '000002',
    };
    const absent = load({ 'a.yaml': text }, { env });
    expect(absent.diagnostics).toMatchObject([{ code: 'absent-moved' }]);
    const desired = loadSound(text.replace('movedFrom: c@b.example, ', ''), { env });
    expect(sectionsOf(desired).operators).toMatchObject([
      { email: 'a@b.example', absent: true },
      { role: 'operator', status: { value: 'offline', ttl: 3_600 } },
    ]);
    expect(desired.policy).toMatchObject({
      prune: { operators: [], webhooks: [{ glob: '**' }] },
      minAdmins: 2,
    });
    expect(desired.policy.protect.map(({ glob }) => [realOf(glob), String(glob)])).toEqual([
      ['*@c.example', '${secret:GLOB}'],
    ]);
  });

  it('must not follow a dollar sign, which would make the reference a literal', () => {
    const { diagnostics } = load({ 'a.yaml': named('${env:D}${secret:S}') }, { env: { D: '$', S: SECRET } });
    expect(diagnostics).toMatchObject([{ code: 'bad-reference' }]);
  });

  it('of an absurd length are refused without showing them', () => {
    const long = 'k3y'.repeat(20_000);
    const { desired, diagnostics } = load({ 'a.yaml': named('${secret:S}') }, { env: { S: long } });
    expect(desired).toBeNull();
    expect(diagnostics).toMatchObject([{ code: 'too-long', source: { line: 2, column: 47 } }]);
    expect(JSON.stringify(diagnostics)).not.toContain('k3yk3y');
    const around = load({ 'a.yaml': named(`\${secret:S}${'x'.repeat(3_000)}`) }, { env: { S: 'abc' } });
    expect(around.diagnostics.map(({ code }) => code)).toEqual(['too-long', 'short-secret']);
  });

  it('never appear in a diagnostic', () => {
    const text = `version: 1
account: { owner: "\${secret:S} owner" }
policy: { maxDeletes: "\${secret:S}", protect: ["\${secret:S}\\n"] }
defaults: { status: { ttl: "\${secret:S}" } }
operators:
  - { email: "\${secret:S}", role: "\${secret:S}", status: "\${secret:S}", image: "\${secret:S}" }
  - { email: "\${secret:S}@acme.example", language: "\${secret:S}\\u0001" }
  - { email: "\${secret:S}@ACME.example", movedFrom: "\${secret:S}@acme.example", name: "${SECRET}\\n" }
  - { email: "a@b.example", ${SECRET}: 1 }
  - { email: "c@b.example", name: "\${secret:S}\${env:MISSING}" }
webhooks:
  - { url: "http://acme.example/\${secret:S}", events: ["\${secret:S}"] }
  - { url: "https://acme.example/\${secret:S}", events: [chat.started, chat.started] }
`;
    const { desired, diagnostics } = load({ 'a.yaml': text }, { env: { S: SECRET } });
    expect(desired).toBeNull();
    expect(diagnostics.length).toBeGreaterThan(14);
    expect(JSON.stringify(diagnostics)).not.toContain(SECRET);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        message: '"role" must be operator or admin; found "${secret:S}"',
      }),
    );
  });

  it('written out in a file are hidden, also when only a later file names them', () => {
    const files = {
      'a.yaml': `version: 1\noperators: [{ email: a@b.example, role: "${SECRET}" }]\n`,
      'b.yaml': 'operators: [{ email: c@b.example, name: "${secret:S}" }]\n',
    };
    expect(load(files, { env: { S: SECRET } }).diagnostics).toMatchObject([
      { message: '"role" must be operator or admin; found "${secret:S}"' },
    ]);
  });

  it('give nothing away by a hint: none says what a secret is near to', () => {
    const text = named('x').replace('name: "x"', 'role: "${secret:S}"');
    expect(load({ 'a.yaml': text }, { env: { S: 'adminn' } }).diagnostics).toEqual([
      expect.not.objectContaining({ hint: expect.anything() }),
    ]);
  });

  it('may be missing or empty where that is allowed, and a stand-in takes their place', () => {
    const text = `version: 1
operators:
  - { email: "\${secret:MAIL}", name: "\${secret:NAME}" }
webhooks:
  - { url: "\${secret:URL}", events: [chat.started] }
  - { url: "https://acme.example/?key=\${secret:EMPTY}", events: [chat.started] }
`;
    const env = { EMPTY: '' };
    expect(load({ 'a.yaml': text }, { env }).desired).toBeNull();
    const { desired, diagnostics } = load({ 'a.yaml': text }, { env, missingSecrets: 'warning' });
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(
      Array(4).fill('warning missing-secret'),
    );
    expect(desired?.secrets.names).toEqual(['EMPTY', 'MAIL', 'NAME', 'URL']);
    expect(desired && sectionsOf(desired).webhooks?.map(({ targetUrl }) => String(targetUrl))).toEqual([
      '${secret:URL}',
      'https://acme.example/?key=${secret:EMPTY}',
    ]);
  });
});

describe('variables that have no place in a file', () => {
  const urlWith = (reference: string) => hooked(`https://a.example/?k=${reference}`);

  it.each([
    ['CHAPORT_TOKEN', 'a key of this program itself'],
    ['MEMBRANE_TOKEN', 'a key of this program itself'],
    ['MEMBRANE_ACCESS_TOKEN', 'a key of this program itself'],
    ['MEMBRANE_WORKSPACE_SECRET', 'a key of this program itself'],
    ['HTTP_PROXY', 'the password of the proxy'],
    ['https_proxy', 'the password of the proxy'],
    ['ALL_PROXY', 'the password of the proxy'],
  ])('%s is refused as a secret and as a plain value, since it is the program’s own', (name, what) => {
    const env = { [name]: 'http://jon:hush-hush@proxy.example:8080' };
    for (const reference of [`\${secret:${name}}`, `\${env:${name}}`, `\${env:${name}:-x}`]) {
      const { desired, diagnostics } = load({ 'a.yaml': urlWith(reference) }, { env });
      expect(desired).toBeNull();
      expect(diagnostics).toMatchObject([
        {
          severity: 'error',
          code: 'own-credential',
          message: `${name} holds ${what}: this text would send it to others`,
          hint: 'give the text a variable of its own',
          source: { line: 2, column: 41 },
        },
      ]);
      expect(JSON.stringify(diagnostics)).not.toContain('hush-hush');
    }
  });

  it('are keys also where they are not set, and proxies where they have a password', () => {
    const codes = (name: string, value?: string) =>
      load({ 'a.yaml': urlWith(`\${env:${name}}`) }, { env: { [name]: value } }).diagnostics.map(
        ({ code }) => code,
      );
    expect(codes('CHAPORT_TOKEN')).toEqual(['own-credential']);
    expect(codes('HTTPS_PROXY')).toEqual(['missing-variable']);
    expect(codes('HTTPS_PROXY', 'http://proxy.example:8080')).toEqual([]);
    expect(codes('HTTPS_PROXY', 'http://jon@proxy.example:8080/a:b')).toEqual([]);
    expect(codes('HTTPS_PROXY', 'jon:p%40ss@proxy.example:8080')).toEqual(['own-credential']);
    expect(codes('CHAPORT_TOKEN_2', 'x')).toEqual([]);
  });

  it('are a secret and a plain value at once, over all files: both places are named', () => {
    const files = {
      'a.yaml': `${named('${env:KEY}')}`,
      'b.yaml':
        'webhooks: [{ url: "https://a.example/?k=${secret:KEY}&l=${secret:KEY}", events: [chat.started] }]\n',
    };
    const { desired, diagnostics } = load(files, { env: { KEY: 'hunter2-hunter2' } });
    expect(desired).toBeNull();
    expect(diagnostics).toEqual([
      {
        severity: 'error',
        code: 'secret-and-env',
        message: 'the variable KEY is a secret elsewhere, and would be shown here',
        hint: 'write ${secret:KEY} everywhere, or ${env:KEY} everywhere if it is no secret',
        source: { file: 'a.yaml', line: 2, column: 47 },
        related: { message: 'it is a secret here', source: { file: 'b.yaml', line: 1, column: 41 } },
        excerpt: { text: 'operators: [{ email: jon@acme.example, name: "${env:KEY}" }]', length: 10 },
      },
    ]);
    expect(
      load({ 'b.yaml': files['b.yaml'], 'a.yaml': files['a.yaml'] }, { env: {} }).diagnostics,
    ).toContainEqual(expect.objectContaining({ code: 'secret-and-env' }));
  });

  it('are secrets of fewer than six characters', () => {
    const short = load(
      { 'a.yaml': hooked('https://a.example/?k=${secret:S}&l=${secret:S}') },
      { env: { S: '12345' } },
    );
    expect(short.desired).toBeNull();
    expect(short.diagnostics).toMatchObject([
      {
        severity: 'error',
        code: 'short-secret',
        message: 'the secret S has fewer than 6 characters: hiding it would hide parts of ordinary words',
        hint: 'use a longer secret, or write ${env:S} if it is none',
      },
    ]);
    expect(load({ 'a.yaml': urlWith('${secret:S}') }, { env: { S: '123456' } }).diagnostics).toEqual([]);
  });
});
