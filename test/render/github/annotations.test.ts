import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiagnosticCode } from '../../../src/model/codes.ts';
import { renderDiagnosticsGithub } from '../../../src/render/index.ts';

describe('renderDiagnosticsGithub', () => {
  it('annotates the line, with message, hint and the other place', () => {
    const source = { file: 'team/a.yaml', line: 4, column: 5 };
    expect(
      renderDiagnosticsGithub([
        {
          severity: 'error',
          code: 'duplicate-key',
          message: 'twice',
          hint: 'drop one',
          source,
          related: { message: 'first', source },
        },
        {
          severity: 'warning',
          code: 'empty-file',
          message: 'empty',
          source: { file: '-', line: 1, column: 1 },
        },
        { severity: 'error', code: 'no-files', message: 'nowhere' },
      ]),
    ).toBe(
      '::error file=team/a.yaml,line=4,col=5,title=duplicate-key::twice%0Adrop one%0Ateam/a.yaml:4: first\n' +
        '::warning line=1,col=1,title=empty-file::empty\n' +
        '::error title=no-files::nowhere\n',
    );
  });

  it('escapes what would end a property or a command', () => {
    const source = { file: 'a,b:c%0A.yaml', line: 1, column: 1 };
    expect(
      renderDiagnosticsGithub([
        { severity: 'error', code: 'too-long', message: '50%\r\n::error::\u202eno', source },
      ]),
    ).toBe('::error file=a%2Cb%3Ac%250A.yaml,line=1,col=1,title=too-long::50%25\\r\\n::error::\\u{202e}no\n');
  });

  it('is one line a complaint, whatever the texts are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const source = { file: text, line: 1, column: 1 };
        const shown = renderDiagnosticsGithub([
          { severity: 'error', code: text as DiagnosticCode, message: text, hint: text, source },
        ]);
        expect(shown).toMatch(/^::error file=[^,:\p{Cc}]*,line=1,col=1,title=[^,:\p{Cc}]*::[^\p{Cc}]*\n$/u);
      }),
    );
  });
});
