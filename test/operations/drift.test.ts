import { describe, expect, test } from 'vitest';
import { apply, driftSince, parseReport, plan, readAccount, render } from '../../src/index.ts';
import { planned } from './account.ts';

/** An account that was applied, and then changed by hand. */
async function drifted() {
  const { simulator, desired, account, proposed } = await planned();
  const report = await apply(proposed, account, desired);
  const jon = simulator.account.operatorByEmail('jon@acme.example');
  if (jon) jon.jobTitle = 'Deserter';
  return { report, again: plan(desired, await readAccount(account, desired)) };
}

describe('driftSince', () => {
  test('says what the account changed by itself, from a report that was saved', async () => {
    const { report, again } = await drifted();
    const drift = driftSince(parseReport(render(report, { format: 'json' })), again);
    expect(drift).toEqual({
      since: report.finishedAt,
      concerns: [{ kind: 'operator', key: 'jon@acme.example' }],
      leftOver: [],
    });
    for (const format of ['text', 'markdown', 'html'] as const) {
      expect(render(again, { format, drift })).toContain('Drift');
      expect(render(again, { format })).not.toContain('Drift');
    }
  });

  test('does not compare two accounts', async () => {
    const { report, again } = await drifted();
    const other = { ...report, account: { baseUrl: 'https://other.example/api/v1' } };
    expect(() => driftSince(other, again)).toThrow(
      `the report is about https://other.example/api/v1, and this plan about ${again.account.baseUrl}`,
    );
  });
});

describe('parseReport', () => {
  test('names what it was given in each complaint', async () => {
    const { again } = await drifted();
    expect(() => parseReport(render(again, { format: 'json' }), 'report.json')).toThrow(
      'report.json is a saved plan, not the report of an apply',
    );
    expect(() => parseReport('{}')).toThrow('the text is not a report: it has no formatVersion');
  });
});
