import type { Action } from '../../src/model/change.ts';
import type { Fields } from '../../src/model/json.ts';
import { type KindName, kindNamed } from '../../src/model/kinds/index.ts';
import type { Plan, PlannedChange } from '../../src/model/plan.ts';
import type { ApplyReport, ChangeResult } from '../../src/model/report.ts';

/** A change with its fields and effects as the planner gives them. */
export function changeOf(
  action: Action,
  kindName: KindName,
  before: Fields | null,
  after: Fields | null,
  rest: Partial<PlannedChange> = {},
): PlannedChange {
  const kind = kindNamed(kindName);
  const shown = action === 'delete' ? kind.deleteShows : Object.keys(kind.fields);
  const fields = shown
    .map((path) => ({ path, before: before?.[path] ?? null, after: after?.[path] ?? null }))
    .filter((field) => action !== 'update' || field.before !== field.after);
  return {
    action,
    kind: kindName,
    key: kind.keyFields.map((field) => String((before ?? after)?.[field])).join(' '),
    ...(action === 'create' ? {} : { id: '59747c3ff77948220136b7b3' }),
    before:
      action === 'delete' ? Object.fromEntries(fields.map((field) => [field.path, field.before])) : before,
    after,
    fields,
    effects: kind.effects({ action, before, after, paths: fields.map(({ path }) => path) }),
    ...rest,
  } as PlannedChange;
}

export const at = (line: number, file = 'chaport.yaml') => ({ source: { file, line, column: 5 } });

export function operatorFields(email: string, rest: Fields = {}): Fields {
  return { email, name: 'Jon Snow', jobTitle: null, role: 'operator', language: 'en', image: null, ...rest };
}

export function planOf(changes: PlannedChange[], rest: Partial<Plan> = {}): Plan {
  const counted = (action: Action) => changes.filter((change) => change.action === action).length;
  const unmanaged = rest.unmanaged ?? [];
  return {
    formatVersion: '2',
    tool: 'chaportctl 0.2.0',
    createdAt: '2026-11-22T10:00:00.000Z',
    account: { baseUrl: 'https://app.chaport.com/api/v1', owner: 'owner@acme.example' },
    config: { files: ['chaport.yaml'], sha256: 'ab'.repeat(32) },
    secrets: {},
    managed: changes.map(({ kind, key }) => ({ kind, key })),
    digest: `sha256:${'0123456789abcdef'.repeat(4)}`,
    summary: {
      create: counted('create'),
      update: counted('update'),
      delete: counted('delete'),
      unchanged: 36,
      unmanaged: unmanaged.length,
    },
    changes,
    unmanaged,
    warnings: [],
    refusals: [],
    ...rest,
  };
}

const HOOK = 'https://hooks.acme.example/chaport?key=${secret:HOOK_KEY}';

/** One change of every sort, as a small team would see it. */
export function everydayPlan(): Plan {
  return planOf(
    [
      changeOf(
        'create',
        'webhook',
        null,
        { event: 'chat.started', targetUrl: HOOK, essential: true },
        at(40),
      ),
      changeOf(
        'update',
        'operator',
        operatorFields('jon.snow@acme.example', { jobTitle: 'Steward' }),
        operatorFields('jon.snow@acme.example', { jobTitle: 'The Wall supervisor', role: 'admin' }),
        at(19),
      ),
      changeOf(
        'update',
        'operator',
        operatorFields('samwell@acme.example', { name: 'Sam', image: 'https://acme.example/sam.png' }),
        operatorFields('sam.tarly@acme.example', { name: 'Sam' }),
        at(27),
      ),
      changeOf(
        'delete',
        'operator',
        operatorFields('alliser@acme.example', { name: 'Alliser' }),
        null,
        at(31),
      ),
      changeOf(
        'create',
        'operator',
        null,
        operatorFields('eve@acme.example', { name: 'Eve', jobTitle: 'Support' }),
        at(34),
      ),
      changeOf(
        'update',
        'status',
        { email: 'jon.snow@acme.example', status: 'offline' },
        { email: 'jon.snow@acme.example', status: 'online', ttl: 43_200 },
        at(25),
      ),
      changeOf('update', 'status', null, { email: 'eve@acme.example', status: 'away', ttl: 5400 }, at(34)),
      changeOf(
        'delete',
        'webhook',
        { event: 'chat.finished', targetUrl: 'https://hooks.acme.example/old?key=***', essential: false },
        null,
        { ...at(10), pruned: true },
      ),
    ],
    {
      unmanaged: [
        { kind: 'operator', key: 'new.hire@acme.example', id: '1', name: 'New Hire', role: 'operator' },
      ],
      warnings: [
        {
          code: 'status-until-past',
          message:
            'the status of "ygritte@acme.example" was to hold until 2026-01-01T00:00:00Z, which is past; it is left alone',
          source: { file: 'chaport.yaml', line: 29, column: 13 },
        },
      ],
    },
  );
}

