import { describe, expect, test } from 'vitest';
import { digestOf } from '../../src/model/digest.ts';
import type { Plan } from '../../src/model/plan.ts';
import { comparePlans } from '../../src/model/plan-comparison.ts';
import { parsePlanOrReport } from '../../src/operations/saved-documents.ts';
import { parseExpectedPlan } from '../../src/operations/saved-plan.ts';
import { render } from '../../src/render/render.ts';
import { everydayPlan, planOf, reportOf, resultOf } from '../render/sample-plans.ts';

function withDigest(plan: Plan): Plan {
  return { ...plan, digest: digestOf(plan) };
}

const parse = (document: unknown) => () => parsePlanOrReport(JSON.stringify(document), 'it.json');

describe('parsePlanOrReport', () => {
  const plan = withDigest(planOf(everydayPlan().changes.slice(1, 2)));

  test('takes a plan, a refused one, one for a look, and a report', () => {
    const refused = { ...plan, refusals: [{ code: 'protect' as const, message: 'no' }] };
    const look = { ...plan, at: '2026-11-22T10:00:00.000Z' };
    const report = reportOf(plan.changes.map((change) => resultOf(change)));
    for (const document of [plan, refused, look, report]) expect(parse(document)()).toEqual(document);
    expect(() => parseExpectedPlan(JSON.stringify(look), 'it.json')).toThrow('for a look');
  });

  test.each([
    ['an edited plan', { ...plan, changes: [] }, 'it.json was changed after it was saved'],
    ['a plan of format 1', { ...plan, formatVersion: '1' }, 'it.json was made by an older chaportctl'],
    ['a plan of tomorrow', { ...plan, formatVersion: '3' }, 'it.json has formatVersion "3"'],
    ['other JSON', { name: 'chaport', version: '1.0.0' }, 'it.json is neither a plan nor a report'],
    ['a list', [[[1]]], 'it.json is neither a plan nor a report'],
    ['a text', 'plan', 'it.json is neither a plan nor a report: it is no JSON document'],
    ['a wrong value', { ...plan, changes: 5 }, 'it.json is not a saved plan at changes'],
    [
      'an unknown kind',
      { ...plan, changes: [{ ...plan.changes[0], kind: '__proto__' }] },
      'not a saved plan at',
    ],
    [
      'a report without a part',
      { planDigest: plan.digest, formatVersion: '2' },
      'it.json is not a report at',
    ],
  ])('says what is wrong with %s', (_what, document, message) => {
    expect(parse(document)).toThrow(message);
  });

  test('says of what is no document at all that it is none', () => {
    for (const text of ['', '['.repeat(1_000_000), '{"digest":'.repeat(100_000), 'version: 1\n', 'null']) {
      expect(() => parsePlanOrReport(text, 'it.json')).toThrow('it.json is neither a plan nor a report');
    }
  });
});

describe('comparePlans', () => {
  const plan = withDigest(everydayPlan());
  const sentenceOf = (old: Plan, next: Plan) => render(comparePlans(old, next)).trim().split('\n').at(-1);

  test('tells what is not about a change: account and secrets', () => {
    const other = withDigest({
      ...plan,
      account: { baseUrl: 'https://eu.chaport.com/api/v1' },
      secrets: { HOOK_KEY: 'a3f1', constructor: null },
    });
    const { isSame, setting } = comparePlans(plan, other);
    expect(isSame).toBe(false);
    expect(setting.map(({ path }) => path)).toEqual([
      'account.baseUrl',
      'account.owner',
      'secrets.HOOK_KEY',
      'secrets.constructor',
    ]);
    expect(sentenceOf(plan, other)).toBe('Not the same plan: account or secrets differ.');
  });

  test('tells that only the order differs', () => {
    const other = withDigest({ ...plan, changes: plan.changes.toReversed() });
    expect(comparePlans(plan, other)).toMatchObject({ isSame: false, isReordered: true, differing: [] });
    expect(sentenceOf(plan, other)).toContain('another order');
  });

  test('tells another id and another value before, and pairs those of one key by their ids', () => {
    const [hook] = plan.changes.filter(({ action, kind }) => action === 'delete' && kind === 'webhook');
    if (!hook) throw new Error('no delete');
    const twin = { ...hook, id: '59747c3ff77948220136b7ff' } as typeof hook;
    const two = withDigest({ ...plan, changes: [...plan.changes, twin] });
    const one = withDigest({
      ...plan,
      changes: plan.changes.map((change) => (change === hook ? twin : change)),
    });
    expect(comparePlans(plan, one).differing).toMatchObject([
      { fields: [{ path: 'id', old: hook.id, new: twin.id }] },
    ]);
    const swapped = withDigest({ ...two, changes: two.changes.toReversed() });
    expect(comparePlans(two, swapped)).toMatchObject({ isReordered: true, onlyNew: [], onlyOld: [] });
  });

  test('tells no change of the account where only one file manages the field', () => {
    const change = everydayPlan().changes.find(
      ({ action, kind }) => action === 'update' && kind === 'operator',
    );
    if (!change) throw new Error('the plan changes nobody');
    const wide = withDigest(planOf([change]));
    const { jobTitle: _before, ...before } = change.before ?? {};
    const { jobTitle: _after, ...after } = change.after ?? {};
    const narrow = withDigest(planOf([{ ...change, before, after } as typeof change]));
    const [{ fields } = { fields: [] }] = comparePlans(narrow, wide).differing;
    expect(fields.map(({ path, side }) => `${side} ${path}`)).toEqual(['after jobTitle']);
  });

  test('shows foreign texts escaped', () => {
    const evil = '\u001b]0;owned\u0007| <b> `x`';
    const changes = plan.changes.map((change) =>
      change.kind === 'operator' && change.action === 'create'
        ? ({ ...change, after: { ...change.after, jobTitle: evil } } as typeof change)
        : change,
    );
    const comparison = comparePlans(plan, withDigest({ ...plan, changes }));
    expect(render(comparison)).toContain('\\x1b]0;owned\\x07| <b> `x`');
    expect(render(comparison, { format: 'markdown' })).toContain(
      '| jobTitle'.replace('jobTitle', '`jobTitle`'),
    );
    expect(render(comparison, { format: 'markdown' })).not.toContain('\u001b');
    expect(render(comparison, { format: 'markdown', maxBytes: 250 }).length).toBeLessThan(251);
    const page = render(comparison, { format: 'html' });
    expect(page).toContain('&lt;b&gt;');
    expect(page).not.toContain('\u001b');
    expect(() => render(comparison, { format: 'gitlab' })).toThrow(
      'a comparison cannot be shown as "gitlab"',
    );
  });
});
