import { describe, expect, it } from 'vitest';
import { DiagnosticsError } from '../../src/model/errors.ts';
import { at, live, liveOperator, operator, planFor, webhook } from '../support/builders.ts';
import { testCases } from './cases.ts';

const nameless = (email: string, line: number, file = 'chaport.yaml', column = 5) =>
  operator(email, { name: undefined, source: { ...at(line), file, column } });
const needsName = (email: string) =>
  `missing-name: the account has no operator ${email}, and to create one its name is needed`;

describe('the errors of a plan', () => {
  testCases([
    {
      name: 'stand in the order of files, lines, columns and words; those without a place come first',
      file: {
        operators: [
          nameless('f@acme.example', 7, 'b.yaml'),
          nameless('e@acme.example', 12, 'a.yaml'),
          nameless('a@acme.example', 9, 'a.yaml', 30),
          nameless('d@acme.example', 9, 'a.yaml', 4),
          nameless('c@acme.example', 9, 'a.yaml', 4),
          nameless('b@acme.example', 9, 'a.yaml', 4),
        ],
      },
      operators: [
        liveOperator('twin@acme.example', { id: 'y' }),
        liveOperator('TWIN@acme.example', { id: 'x' }),
      ],
      errors: [
        'live-duplicate: the account has 2 operators with the key twin@acme.example (ids x, y)',
        ...['b', 'c', 'd', 'a', 'e', 'f'].map((name) => needsName(`${name}@acme.example`)),
      ],
    },
  ]);

  it('say what to do, and where', () => {
    const made = () => planFor({ operators: [nameless('ann@acme.example', 4)], webhooks: [] }, live([], []));
    let error: unknown;
    try {
      made();
    } catch (thrown) {
      error = thrown;
    }
    expect(error instanceof DiagnosticsError && error.diagnostics).toEqual([
      {
        severity: 'error',
        code: 'missing-name',
        message: 'the account has no operator ann@acme.example, and to create one its name is needed',
        hint: 'add name, or correct the key if the operator is there under another one',
        source: at(4),
      },
    ]);
  });

  it('are no matter where the section was not even read', () => {
    expect(() =>
      planFor({ webhooks: [webhook('chat.started', 'https://a.example/')] }, live(null, null)),
    ).toThrow(new TypeError('webhooks were not read'));
  });
});
