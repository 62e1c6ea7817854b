import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { WireKind } from '../../src/chaport/wire/wire-kind.ts';
import { type Account, apply, connect, loadConfig, plan, readAccount, render } from '../../src/index.ts';
import type { Change } from '../../src/model/change.ts';
import type { Kind, KindName } from '../../src/model/kinds/index.ts';
import type { ResourceKind } from '../../src/model/kinds/kind.ts';
import { phaseOf } from '../../src/model/phases.ts';
import { planSchema } from '../../src/model/plan-schema.ts';
import { reportSchema } from '../../src/model/report-schema.ts';
import { adopt, exportAccount, readWholeAccount } from '../../src/operations/export.ts';
import { json, type SeenRequest, startScriptedServer } from '../support/scripted-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/*
 * A kind that the program does not have, in every room. Beside this test it is one file of its own and one for
 * the wire: a room that would need a word about it fails here.
 */

vi.mock('../../src/model/kinds/index.ts', async (importOriginal) => {
  const registry = await importOriginal<typeof import('../../src/model/kinds/index.ts')>();
  const { departmentKind } = await import('./department.ts');
  Object.assign(registry.KIND_NAMES, { [registry.KIND_NAMES.length]: departmentKind.name });
  Object.assign(registry.KINDS, { [registry.KINDS.length]: departmentKind });
  return registry;
});

vi.mock('../../src/chaport/wire/index.ts', async (importOriginal) => {
  const registry = await importOriginal<typeof import('../../src/chaport/wire/index.ts')>();
  const { departmentOnTheWire } = await import('./department-wire.ts');
  Object.assign(registry.WIRE, { department: departmentOnTheWire });
  return registry;
});

const { departmentKind } = await import('./department.ts');
const { wireOf } = await import('../../src/chaport/wire/index.ts');
const { kindNamed } = await import('../../src/model/kinds/index.ts');

interface StoredDepartment {
  id: string;
  name: string;
  members: string[];
}

const STORED: readonly StoredDepartment[] = [
  { id: 'd1', name: 'Sales', members: ['Jon Snow'] },
  { id: 'd2', name: 'Billing', members: ['Arya Stark'] },
  { id: 'd3', name: 'Night watch', members: ['Samwell Tarly'] },
  { id: 'd4', name: 'Archive', members: ['Bran Stark'] },
];
const SECRET = 'a-name-that-nobody-may-see';
const FILE = `version: 1
policy: { prune: { departments: ["Night*"] } }
departments:
  - { name: Sales, members: [Jon Snow, Sansa Stark] }
  - { name: Support, members: ["\${secret:MEMBER}"] }
  - { name: Billing, state: absent }
`;

/** The API as far as departments go, beside the owner that every account has. */
async function departmentServer() {
  const departments = new Map(STORED.map((department) => [department.id, department]));
  const answer = ({ method, url, body }: SeenRequest) => {
    const id = url.slice('/departments/'.length);
    if (url === '/operators') return json(200, { result: [{ id: 'o1', email: 'owner@acme.example' }] });
    if (!url.startsWith('/departments')) return json(200, { result: [] });
    if (method === 'GET') return json(200, { result: [...departments.values()] });
    if (method === 'DELETE') return json(departments.delete(id) ? 200 : 404, {});
    const key = method === 'POST' ? `d${departments.size + 10}` : id;
    departments.set(key, { ...JSON.parse(body), id: key });
    return json(200, { result: { id: key } });
  };
  const server = await startScriptedServer((request) => answer(request));
  return { server, departments };
}

async function load(content: string) {
  const options = { cwd: temporaryFolder({ 'chaport.yaml': content }), env: { MEMBER: SECRET } };
  return loadConfig('chaport.yaml', options);
}

async function prepared(content = FILE) {
  const { server, departments } = await departmentServer();
  const { desired, texts } = await load(content);
  if (desired === null) throw new Error('the file is wrong');
  const account: Account = connect({ desired, token: 'toy-token-of-this-test', baseUrl: server.url });
  onTestFinished(() => account.close());
  const planned = async () => plan(desired, await readAccount(account, desired));
  return { server, departments, desired, texts, account, planned, proposed: await planned() };
}

const FORMATS = ['text', 'json', 'markdown', 'html'] as const;

