import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/model/plan.ts';
import { renderPlanMarkdown } from '../../../src/render/index.ts';
import { departmentPlan } from '../department.ts';
import { hostileText, planAbout } from '../hostile-plans.ts';
import {
  at,
  changeOf,
  everydayPlan,
  HOSTILE_TEXTS,
  largePlan,
  operatorFields,
  planOf,
} from '../sample-plans.ts';
import { allNodes, intrusionsIn, parseMarkdown, tablesOf, textOf } from './parsed.ts';

const ROOMY = { maxBytes: 60_000 };
const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

function columnCounts(text: string): number[] {
  return tablesOf(parseMarkdown(text)).flatMap((table) => table.children.map((row) => row.children.length));
}

/** Texts that stand in code, whole. */
function codesIn(text: string): string[] {
  return allNodes(parseMarkdown(text)).flatMap((node) => (node.type === 'inlineCode' ? [node.value] : []));
}

function mustBeSeenKeys(plan: Plan): string[] {
  return plan.changes
    .filter(
      (change) => change.action === 'delete' || change.effects.some(({ text }) => / an admin$/.test(text)),
    )
    .map((change) => change.key);
}

describe('renderPlanMarkdown', () => {
  it('gives the verdict, the impact, a table a kind, and the rest in details', async () => {
    const text = renderPlanMarkdown(everydayPlan(), ROOMY);
    await expect(text).toMatchFileSnapshot('expected/everyday-plan.md.txt');
    expect(intrusionsIn(parseMarkdown(text))).toEqual([]);
    expect(tablesOf(parseMarkdown(text))).toHaveLength(3);
  });

  it('says at once that there is nothing to do', () => {
    expect(renderPlanMarkdown(planOf([]), ROOMY)).toMatch(
      /^\*\*No changes\. The account is as the file says\.\*\*\n/,
    );
  });

  it('puts refusals at the top', () => {
    const plan = planOf([changeOf('delete', 'operator', operatorFields('a@b.c', { role: 'admin' }), null)], {
      refusals: [
        {
          code: 'min-admins',
          message: 'the plan would leave 0 admins, and policy.minAdmins is 1',
          hint: 'keep one',
          ...at(9),
        },
      ],
    });
    const text = renderPlanMarkdown(plan, ROOMY);
    expect(text.split('\n').slice(0, 6)).toEqual([
      '**This plan is refused. It would** take access from `a@b.c` (`Jon Snow`) for good.',
      '',
      '> [!CAUTION]',
      '> **Refused: this plan can be read, but not applied.**',
      '>',
      '> - the plan would leave 0 admins, and `policy.minAdmins` is 1 (keep one) `chaport.yaml:9`',
    ]);
    expect(text).toContain('- **Stops being an admin:** `a@b.c` (`Jon Snow`)\n');
  });

  it('counts people in the verdict where there are many', () => {
    const changes = ['a', 'b', 'c'].map((name) =>
      changeOf('create', 'operator', null, operatorFields(`${name}@acme.example`, { role: 'admin' })),
    );
    expect(renderPlanMarkdown(planOf(changes), ROOMY).split('\n')[0]).toBe(
      '**This plan will** invite 3 people and make 3 people an admin.',
    );
  });

  it('says which hosts start, stop and go on receiving events', () => {
    const hook = (targetUrl: string, event = 'chat.started') => ({ event, targetUrl, essential: false });
    const text = renderPlanMarkdown(
      planOf([
        changeOf('create', 'webhook', null, hook('https://${secret:USER}@new.example/${secret:KEY}')),
        changeOf('create', 'webhook', null, hook('https://new.example/', 'chat.finished')),
        changeOf('update', 'webhook', hook('https://here.example/a'), hook('https://here.example/b')),
        changeOf('update', 'webhook', hook('https://same.example/'), {
          ...hook('https://same.example/'),
          essential: true,
        }),
        changeOf('delete', 'webhook', hook('https://old.example/'), null),
      ]),
      ROOMY,
    );
    const impact = text.slice(text.indexOf('### Impact'), text.indexOf('### Webhooks'));
    expect(impact).toBe(
      '### Impact\n\n' +
        '- `new.example` starts receiving: `chat.started`, `chat.finished`\n' +
        '- `old.example` stops receiving: `chat.started`\n' +
        '- `here.example` receives at another address: `chat.started`\n\n',
    );
  });

  it.each(HOSTILE_TEXTS)('gives no meaning to %j', (text) => {
    const shown = renderPlanMarkdown(planAbout(text), ROOMY);
    expect(intrusionsIn(parseMarkdown(shown))).toEqual([]);
    expect(columnCounts(shown).every((columns) => columns === 2)).toBe(true);
    expect(tablesOf(parseMarkdown(shown))).toHaveLength(3);
  });

  it('gives no meaning to any name, at any size', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 500, max: 60_000 }), (text, maxBytes) => {
        const shown = renderPlanMarkdown(planAbout(text), { maxBytes });
        expect(intrusionsIn(parseMarkdown(shown))).toEqual([]);
        expect(new Set(columnCounts(shown)).size).toBeLessThanOrEqual(1);
        expect(shown).not.toMatch(/\p{Cs}/u);
      }),
      { numRuns: 60 },
    );
  });

  it.each([1, 15, 400])('names every delete and admin change of %i changes, at every size', (size) => {
    const plan = largePlan(size);
    const admins = [0, 1].map((index) =>
      changeOf(
        'update',
        'operator',
        operatorFields(`admin${index}@acme.example`, { role: index === 0 ? 'operator' : 'admin' }),
        operatorFields(`admin${index}@acme.example`, { role: index === 0 ? 'admin' : 'operator' }),
      ),
    );
    const whole = planOf([...plan.changes, ...admins]);
    const keys = mustBeSeenKeys(whole);
    expect(keys.length).toBeGreaterThanOrEqual(2);
    const smallest = renderPlanMarkdown(whole, { maxBytes: 1 });
    expect(smallest).toContain('- **update** operator `admin0@acme.example` (becomes an admin)\n');
    expect(smallest).toContain('- **update** operator `admin1@acme.example` (stops being an admin)\n');
    for (const maxBytes of [500, 1000, 2000, 5000, 10_000, 30_000, 60_000]) {
      const codes = new Set(codesIn(renderPlanMarkdown(whole, { maxBytes })));
      expect(keys.filter((key) => !codes.has(key))).toEqual([]);
    }
  });

  it.each([500, 777, 1500, 4000, 12_000, 60_000])(
    'keeps to %i bytes and says how many changes it left out',
    (maxBytes) => {
      const changes = Array.from({ length: 300 }, (_unused, index) =>
        changeOf(
          'update',
          'operator',
          operatorFields(`operator${index}@acme.example`, { name: '山田' }),
          operatorFields(`operator${index}@acme.example`, { name: `山田太郎${'🎉'.repeat(40)}` }),
          at(index + 1),
        ),
      );
      const text = renderPlanMarkdown(planOf(changes), { maxBytes });
      expect(bytes(text)).toBeLessThanOrEqual(maxBytes);
      const shown = new Set(codesIn(text).filter((part) => part.startsWith('operator'))).size;
      const hidden = Number(/(\d+) more changes?/.exec(text)?.[1] ?? 0);
      expect(shown + hidden).toBe(300);
      if (maxBytes >= 4000) expect(shown).toBeGreaterThan(10);
    },
  );

  it('has a row a change, and folds what is over ten but deletes, admins and new hosts', () => {
    const text = renderPlanMarkdown(departmentPlan(), ROOMY);
    const open = text.replace(/<details>[\s\S]*?<\/details>/g, '');
    const rows = (some: string) => some.match(/^\| (?:create|update|\*\*delete)/gm)?.length;
    expect(rows(text)).toBe(62);
    expect(rows(open)).toBe(7 + 3 + 8 + 2);
    expect(open).toContain('**delete** `leaver.06@support.acme.example`<br>`Leaver Example 6`');
    expect(open).toContain('update `chief.02@support.acme.example`<br>`Chief Example 2`<br>becomes an admin');
    expect(open).toContain('starts sending chat data to `crm.acme.example`');
    expect(text).toContain('<details><summary>Other operators: 42 changes</summary>');
    const hooks = largePlan(400).changes.filter(({ kind }) => kind === 'webhook');
    expect(renderPlanMarkdown(planOf(hooks), ROOMY)).not.toContain('<details>');
  });

  it('uses the room that it has', () => {
    const text = renderPlanMarkdown(largePlan(400), ROOMY);
    expect(bytes(text)).toBeLessThanOrEqual(60_000);
    expect(bytes(text)).toBeGreaterThan(58_000);
  });

  it('names unmanaged objects as far as there is room', () => {
    const unmanaged = Array.from({ length: 3000 }, (_unused, index) => ({
      kind: 'operator' as const,
      key: `someone${index}@acme.example`,
      id: String(index),
    }));
    const text = renderPlanMarkdown(planOf([], { unmanaged }), { maxBytes: 5000 });
    expect(bytes(text)).toBeLessThanOrEqual(5000);
    const named = codesIn(text).filter((part) => part.startsWith('someone')).length;
    expect(text).toContain(`- ${3000 - named} more, not named here`);
    expect(textOf(parseMarkdown(text))).toContain('Unmanaged: live, not in the file, and left alone (3000)');
  });
});
