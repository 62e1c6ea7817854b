import { describe, expect, it } from 'vitest';
import { DiagnosticsError, RefusedError, UserError } from '../../../src/model/errors.ts';
import { renderDiagnosticsText, renderErrorText } from '../../../src/render/index.ts';

const PLAIN = { color: false, width: 80 };

describe('renderErrorText', () => {
  it('is a sentence with the hint on the next line', () => {
    const error = new UserError('bad-token', 'the token was not accepted (HTTP 401)', {
      hint: 'set CHAPORT_TOKEN',
    });
    expect(renderErrorText(error, PLAIN)).toBe(
      'Error: the token was not accepted (HTTP 401)\nHint: set CHAPORT_TOKEN\n',
    );
  });

  it('shows what differs where a plan is refused', () => {
    const error = new RefusedError('stale-plan', 'the account is not as the saved plan saw it', {
      hint: 'plan again',
      differences: [
        { kind: 'operator', key: 'jon@acme.example', path: 'jobTitle', planned: 'Steward', live: '' },
        {
          kind: 'webhook',
          key: 'chat.started https://x.example/',
          path: 'essential',
          planned: 'true',
          live: 'false',
        },
        { kind: 'operator', key: 'jon@acme.example', path: 'role', planned: 'admin', live: 'operator' },
      ],
    });
    expect(renderErrorText(error, PLAIN)).toBe(`Refused: the account is not as the saved plan saw it
Hint: plan again

What differs (the plan saw → the account has)
  operator jon@acme.example
      jobTitle  Steward → (empty)
      role      admin → operator
  webhook chat.started https://x.example/
      essential  true → false
`);
  });

  it('shows the complaints of a wrong file', () => {
    const diagnostics = [
      { severity: 'error' as const, code: 'empty-file' as const, message: 'the file is empty' },
    ];
    expect(renderErrorText(new DiagnosticsError(diagnostics), PLAIN)).toBe(
      renderDiagnosticsText(diagnostics, PLAIN),
    );
  });

  it('obeys nothing in the message', () => {
    expect(renderErrorText(new UserError('x', 'a\nb\u001b[2J'), PLAIN)).toBe('Error: a\\nb\\x1b[2J\n');
  });
});