describe('a department', () => {
  test('is planned: created, updated, deleted by its state and by prune, and left alone', async () => {
    const { proposed } = await prepared();
    const { changes, unmanaged, managed, refusals, warnings } = proposed;
    expect(changes.map(({ action, key, fields }) => [action, key, fields])).toEqual([
      ['update', 'Sales', [{ path: 'members', before: 'Jon Snow', after: 'Jon Snow, Sansa Stark' }]],
      [
        'create',
        'Support',
        [
          { path: 'name', before: null, after: 'Support' },
          { path: 'members', before: null, after: '${secret:MEMBER}' },
        ],
      ],
      [
        'delete',
        'Billing',
        [
          { path: 'name', before: 'Billing', after: null },
          { path: 'members', before: 'Arya Stark', after: null },
        ],
      ],
      [
        'delete',
        'Night watch',
        [
          { path: 'name', before: 'Night watch', after: null },
          { path: 'members', before: 'Samwell Tarly', after: null },
        ],
      ],
    ]);
    expect(changes.map(({ pruned }) => pruned ?? false)).toEqual([false, false, false, true]);
    expect(unmanaged).toEqual([{ kind: 'department', key: 'Archive', id: 'd4', members: 'Bran Stark' }]);
    expect(managed.map(({ key }) => key)).toEqual(['Sales', 'Support']);
    expect({ refusals, warnings }).toEqual({ refusals: [], warnings: [] });
    expect(planSchema.parse(JSON.parse(JSON.stringify(proposed)))).toEqual(proposed);
  });

  test('is applied over HTTP, and read back as the file wants it', async () => {
    const { server, departments, desired, account, planned, proposed } = await prepared();
    const report = await apply(proposed, account, desired);
    expect(report).toMatchObject({ converged: true, summary: { applied: 4, failed: 0 } });
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(
      server.requests.flatMap(({ method, url }) => (method === 'GET' ? [] : `${method} ${url}`)),
    ).toEqual(
      expect.arrayContaining([
        'PUT /departments/d1',
        'POST /departments',
        'DELETE /departments/d2',
        'DELETE /departments/d3',
      ]),
    );
    expect([...departments.values()]).toEqual([
      { id: 'd1', name: 'Sales', members: ['Jon Snow', 'Sansa Stark'] },
      { id: 'd4', name: 'Archive', members: ['Bran Stark'] },
      { id: expect.any(String), name: 'Support', members: [SECRET] },
    ]);
    expect(await planned()).toMatchObject({
      changes: [],
      summary: { create: 0, update: 0, delete: 0, unchanged: 2, unmanaged: 1 },
    });
  });

  test.each(FORMATS)('stands in a plan as %s, without its secret', async (format) => {
    const { proposed } = await prepared();
    const shown = render(proposed, { format });
    for (const word of ['Sales', 'Support', 'Billing', 'Night watch', 'Archive', 'Sansa Stark']) {
      expect(shown).toContain(word);
    }
    if (format !== 'json') expect(shown).toMatch(/departments/i);
    expect(shown).toContain('opens its doors');
    expect(shown).not.toContain(SECRET);
  });

  test('has its words in the headline and the impact', async () => {
    const { proposed } = await prepared();
    const shown = render(proposed, { format: 'markdown' }).replace(/\s+/g, ' ');
    expect(shown).toMatch(/open .*Support.*rearrange .*Sales.*close/);
    expect(shown).toContain('Closes its doors');
  });

  test.each(['text', 'json', 'markdown'] as const)('stands in a report as %s', async (format) => {
    const { desired, account, proposed } = await prepared();
    const shown = render(await apply(proposed, account, desired), { format });
    for (const word of ['Sales', 'Support', 'Billing', 'Night watch']) expect(shown).toContain(word);
    expect(shown).not.toContain(SECRET);
  });

  test('is exported as a file that plans to no changes', async () => {
    const { server, account } = await prepared();
    const { yaml } = exportAccount(await readWholeAccount(account));
    expect(yaml).toContain(
      'departments:\n  - name: Archive # id d4\n    members: [Bran Stark]\n  - name: Billing # id d2',
    );
    const again = await prepared(`version: 1\n${yaml.slice(yaml.indexOf('departments:'))}`);
    expect(again.proposed).toMatchObject({ changes: [], unmanaged: [] });
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('is added to a file that does not have it', async () => {
    const { account, texts } = await prepared();
    const options = {
      into: ['chaport.yaml'],
      env: { MEMBER: SECRET },
      kinds: [departmentKind.name as KindName],
    };
    const adopted = adopt(await readWholeAccount(account), { texts, ...options });
    expect(adopted).toMatchObject({ added: { departments: 1 }, leftOut: [] });
    // In its canonical form.
    const [head = '', sections = ''] = FILE.split('departments:\n  -');
    expect(new TextDecoder().decode(adopted.files[0]?.after)).toBe(
      `${head.replace('\n', '\n\n').replace('"Night*"', 'Night*')}\ndepartments:\n  -${sections}  - name: Archive # id d4\n    members: [Bran Stark]\n`,
    );
  });

  test.each([
    ['an unknown key', '{ name: Sales, memberz: [] }', 'unknown-key', 'memberz'],
    ['no name', '{ members: [Jon Snow] }', 'missing-key', '"name"'],
    [
      'what stands twice',
      '{ name: Support }\n  - { name: Support }',
      'duplicate-department',
      'the department',
    ],
    ['a value of another type', '{ name: Sales, members: Jon }', 'wrong-type', 'a list of members'],
  ])('is complained of: %s', async (_what, entry, code, words) => {
    const { desired, diagnostics } = await load(`version: 1\ndepartments:\n  - ${entry}\n`);
    expect(desired).toBeNull();
    expect(diagnostics).toMatchObject([{ code, source: { file: 'chaport.yaml' } }]);
    expect(render(diagnostics)).toContain(words);
  });
});

describe('a kind that lacks a part', () => {
  const registry: Record<string, ResourceKind> = {};

  test('does not compile', () => {
    const { phases: _phases, ...withoutPhases } = departmentKind;
    // @ts-expect-error: nothing says when its changes are made.
    registry.withoutPhases = withoutPhases;
    const { headline: _headline, ...wordless } = departmentKind;
    // @ts-expect-error: nothing says what they do.
    registry.wordless = wordless;
    const { section, ...sectionless } = departmentKind;
    // @ts-expect-error: nothing says how a file writes it.
    registry.sectionless = sectionless;
    const { write: _write, ...unexported } = section ?? {};
    // @ts-expect-error: nothing says how an export writes it.
    registry.unexported = { ...departmentKind, section: unexported };
    expect(Object.keys(registry)).toHaveLength(4);
  });

  test('does not compile without its wire mapping', () => {
    type Wire = Readonly<Record<KindName | 'department', WireKind>>;
    // @ts-expect-error: nothing says how it is called.
    const wire: Wire = { operator: wireOf('operator'), status: wireOf('status'), webhook: wireOf('webhook') };
    expect(wire).not.toHaveProperty('department');
  });

  const CHANGE: Change = {
    action: 'create',
    kind: 'department',
    key: 'Sales',
    fields: [],
    effects: [],
    before: null,
    after: { name: 'Sales' },
  };

  test('throws where a change has no phase, or two', () => {
    const [make] = departmentKind.phases;
    expect(() => phaseOf(CHANGE, [])).toThrow('create department belongs to no phase');
    expect(() => phaseOf(CHANGE, make ? [make, make] : [])).toThrow(
      'create department belongs to several phases',
    );
  });

  test('throws at the first plan that has a change without a phase', async () => {
    replace({ phases: [] });
    await expect(prepared()).rejects.toThrow('department belongs to no phase');
  });

  test('throws where the headline has no words for a change', async () => {
    const { proposed } = await prepared();
    replace({ headline: () => [] });
    expect(() => render(proposed, { format: 'markdown' })).toThrow('no headline for changes of departments');
  });

  test('throws where the API has no mapping, and where nobody knows the name', () => {
    expect(() => wireOf('tag' as KindName)).toThrow('the API has no mapping for the kind "tag"');
    expect(() => kindNamed('tag')).toThrow('no resource kind "tag"');
  });
});

/** The registered kind with another part, until the test is over. */
function replace(parts: Partial<Kind>): void {
  const before = { ...departmentKind };
  onTestFinished(() => {
    Object.assign(departmentKind, before);
  });
  Object.assign(departmentKind, parts);
}
