import { describe, expect, it } from 'vitest';
import { formatConfigText } from '../../src/config/format/index.ts';
import type { DesiredOperator } from '../../src/model/kinds/operator.ts';
import { importStaff } from '../../src/operations/import.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (content: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);

interface Options {
  into?: string[];
  leavers?: 'report' | 'absent';
  env?: Record<string, string>;
}

function bring(list: string, files: string | Record<string, string>, options: Options = {}) {
  const named = typeof files === 'string' ? { 'chaport.yaml': files } : files;
  const texts = Object.entries(named).map(([name, text]) => ({ name, bytes: bytes(text) }));
  const { into = [Object.keys(named)[0] ?? ''], ...rest } = options;
  const imported = importStaff({ texts, into, list: { name: 'staff.csv', bytes: bytes(list) }, ...rest });
  const after = { ...named };
  for (const file of imported.files) after[file.name] = textOf(file.after);
  return { imported, after, text: after['chaport.yaml'] ?? '' };
}

const addresses = (people: readonly { email: unknown }[]) => people.map(({ email }) => String(email));
const leaversOf = (leavers: readonly { person: DesiredOperator; stays: string | null }[]) =>
  leavers.map(({ person, stays }) => [String(person.email), stays]);

const TEAM = `# our team
version: 1

account: { owner: owner@acme.example }

policy: { protect: ["*@partner.example"], maxDeletes: 1 }

defaults:
  operator: { language: de, role: operator }

operators:
  # the boss
  - email: owner@acme.example # stays
    name: Olenna
  - email: anke@acme.example # since 2019
    name: Anke Müller
    status: { value: online, ttl: 8h }

  # left us
  - email: gone@acme.example
    state: absent
    name: Gone
  - { email: ben@acme.example, name: Ben Alt } # night
  - email: paula@partner.example
    name: Paula
# the end
`;
const HEADER = 'E-Mail;Name;Position;Rolle;Sprache;Status\n';
const EVERYBODY = `${HEADER}owner@acme.example;Olenna;;;;\nanke@acme.example;Anke Müller;;;;\nben@acme.example;Ben Alt;;;;\npaula@partner.example;Paula;;;;\n`;

