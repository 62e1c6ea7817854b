import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import type { Diagnostic } from '../../src/model/source.ts';
import { renderErrorText, renderProgressLine } from '../../src/render/index.ts';
import { type RenderOptions, render } from '../../src/render/render.ts';
import { breakAnywhere, cutMiddle, displayWidth } from '../../src/render/width.ts';
import { planAbout } from './hostile-plans.ts';
import { reportOf, resultOf } from './sample-plans.ts';

const PLAIN = { color: false, width: 80 };

const LENGTH = 50_000;
/** Of processor time, on a busy machine; each document holds the text some twenty times. */
const LIMIT_MS = 6000;

const UNITS = ['x', '山', '.', '(a"', ' '];

function documentsAbout(text: string): Record<string, () => string> {
  const plan = planAbout(text);
  const results = plan.changes.map((change) => resultOf(change, { outcome: 'failed', error: text }));
  const report = reportOf(results, { converged: false, remaining: plan.changes });
  const source = { file: text, line: 1, column: LENGTH / 2 };
  const diagnostic: Diagnostic = {
    severity: 'error',
    code: 'unknown-key',
    message: text,
    hint: text,
    source,
    related: { message: text, source },
    excerpt: { text, length: 10 },
  };
  const as = (document: Parameters<typeof render>[0], format: RenderOptions['format']) => () =>
    render(document, { format: format ?? 'text' });
  return {
    'plan text': as(plan, 'text'),
    'plan markdown': as(plan, 'markdown'),
    'plan html': as(plan, 'html'),
    'plan json': as(plan, 'json'),
    'report text': as(report, 'text'),
    'report markdown': as(report, 'markdown'),
    'diagnostics text': as([diagnostic], 'text'),
    'diagnostics github': as([diagnostic], 'github'),
    progress: () => results.map((result) => renderProgressLine(result, PLAIN)).join(''),
    error: () => renderErrorText(new UserError('x', text, { hint: text }), PLAIN),
  };
}

describe('a text of 50,000 characters', () => {
  it.each(UNITS)('made of %j is shown in a moment, in every format', { timeout: 120_000 }, (unit) => {
    const documents = documentsAbout(unit.repeat(Math.ceil(LENGTH / unit.length)));
    for (const [name, show] of Object.entries(documents)) {
      const start = process.cpuUsage();
      const shown = show();
      const { user } = process.cpuUsage(start);
      expect(shown.length, name).toBeGreaterThan(5);
      expect(user / 1000, name).toBeLessThan(LIMIT_MS);
    }
  });

  it.each(['e\u0301', '👨‍👩‍👧', 'नमस्ते', '山x'])(
    'made of %j is cut between letters and broken without a loss',
    (unit) => {
      const text = unit.repeat(LENGTH / 10);
      const letters = new Set(Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment));
      const pieces = new Intl.Segmenter('en');
      const cut = cutMiddle(text, 41);
      for (const { segment } of pieces.segment(cut.replace('…', ''))) expect(letters).toContain(segment);
      expect(displayWidth(cut)).toBeGreaterThan(36);
      const lines = breakAnywhere(text, 40);
      expect(lines.join('')).toBe(text);
      for (const line of lines) {
        for (const { segment } of pieces.segment(line)) expect(letters).toContain(segment);
      }
    },
  );
});