/** A department's worth of changes: creates, updates, deletes, statuses and webhooks in turn. */
export function largePlan(size: number): Plan {
  const file = 'examples/support-team/operators.yaml';
  const changes = Array.from({ length: size }, (_unused, index): PlannedChange => {
    const email = `person.number${index}@support.acme.example`;
    const old = operatorFields(email, { name: `Person ${index}`, jobTitle: 'Support' });
    const source = at(index * 4 + 3, file);
    switch (index % 5) {
      case 0:
        return changeOf('create', 'operator', null, old, source);
      case 1:
        return changeOf(
          'update',
          'operator',
          old,
          { ...old, jobTitle: 'Senior support engineer, tier 2' },
          source,
        );
      case 2:
        return changeOf('delete', 'operator', old, null, source);
      case 3:
        return changeOf(
          'update',
          'status',
          { email, status: 'offline' },
          { email, status: 'online', ttl: 28_800 },
          source,
        );
      default:
        return changeOf(
          'create',
          'webhook',
          null,
          {
            event: 'chat.newEvent.visitorMessage',
            targetUrl: `https://hooks${index}.acme.example/chaport`,
            essential: false,
          },
          source,
        );
    }
  });
  const unmanaged = Array.from({ length: 12 }, (_unused, index) => ({
    kind: 'operator' as const,
    key: `freelancer${index}@elsewhere.example`,
    id: String(index),
  }));
  return planOf(changes, { unmanaged });
}

export function resultOf(change: PlannedChange, rest: Partial<ChangeResult> = {}): ChangeResult {
  const { action, kind, key, fields, effects } = change;
  return {
    action,
    kind,
    key,
    ...(action === 'create' || change.id === undefined ? {} : { id: change.id }),
    fields,
    effects,
    outcome: 'applied',
    attempts: 1,
    milliseconds: 120,
    ...rest,
  };
}

export function reportOf(changes: ChangeResult[], rest: Partial<ApplyReport> = {}): ApplyReport {
  const counted = (outcome: ChangeResult['outcome']) =>
    changes.filter((change) => change.outcome === outcome).length;
  return {
    formatVersion: '2',
    tool: 'chaportctl 0.2.0',
    startedAt: '2026-11-22T10:00:00.000Z',
    finishedAt: '2026-11-22T10:00:05.000Z',
    account: { baseUrl: 'https://app.chaport.com/api/v1', owner: 'owner@acme.example' },
    config: { files: ['chaport.yaml'], sha256: 'ab'.repeat(32) },
    secrets: {},
    planDigest: `sha256:${'0123456789abcdef'.repeat(4)}`,
    summary: {
      applied: counted('applied'),
      failed: counted('failed'),
      skipped: counted('skipped'),
      unknown: counted('unknown'),
    },
    changes,
    converged: true,
    remaining: [],
    managed: changes.map(({ kind, key }) => ({ kind, key })),
    unmanaged: [],
    ...rest,
  };
}

/** Texts that want to be obeyed, in eight scripts and some signs. */
export const HOSTILE_TEXTS: readonly string[] = [
  'Eve\u001b[31m\u001b]0;owned\u0007 | <script>alert(1)</script>',
  'Jon\u202enohj\u202c \u2066x\u2069 adm\u200bin\ufeff\u00ad',
  'Ольга\n\n# Заголовок\r\n| a | b |\n@acme/admins',
  '山田　太郎](https://evil.example) ![x](https://evil.example/p.png)',
  'محمد‌رضا \u202d@octocat `code` #123 GH-1',
  'דנה "כהן" → </details><img src=x onerror=alert(1)>',
  'अजय\u200d शर्मा $x^2$ $$y$$ :tada: ~label %"mile stone" &epic !42',
  'สมชาย ใจดี\u0e49\u0e49\u0e49\u0e49\u0e49\u0e49\u0e49\u0e49 \\ `` | ``` ~~~',
  '김철수 \ud800 \udfff \u{e0041}\u{e0001} \ue000 https://evil.example www.evil.example me@evil.example',
  'Γιώργος [[wiki]] [x]: https://evil.example <!-- c --> &lt;b&gt; &#x40;octocat',
  '$',
  '$` $& $1',
  '`',
  '``',
  ' ` ',
  '|',
  '\\|',
  '\\',
  '`|`',
  '   ',
  '---',
  'deadbeefdeadbeefdeadbeefdeadbeefdeadbeef acme/repo#1 $snippet1 @all',
];
