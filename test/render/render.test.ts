import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/model/source.ts';
import { type RenderOptions, render } from '../../src/render/render.ts';
import { changeOf, everydayPlan, operatorFields, reportOf, resultOf } from './sample-plans.ts';

const plan = everydayPlan();
const report = reportOf(plan.changes.map((change) => resultOf(change)));
const diagnostics: Diagnostic[] = [
  {
    severity: 'error',
    code: 'unknown-key',
    message: 'unknown key "nmae"',
    source: { file: 'chaport.yaml', line: 4, column: 5 },
  },
];
const documents = { plan, report, diagnostics };

describe('render', () => {
  it.each<[keyof typeof documents, NonNullable<RenderOptions['format']>, string]>([
    ['plan', 'text', 'Operators\n  ~ '],
    ['plan', 'json', '{\n  "formatVersion": "2"'],
    ['plan', 'markdown', '**This plan will** invite'],
    ['plan', 'html', '<!doctype html>'],
    ['plan', 'gitlab', '{"create":2,"update":4,"delete":2}\n'],
    ['report', 'text', 'Account https://app.chaport.com/api/v1'],
    ['report', 'json', '{\n  "formatVersion": "2"'],
    ['report', 'markdown', '**The account is as the file says.**'],
    ['report', 'html', '<!doctype html>'],
    ['report', 'gitlab', '{"create":'],
    ['diagnostics', 'text', 'chaport.yaml:4:5: error [unknown-key]'],
    ['diagnostics', 'json', '{\n  "diagnostics": ['],
    ['diagnostics', 'github', '::error file=chaport.yaml,line=4,col=5,'],
    ['diagnostics', 'gitlab', '[{"description":'],
  ])('shows a %s as %s', (name, format, opening) => {
    expect(render(documents[name], { format }).slice(0, opening.length)).toBe(opening);
  });

  it.each<[keyof typeof documents, string, string]>([
    ['plan', 'github', 'text, json, markdown, html, gitlab'],
    ['report', 'github', 'text, json, markdown, html, gitlab'],
    ['diagnostics', 'markdown', 'text, json, github, gitlab'],
    ['diagnostics', 'html', 'text, json, github, gitlab'],
    ['plan', 'constructor', 'text, json, markdown, html, gitlab'],
  ])('refuses to show a %s as %s and says what there is', (name, format, choices) => {
    const options = { format } as RenderOptions;
    expect(() => render(documents[name], options)).toThrow(
      expect.objectContaining({
        name: 'UserError',
        code: 'unsupported-format',
        hint: `choose one of ${choices}`,
      }),
    );
  });

  it('gives text without colour for 80 columns unless told otherwise', () => {
    expect(render(plan)).toBe(render(plan, { format: 'text', color: false, width: 80 }));
    expect(render(plan, { color: true })).toContain('\u001b[');
    expect(render(plan, { width: 60 })).not.toBe(render(plan));
  });

  it('shortens Markdown to the bytes it is given', () => {
    const changes = Array.from({ length: 50 }, (_unused, index) =>
      changeOf('create', 'operator', null, operatorFields(`person${index}@acme.example`)),
    );
    const text = render({ ...plan, changes }, { format: 'markdown', maxBytes: 2000 });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2000);
  });

  it('takes an empty list of diagnostics for what it is', () => {
    expect(render([])).toBe('');
    expect(JSON.parse(render([], { format: 'json' }))).toEqual({ diagnostics: [] });
  });
});
