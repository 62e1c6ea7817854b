import { describe, expect, it } from 'vitest';
import { kindNamed } from '../../src/model/kinds/index.ts';
import { renderPlanHtml } from '../../src/render/html/plan.ts';
import { renderPlanMarkdown } from '../../src/render/markdown/plan.ts';
import { renderPlanText } from '../../src/render/text/plan.ts';
import { at, changeOf, planOf } from './sample-plans.ts';

const before = { event: 'chat.started', targetUrl: 'https://h.example/', essential: false };
const effectsOf = (twin: { twinStays?: true }) =>
  kindNamed('webhook').effects({ action: 'delete', before, after: null, paths: [], ...twin });

const FORMATS = {
  text: (plan: ReturnType<typeof planOf>) => renderPlanText(plan, { color: false, width: 200 }),
  markdown: (plan: ReturnType<typeof planOf>) => renderPlanMarkdown(plan, { maxBytes: 60_000 }),
  html: (plan: ReturnType<typeof planOf>) => renderPlanHtml(plan, {}),
};

describe.each(Object.entries(FORMATS))('a pruned object in %s', (_format, render) => {
  const shown = (twin: { twinStays?: true }) => {
    const effects = effectsOf(twin);
    return render(planOf([changeOf('delete', 'webhook', before, null, { ...at(5), pruned: true, effects })]));
  };

  it('is not in the file', () => {
    expect(shown({})).toMatch(/pruned: the file does not have it, and `?policy\.prune`? claims it/i);
    expect(shown({})).not.toContain('extra copy');
  });

  it('is an extra copy where another one stays', () => {
    expect(shown({ twinStays: true })).toMatch(/pruned: an extra copy, and `?policy\.prune`? claims it/i);
    expect(shown({ twinStays: true })).not.toContain('the file does not have it');
  });
});
