import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderPlanText } from '../../../src/render/index.ts';
import { displayWidth } from '../../../src/render/width.ts';
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

const PLAIN = { color: false, width: 80 };

describe('renderPlanText', () => {
  it('reads like a good diff', async () => {
    await expect(renderPlanText(everydayPlan(), PLAIN)).toMatchFileSnapshot('expected/everyday-plan.txt');
  });

  it('shows forty changes', async () => {
    await expect(renderPlanText(largePlan(40), PLAIN)).toMatchFileSnapshot('expected/forty-changes.txt');
  });

  it('says at once that there is nothing to do', () => {
    expect(renderPlanText(planOf([]), PLAIN)).toBe(
      'Account https://app.chaport.com/api/v1\n        owner owner@acme.example (as the file says)\n' +
        'No changes. The account is as the file says. 36 unchanged, 0 unmanaged.\n',
    );
  });

  it('puts refusals in a block of their own before the summary', async () => {
    const plan = planOf([changeOf('delete', 'operator', operatorFields('a@b.c'), null, at(9))], {
      account: { baseUrl: 'https://app.chaport.com/api/v1' },
      refusals: [
        {
          code: 'max-deletes',
          message: 'prune would delete 5 webhooks, and policy.maxDeletes allows 2',
          hint: 'raise policy.maxDeletes, or take objects out of policy.prune',
          source: { file: 'chaport.yaml', line: 12, column: 3 },
        },
      ],
    });
    await expect(renderPlanText(plan, PLAIN)).toMatchFileSnapshot('expected/refused-plan.txt');
  });

  it('says the same with colour as without', () => {
    const colored = renderPlanText(everydayPlan(), { ...PLAIN, color: true });
    // Red is for what cannot be undone, yellow for what reaches people.
    expect(colored).toContain('\u001b[33m+\u001b[39m');
    expect(colored).toContain('\u001b[31m-\u001b[39m');
    const red = colored.split('\n').filter((line) => line.includes('\u001b[31m'));
    expect(red.map(stripVTControlCharacters)).toEqual([
      expect.stringContaining('- alliser@acme.example (Alliser)'),
      '      ! loses access; cannot be undone',
      '  Loses access for good',
    ]);
    expect(stripVTControlCharacters(colored)).toBe(renderPlanText(everydayPlan(), PLAIN));
  });

  it.each([
    [60, 5],
    [80, 40],
    [120, 400],
  ])('keeps every line within %i columns for %i changes', (width, size) => {
    const text = renderPlanText(largePlan(size), { color: true, width });
    // The digest is there to be copied and the summary to be searched for: they stay whole.
    const lines = text.split('\n').filter((line) => !/Digest: |Plan: /.test(line));
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  it('never cuts the key of what it deletes', () => {
    const url = `https://hooks.acme.example/${'part/'.repeat(40)}`;
    const before = { event: 'chat.started', targetUrl: url, essential: true };
    const text = renderPlanText(planOf([changeOf('delete', 'webhook', before, null)]), PLAIN);
    expect(text.replaceAll(/\n */g, '')).toContain(`- chat.started ${url}`);
  });

  it('cuts a long value in the middle, and shows it whole when verbose', () => {
    const image = `https://acme.example/${'x'.repeat(90)}/jon.png`;
    const plan = planOf([
      changeOf('create', 'operator', null, operatorFields('jon@acme.example', { image })),
    ]);
    expect(renderPlanText(plan, PLAIN)).toMatch(/image {5}"https:\/\/acme\.example\/x+…x+\/jon\.png"\n/);
    const whole = renderPlanText(plan, { ...PLAIN, verbose: true }).replaceAll(/\n */g, '');
    expect(whole).toContain(`"${image}"`);
  });

  it('shows two long values whole where cutting would hide the difference', () => {
    const before = operatorFields('a@b.c', { jobTitle: `${'x'.repeat(90)}1${'y'.repeat(60)}` });
    const after = operatorFields('a@b.c', { jobTitle: `${'x'.repeat(90)}2${'y'.repeat(60)}` });
    const text = renderPlanText(planOf([changeOf('update', 'operator', before, after)]), PLAIN);
    expect(text).toContain('x1y');
    expect(text).toContain('x2y');
  });

  it('puts right-to-left values on lines of their own, so that no terminal swaps old and new', () => {
    const before = operatorFields('a@b.c', { name: 'محمد رضا' });
    const after = operatorFields('a@b.c', { name: 'דנה כהן' });
    const text = renderPlanText(planOf([changeOf('update', 'operator', before, after)]), PLAIN);
    expect(text).toContain('      name  "محمد رضا"\n          → "דנה כהן"\n');
  });

  it('escapes quotes, so that a value cannot pretend to end', () => {
    const before = operatorFields('a@b.c', { name: 'Jon" → "Eve' });
    const plan = planOf([changeOf('update', 'operator', before, operatorFields('a@b.c'))]);
    expect(renderPlanText(plan, PLAIN)).toContain('name  "Jon\\" → \\"Eve" → "Jon Snow"');
  });

  it('shows a cleared field as empty', () => {
    const before = operatorFields('a@b.c', { jobTitle: 'Steward' });
    const after = operatorFields('a@b.c', { jobTitle: '' });
    const text = renderPlanText(planOf([changeOf('update', 'operator', before, after)]), PLAIN);
    expect(text).toContain('jobTitle  "Steward" → (empty)');
  });

  it.each([
    ['fits', 'Sam Tarly', 'samwell@acme.example (Sam Tarly)'],
    ['is a little too long', 'Samwell Tarly', 'samwell@acme.example (Samwel…rly)'],
    ['is far too long', `Samwell ${'of the Hill '.repeat(9)}`, 'samwell@acme.example (Samwel…ll )'],
  ])('cuts the name of somebody whom no file has, never what they are: %s', (_how, name, shown) => {
    const unmanaged = [
      {
        kind: 'operator' as const,
        key: 'samwell@acme.example',
        id: '1',
        name,
        role: 'operator',
        lastActivityAt: '2026-11-19T08:00:00Z',
      },
    ];
    expect(renderPlanText(planOf([], { unmanaged }), PLAIN)).toContain(
      `  operators  ${shown}, operator, last active 2026-11-19\n`,
    );
  });

  it('breaks the line of an address that leaves no room for a name', () => {
    const key = `${'w'.repeat(60)}@acme.example`;
    const unmanaged = [{ kind: 'operator' as const, key, id: '1', name: 'Sam', role: 'operator' }];
    const text = renderPlanText(planOf([], { unmanaged }), PLAIN);
    expect(text.replace(/\n +/g, '')).toContain(`${key} (Sam), operator`);
  });

  it.each(HOSTILE_TEXTS)('shows %j and obeys nothing in it', (text) => {
    const shown = renderPlanText(planAbout(text), PLAIN);
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u200b\u202a-\u202e\u2066-\u2069\u00ad]/u);
    const calm = renderPlanText(planAbout('x'), PLAIN);
    expect(shown.match(/^ {2}[-+~] /gm)).toEqual(calm.match(/^ {2}[-+~] /gm));
  });

  it('prints no control character but the line break, whatever the names are', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), hostileText),
        fc.integer({ min: 20, max: 120 }),
        (text, width) => {
          const shown = renderPlanText(planAbout(text), { color: false, width });
          expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u);
        },
      ),
    );
  });
});