describe('importing a staff list', () => {
  it('adds, changes and keeps everything else: comments, order, what the list does not say', () => {
    const list = `${HEADER}Owner@acme.example;Olenna;;Admin;;
ANKE@acme.example;Anke Berg;Team lead;Administrator;German;abwesend
ben@acme.example;Ben Alt;Agent;Agent;English;
new@acme.example;Neu \${secret:X};Agent;Agent;de_DE;
paula@partner.example;Paula;;;;
gone@acme.example;Gone;;;;
`;
    const { imported, text } = bring(list, TEAM);
    expect(text).toBe(`# our team
version: 1

account: { owner: owner@acme.example }

policy: { maxDeletes: 1, protect: ["*@partner.example"] }

defaults:
  operator: { language: de, role: operator }

operators:
  # the boss
  - email: owner@acme.example # stays
    name: Olenna
  - email: anke@acme.example # since 2019
    name: Anke Berg
    jobTitle: Team lead
    role: admin
    status: { value: away, ttl: 8h }

  # left us
  - email: gone@acme.example
    state: absent
    name: Gone
  - { email: ben@acme.example, name: Ben Alt, jobTitle: Agent, language: en } # night
  - email: paula@partner.example
    name: Paula
  - email: new@acme.example
    name: Neu $\${secret:X}
    jobTitle: Agent

# the end
`);
    expect(addresses(imported.joiners)).toEqual(['new@acme.example']);
    expect(addresses(imported.changed.map(({ person }) => person))).toEqual([
      'anke@acme.example',
      'ben@acme.example',
    ]);
    expect(addresses(imported.returned)).toEqual(['gone@acme.example']);
    expect(imported.leavers).toEqual([]);
    expect(imported.notes).toEqual(['owner@acme.example owns the account: their role stays as it is.']);
    expect(imported.files).toMatchObject([{ isRewritten: true }]);
    // Once more, there is nothing to do.
    expect(bring(list, text).imported).toMatchObject({ files: [], joiners: [], changed: [] });
  });

  it('leaves a file alone that says what the list says, canonical or not', () => {
    expect(bring(EVERYBODY, TEAM).imported.files).toEqual([]);
    expect(bring(`${HEADER}anke@acme.example;;;;de_DE;online\n`, TEAM).imported.files).toEqual([]);
  });

  it('only names who is no longer in the list', () => {
    const { imported } = bring(`${HEADER}ben@acme.example;Ben Alt;;;;\n`, TEAM);
    expect(leaversOf(imported.leavers)).toEqual([
      ['owner@acme.example', 'owns the account'],
      ['anke@acme.example', null],
      ['paula@partner.example', 'protected by policy.protect'],
    ]);
    expect(imported).toMatchObject({ files: [], leaving: [], refusal: null });
  });

  it('marks who has left when it is told to, but neither the owner nor the protected', () => {
    const { imported, text } = bring(`${HEADER}ben@acme.example;Ben Alt;;;;\n`, TEAM, { leavers: 'absent' });
    expect(text).toContain(
      '  - email: anke@acme.example # since 2019\n    state: absent\n    name: Anke Müller\n',
    );
    expect(text.match(/state: absent/g)).toHaveLength(2);
    expect(addresses(imported.leaving)).toEqual(['anke@acme.example']);
    const again = bring(`${HEADER}ben@acme.example;Ben Alt;;;;\n`, text, { leavers: 'absent' });
    expect(again.imported.files).toEqual([]);
  });

  it.each([
    [
      'a number',
      'maxDeletes: 1',
      '2 of the 5 people in the files are not in the list; policy.maxDeletes allows 1 ',
    ],
    ['a share of the people in the files', 'maxDeletes: "20%"', 'policy.maxDeletes allows 20%, here 1 '],
    ['a share by default', 'minAdmins: 1', 'policy.maxDeletes allows 20%, here 1 '],
  ])('refuses to mark more than policy.maxDeletes allows: %s', (_name, limit, message) => {
    const people = ['a', 'b', 'c', 'd', 'e'].map(
      (name) => `  - { email: ${name}@acme.example, name: ${name} }\n`,
    );
    const file = `version: 1\npolicy: { ${limit} }\noperators:\n${people.join('')}  - { email: f@acme.example, state: absent }\n`;
    const half = 'email,name\na@acme.example,A\nb@acme.example,b\nc@acme.example,c\nnew@acme.example,New\n';
    const { imported } = bring(half, file, { leavers: 'absent' });
    expect(imported.files).toEqual([]);
    expect(imported.refusal).toMatchObject({ name: 'RefusedError', code: 'max-deletes' });
    expect(imported.refusal?.message).toContain(message);
    expect(bring(`${half}d@acme.example,d\n`, file, { leavers: 'absent' }).imported).toMatchObject({
      refusal: null,
      leaving: [expect.objectContaining({ email: 'e@acme.example' })],
    });
  });

  it('does not mark somebody who may have a new address', () => {
    const { imported } = bring(`${EVERYBODY.replace('anke@', 'anke.mueller@')}`, TEAM, { leavers: 'absent' });
    expect(leaversOf(imported.leavers)).toEqual([
      ['anke@acme.example', expect.stringContaining('movedFrom')],
    ]);
    expect(imported.leaving).toEqual([]);
  });

  it('knows people by the address that they move from', () => {
    const file =
      'version: 1\noperators:\n  - email: new@acme.example\n    movedFrom: old@acme.example\n    name: Ann\n';
    const { imported, text } = bring('email,name,title\nold@acme.example,Ann,Agent\n', file);
    expect(text).toContain('    movedFrom: old@acme.example\n    name: Ann\n    jobTitle: Agent\n');
    expect(imported).toMatchObject({ joiners: [], leavers: [] });
    expect(imported.notes).toEqual([
      'The list has old@acme.example for new@acme.example, who has moved from there.',
    ]);
  });

  it('changes people where they stand, and adds new ones where it is told to', () => {
    const files = {
      'new.yaml': 'version: 1\noperators: [] # to come\n',
      'team.yaml': 'operators:\n  - email: ${env:WHO}\n    name: Ann # first\n',
    };
    const { after, imported } = bring('email,name\nann@acme.example,Anna\nbo@acme.example,Bo\n', files, {
      env: { WHO: 'ann@acme.example' },
    });
    expect(after).toEqual({
      'new.yaml': 'version: 1\n\noperators:\n  # to come\n  - email: bo@acme.example\n    name: Bo\n',
      'team.yaml': 'operators:\n  - email: ${env:WHO}\n    name: Anna # first\n',
    });
    expect(imported.files.map(({ name, isRewritten }) => [name, isRewritten])).toEqual([
      ['new.yaml', true],
      ['team.yaml', false],
    ]);
  });

  it.each([
    ['a section with nothing', 'version: 1\noperators:\n'],
    ['no section', 'version: 1\n'],
    ['Windows line ends', 'version: 1\r\noperators:\r\n  - email: x@acme.example\r\n    name: X # x\r\n'],
    ['JSON', '{ "version": 1, "operators": [{ "email": "x@acme.example", "name": "X" }] }'],
    [
      'a merge',
      'version: 1\noperators:\n  - &base { email: w@acme.example, name: W, role: admin }\n  - <<: *base\n    email: x@acme.example\n    name: X\n',
    ],
  ])('works in a file with %s', (name, file) => {
    const { text } = bring('email,name,role\nx@acme.example,Xaver,agent\ny@acme.example,Y,admin\n', file);
    expect(
      bring('email,name,role\nx@acme.example,Xaver,agent\ny@acme.example,Y,admin\n', text).imported.files,
    ).toEqual([]);
    if (name === 'JSON') expect(JSON.parse(text).operators).toHaveLength(2);
    else if (name === 'Windows line ends') expect(text).not.toMatch(/[^\r]\n/);
    else expect(formatConfigText({ name, bytes: bytes(text) })).toBe(text);
    expect(text.match(/# /g)).toEqual(file.match(/# /g));
  });

  it('refuses to change an entry that another one takes from', () => {
    const file =
      'version: 1\noperators:\n  - { email: a@acme.example, name: &n Ann }\n  - { email: b@acme.example, name: *n }\n';
    expect(() => bring('email,name\na@acme.example,Anna\nb@acme.example,Ann\n', file)).toThrow(
      'cannot be changed by itself, so nothing is written',
    );
  });

  it('needs a name of new people only', () => {
    expect(bring('email,title\nanke@acme.example,Lead\n', TEAM).text).toContain('    jobTitle: Lead\n');
    expect(() => bring('email,title\nnew@acme.example,Lead\n', TEAM)).toThrow('no column for names');
  });

  it('warns of a change to somebody who is protected', () => {
    const { imported } = bring('email,name\npaula@partner.example,Paula P.\n', TEAM);
    expect(imported.notes).toEqual([
      'paula@partner.example is protected by policy.protect: a plan that changes them is refused.',
    ]);
  });
});
