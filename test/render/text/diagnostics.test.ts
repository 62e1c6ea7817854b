import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiagnosticCode } from '../../../src/model/codes.ts';
import type { Diagnostic } from '../../../src/model/source.ts';
import { renderDiagnosticsText } from '../../../src/render/index.ts';
import { displayWidth } from '../../../src/render/width.ts';

const PLAIN = { color: false, width: 80 };

const UNKNOWN_KEY: Diagnostic = {
  severity: 'error',
  code: 'unknown-key',
  message: 'unknown key "emial"',
  hint: 'did you mean "email"?',
  source: { file: 'chaport.yaml', line: 14, column: 5 },
  excerpt: { text: '  - emial: jon.snow@acme.example', length: 5 },
};

describe('renderDiagnosticsText', () => {
  it('shows place, message, line, marker, related place and hint, and counts at the end', async () => {
    const text = renderDiagnosticsText(
      [
        UNKNOWN_KEY,
        {
          severity: 'error',
          code: 'duplicate-operator',
          message: 'the operator "jon.snow@acme.example" stands here twice',
          source: { file: 'team/b.yaml', line: 3, column: 12 },
          related: { message: 'the first one is here', source: { file: 'team/a.yaml', line: 9, column: 12 } },
          excerpt: { text: `\t- email: jon.snow@acme.example${' # a long comment'.repeat(8)}`, length: 20 },
        },
        {
          severity: 'warning',
          code: 'empty-file',
          message: 'the file is empty',
          source: { file: '-', line: 1, column: 1 },
        },
      ],
      PLAIN,
    );
    await expect(text).toMatchFileSnapshot('expected/diagnostics.txt');
  });

  it('counts one of each in the singular', () => {
    expect(renderDiagnosticsText([UNKNOWN_KEY], PLAIN)).toMatch(/\n\n1 error in 1 file\n$/);
  });

  it('sets the marker by columns where wide letters stand before it', () => {
    const text = renderDiagnosticsText(
      [
        {
          ...UNKNOWN_KEY,
          source: { file: 'a', line: 1, column: 5 },
          excerpt: { text: '山田: x', length: 1 },
        },
      ],
      PLAIN,
    );
    expect(text).toContain('  1 | 山田: x\n    |       ^\n');
  });

  it('marks the end of a line where something is missing', () => {
    const text = renderDiagnosticsText(
      [{ ...UNKNOWN_KEY, source: { file: 'a', line: 1, column: 9 }, excerpt: { text: 'email:', length: 1 } }],
      PLAIN,
    );
    expect(text).toContain('  1 | email:\n    |       ^\n');
  });

  it('shows the part of a very long line around the place', () => {
    const excerpt = { text: `${'a'.repeat(500)}BAD${'z'.repeat(500)}`, length: 3 };
    const text = renderDiagnosticsText(
      [{ ...UNKNOWN_KEY, source: { file: 'a', line: 1, column: 501 }, excerpt }],
      PLAIN,
    );
    expect(text).toMatch(/ {2}1 \| …a+BADz+…\n/);
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    const [, frame = '', marker = ''] = /(.*BAD.*)\n(.*\^\^\^)\n/.exec(text) ?? [];
    expect(marker.indexOf('^')).toBe(frame.indexOf('BAD'));
  });

  it('prints no control character but the line break, whatever the file holds', () => {
    const column = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), column, column, (text, start, length) => {
        const source = { file: text, line: 1, column: start };
        const shown = renderDiagnosticsText(
          [
            {
              severity: 'error',
              code: text as DiagnosticCode,
              message: text,
              hint: text,
              source,
              related: { message: text, source },
              excerpt: { text, length },
            },
          ],
          PLAIN,
        );
        expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
