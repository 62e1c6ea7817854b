import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeResult } from '../../../src/model/report.ts';
import { renderReportMarkdown } from '../../../src/render/index.ts';
import { hostileText } from '../hostile-plans.ts';
import { changeOf, everydayPlan, largePlan, operatorFields, reportOf, resultOf } from '../sample-plans.ts';
import { intrusionsIn, parseMarkdown, tablesOf } from './parsed.ts';

const eve = changeOf('create', 'operator', null, operatorFields('eve@acme.example'));

function stopped(text: string) {
  const results: ChangeResult[] = [
    resultOf(eve, { key: text, outcome: 'failed', error: text, attempts: 3 }),
    resultOf(eve, { key: text, outcome: 'unknown', error: text }),
    resultOf(eve, { key: text }),
  ];
  return reportOf(results, {
    converged: false,
    interrupted: text,
    verificationError: text,
    account: { baseUrl: text, owner: text },
    remaining: [{ ...eve, key: text }],
  });
}

describe('renderReportMarkdown', () => {
  it('says that all is well, with the changes in details', async () => {
    const results = everydayPlan().changes.map((change) => resultOf(change));
    const text = renderReportMarkdown(reportOf(results), { maxBytes: 60_000 });
    await expect(text).toMatchFileSnapshot('expected/converged-report.md.txt');
  });

  it('puts first what went wrong', async () => {
    const results = everydayPlan().changes.map((change, index) =>
      index % 3 === 0
        ? resultOf(change, {
            outcome: 'failed',
            attempts: 6,
            milliseconds: 31_000,
            error: 'HTTP 503: try later',
          })
        : resultOf(change),
    );
    const report = reportOf(results, { converged: false, remaining: everydayPlan().changes.slice(0, 2) });
    const text = renderReportMarkdown(report, { maxBytes: 60_000 });
    await expect(text).toMatchFileSnapshot('expected/stopped-report.md.txt');
  });

  it.each([300, 1000, 5000, 60_000])('keeps to %i bytes and counts what it left out', (maxBytes) => {
    const results = largePlan(400).changes.map((change, index) =>
      resultOf(change, index === 399 ? { outcome: 'failed', error: 'HTTP 500' } : {}),
    );
    const text = renderReportMarkdown(reportOf(results, { converged: false }), { maxBytes });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
    if (maxBytes < 1000) return;
    expect(text).toContain('| **failed**, ');
    const rows = tablesOf(parseMarkdown(text)).reduce((sum, table) => sum + table.children.length - 1, 0);
    const hidden = Number(/(\d+) more changes?/.exec(text)?.[1] ?? 0);
    expect(rows + hidden).toBe(400);
  });

  it('gives no meaning to any text, at any size', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 300, max: 20_000 }), (text, maxBytes) => {
        const root = parseMarkdown(renderReportMarkdown(stopped(text), { maxBytes }));
        expect(intrusionsIn(root)).toEqual([]);
        const columns = tablesOf(root).flatMap((table) => table.children.map((row) => row.children.length));
        expect(columns.every((count) => count === 2)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
