import { describe, expect, it } from 'vitest';
import { renderDiagnosticsJson, renderPlanJson, renderReportJson } from '../../../src/render/index.ts';
import {
  changeOf,
  everydayPlan,
  HOSTILE_TEXTS,
  operatorFields,
  planOf,
  reportOf,
  resultOf,
} from '../sample-plans.ts';

describe('the JSON documents', () => {
  it('are the plan and the report themselves, two blanks deep, with a line break at the end', () => {
    const plan = everydayPlan();
    expect(renderPlanJson(plan)).toBe(`${JSON.stringify(plan, null, 2)}\n`);
    const report = reportOf(plan.changes.map((change) => resultOf(change)));
    expect(renderReportJson(report)).toBe(`${JSON.stringify(report, null, 2)}\n`);
  });

  it.each(HOSTILE_TEXTS)('carry %j unchanged, but show it escaped', (name) => {
    const plan = planOf([changeOf('create', 'operator', null, operatorFields('a@b.c', { name }))]);
    const json = renderPlanJson(plan);
    expect(JSON.parse(json)).toEqual(plan);
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b]/u);
  });

  it('give the complaints in their public form', () => {
    const source = { file: 'chaport.yaml', line: 4, column: 5 };
    const json = renderDiagnosticsJson([
      {
        severity: 'error',
        code: 'unknown-key',
        message: 'm',
        hint: 'h',
        source,
        excerpt: { text: 'x', length: 1 },
      },
      { severity: 'warning', code: 'empty-file', message: 'n', related: { message: 'r', source } },
    ]);
    expect(JSON.parse(json)).toEqual({
      diagnostics: [
        { severity: 'error', code: 'unknown-key', message: 'm', hint: 'h', source },
        { severity: 'warning', code: 'empty-file', message: 'n', related: { message: 'r', source } },
      ],
    });
  });
});
